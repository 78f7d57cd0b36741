"""Formats of the output, and output on S3."""

from collections import Counter

import pytest

from jobs.wordcount import WordCount

from .conftest import MARKS, WORDS
from .process import python

pytestmark = MARKS


@pytest.mark.parametrize("form", ["json", "csv", "parquet"])
def test_output_formats(run, tmp_path, form):
    result = run(WordCount, output_format=form, output=tmp_path / "out")
    assert {key: int(value) for key, value in result} == Counter(word for line in WORDS for word in line.split())
    assert sorted(path.suffix for path in (tmp_path / "out").glob("part-*")) == [f".{form}"] * 2


def test_input_and_output_on_s3(tmp_path):
    moto = pytest.importorskip("moto.server")
    import boto3

    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        login = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}
        client = boto3.client(
            "s3",
            endpoint_url=f"http://{host}:{port}",
            region_name="us-east-1",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
        )
        client.create_bucket(Bucket="texts")
        client.put_object(Bucket="texts", Key="in/a.txt", Body=b"a b\nb c\n")
        command = ["-m", "jobs.wordcount", "-r", "spark", "--spark-master", "local[2]", "s3://texts/in/", "-o"]
        environment = {**login, "AWS_ENDPOINT_URL": f"http://{host}:{port}"}
        done = python(*command, "s3://texts/out", cwd=tmp_path, **environment)
        assert done.returncode == 0, done.stderr
        names = [found["Key"] for found in client.list_objects_v2(Bucket="texts", Prefix="out/part-")["Contents"]]
        output = b"".join(client.get_object(Bucket="texts", Key=name)["Body"].read() for name in names)
        assert dict(WordCount([]).parse_output([output])) == {"a": 1, "b": 2, "c": 1}
        names = [found["Key"] for found in client.list_objects_v2(Bucket="texts", Prefix="out")["Contents"]]
        assert {"out/_SUCCESS", "out/part-00000"} < set(names)
        assert not any("_temporary" in name for name in names)
    finally:
        server.stop()
