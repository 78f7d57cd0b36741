"""Each kind of master."""

import json
import os
import re
import socket
import subprocess
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs.wordcount import WordCount

from .conftest import MARKS
from .process import ROOT, python, wait_for
from .script import LengthsByLetter

pytestmark = MARKS


@pytest.fixture(scope="module")
def standalone(tmp_path_factory) -> Iterator[str]:
    """The URL of a standalone master with two workers, which know nothing of this repository."""
    import pyspark

    folder = tmp_path_factory.mktemp("standalone")
    spark_class = Path(pyspark.__file__).parent / "bin" / "spark-class"
    ports = [free_port() for _ in range(2)]
    url = f"spark://127.0.0.1:{ports[0]}"
    deploy = "org.apache.spark.deploy"
    master = [f"{deploy}.master.Master", "--host", "127.0.0.1", "--port", str(ports[0]), "--webui-port", str(ports[1])]
    worker = [f"{deploy}.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g"]
    worker += ["--webui-port", "0", "--work-dir", str(folder), url]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SPARK_"))}
    processes = []
    try:
        for number, command in enumerate([master, worker, worker]):
            with open(folder / f"{number}.log", "wb") as log:
                processes.append(
                    subprocess.Popen([spark_class, *command], cwd=folder, env=environment, stdout=log, stderr=log)
                )
        wait_for(lambda: (folder / "0.log").read_text().count("Registering worker") == 2)
        yield url
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@pytest.mark.parametrize("master", ["local[2,3]", "local-cluster[2,1,1024]", "standalone"])
def test_a_script_runs_on_each_master_and_counts_once_what_was_tried_twice(master, request, tmp_path):
    url = request.getfixturevalue("standalone") if master == "standalone" else master
    (tmp_path / "a.txt").write_text("the quick brown fox\nfour jumps over the lazy dog\n")
    (tmp_path / "b.txt").write_text("the dog sleeps and the fox jumps\n")
    (tmp_path / "stop.txt").write_text("the\n")
    (tmp_path / "more.txt").write_text("dog\n")
    with tarfile.open(tmp_path / "lists.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "more.txt", "more.txt")
    uploads = ["--files", "stop.txt", "--archives", "lists.tar.gz#lists"]
    script = (ROOT / "tests" / "engines" / "spark" / "script.py").read_text()
    (tmp_path / "script.py").write_text(script)
    done = python(
        "script.py", "counters.json", "-r", "spark", "--spark-master", url, *uploads, "-o", "out", "a.txt", "b.txt",
        cwd=tmp_path, SPARK_LOCAL_IP="127.0.0.1",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    output = b"".join(part.read_bytes() for part in sorted((tmp_path / "out").glob("part-*")))
    assert sorted(LengthsByLetter([]).parse_output([output])) == [(0, [3, 6]), (1, [3, 4])]
    assert json.loads((tmp_path / "counters.json").read_text()) == [{"map": {"lines": 3}}, {"reduce": {"groups": 2}}]
    assert (tmp_path / "out" / "_SUCCESS").exists()
    assert "Exception" not in done.stderr


def test_a_module_of_a_package_runs_on_a_cluster(standalone, tmp_path):
    (tmp_path / "in.txt").write_text("A rose is a rose, İs it?\n" * 20 + "plain\n" * 400)
    done = python(
        "-m", "jobs.wordcount", "-r", "spark", "--spark-master", standalone, "-o", "out", "in.txt",
        cwd=tmp_path, SPARK_LOCAL_IP="127.0.0.1",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "stage 0: sql" in done.stderr
    output = b"".join(part.read_bytes() for part in (tmp_path / "out").glob("part-*"))
    expected = Counter(word.lower() for word in re.findall(r"[\w']+", (tmp_path / "in.txt").read_text()))
    assert dict(WordCount([]).parse_output([output])) == expected
