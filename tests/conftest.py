"""Imports bigdata before any test imports mrjob, which newer Pythons need; holds CI to running everything.

One Spark session serves all tests of a process; the engine takes a session that is active, and leaves it.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec

import pytest
from hypothesis import settings

import bigdata  # noqa: F401

# every run tries the same examples; pytest --hypothesis-profile=default looks for new ones
settings.register_profile("reproducible", derandomize=True)
settings.load_profile("reproducible")

# a run in the background may ignore these, and its children would too; the tests send them
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)


MASTER = "local[2]"
NO_SPARK = find_spec("pyspark") is None or not (shutil.which("java") or "JAVA_HOME" in os.environ)


@pytest.fixture(scope="session")
def spark(tmp_path_factory) -> Iterator[object]:
    """The session, on two cores, with Hive's catalog."""
    if NO_SPARK:
        pytest.skip("the spark engine needs pyspark and Java")
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    warehouse = tmp_path_factory.mktemp("warehouse")
    conf = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "FATAL",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": f"-Dderby.stream.error.file={warehouse}/derby.log",
        "spark.hadoop.javax.jdo.option.ConnectionURL": f"jdbc:derby:;databaseName={warehouse}/metastore_db;create=true",
        "spark.sql.catalogImplementation": "hive",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.warehouse.dir": str(warehouse),
    }
    session = SparkSession.builder.master(MASTER).config(map=conf).getOrCreate()
    yield session
    session.stop()


@pytest.fixture(autouse=True)
def _shared_session(request: pytest.FixtureRequest) -> None:
    """Have the session where a test is for spark."""
    callspec = getattr(request.node, "callspec", None)
    if callspec is not None and "spark" in callspec.params.get("switches", []):
        request.getfixturevalue("spark")


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """A server that stands in for S3, on this machine."""
    moto = pytest.importorskip("moto.server", reason="a server that stands in for S3 needs moto[server]")
    server = moto.ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def s3(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, bytes], object]]:
    """A new S3 bucket, books, on this machine; a call puts an object into it."""
    import boto3

    for name, value in {
        "AWS_ENDPOINT_URL": s3_server,
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "nothing",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3")
    client.create_bucket(Bucket="books")
    yield lambda key, content: client.put_object(Bucket="books", Key=key, Body=content)
    for item in client.list_objects_v2(Bucket="books").get("Contents", []):
        client.delete_object(Bucket="books", Key=item["Key"])
    client.delete_bucket(Bucket="books")


def pytest_sessionfinish(session, exitstatus):
    """Where everything is to run, a test skipped for a missing component (its reason says what it "needs") fails."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("BIGDATA_REQUIRE_ALL") or reporter is None:
        return
    missing = {report.longrepr[2] for report in reporter.stats.get("skipped", []) if "needs" in report.longrepr[2]}
    if missing and not exitstatus:
        reporter.write_line("skipped for a missing component: " + "; ".join(sorted(missing)), red=True)
        session.exitstatus = 1
