"""Apache Hive 3.1.3 in a process: its driver, with the metastore and MapReduce of its own.

Its JARs, as `jars.txt` lists them with their SHA-256, come from Maven Central once, into the user's cache.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.cluster.hadoop import CACHE

HERE = Path(__file__).parent
CENTRAL = "https://repo1.maven.org/maven2"
OPENED = ["lang", "lang.reflect", "io", "math", "net", "nio", "text", "time"]
OPENED += ["util", "util.concurrent", "util.concurrent.atomic", "util.regex"]
SETTINGS = {
    "javax.jdo.option.ConnectionURL": "jdbc:derby:memory:metastore;create=true",
    "datanucleus.schema.autoCreateAll": "true",
    "hive.metastore.schema.verification": "false",
    "hive.support.concurrency": "false",
    "hive.stats.autogather": "false",
    "hive.execution.engine": "mr",
    "mapreduce.framework.name": "local",
    "mapreduce.task.io.sort.mb": "4",
    "hive.exec.counters.pull.interval": "20",
    "hive.exec.submitviachild": "false",
    "hive.auto.convert.join": "false",  # which runs a process
    "hive.fetch.task.conversion": "more",
    "hive.exec.dynamic.partition.mode": "nonstrict",
    "hive.mapred.mode": "nonstrict",
    "fs.permissions.umask-mode": "000",
}
FOLDERS = {
    "hive.metastore.warehouse.dir": "warehouse",
    "hive.exec.scratchdir": "scratch",
    "hive.exec.local.scratchdir": "local",
    "hive.downloaded.resources.dir": "resources",
    "hadoop.tmp.dir": "hadoop",
}


def missing() -> str | None:
    """Why Hive can't run here, or None."""
    return None if shutil.which("javac") else "Hive needs Java 17 with its compiler"


@dataclass
class Answer:
    """What a statement gives."""

    columns: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    error: str = ""


class Driver:
    """Hive's driver; what it logs, and its tables, are in a folder."""

    def __init__(self, folder: Path) -> None:
        jars = installed()
        class_path = os.pathsep.join([str(folder / "classes"), *map(str, jars)])
        subprocess.run(["javac", "-cp", class_path, "-d", folder / "classes", *HERE.glob("S*.java")], check=True)
        subprocess.run(["javac", "-d", folder / "loader", HERE / "Loader.java"], check=True)
        settings = {**SETTINGS, **{name: str(folder / inner) for name, inner in FOLDERS.items()}}
        flags = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Duser.timezone=UTC", "-Dfile.encoding=UTF-8"]
        flags += [f"--add-opens=java.base/java.{name}=ALL-UNNAMED" for name in OPENED]
        command = ["java", *flags, "-cp", folder / "loader", "Loader", class_path, "Statements"]
        command += [f"{name}={value}" for name, value in settings.items()]
        self._log = open(folder / "log", "w")
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, encoding="utf-8", cwd=folder
        )

    def run(self, statement: str) -> Answer:
        self._process.stdin.write(f"{statement}\1\n")
        self._process.stdin.flush()
        answer = Answer()
        for line in self._process.stdout:
            kind, _, value = line.rstrip("\n").partition("\t")
            if kind == "done":
                return answer
            if kind == "error":
                answer.error = value
            else:
                (answer.columns if kind == "column" else answer.rows).append(value)
        raise AssertionError(f"Hive's driver ended; see {self._log.name}")

    def close(self) -> None:
        self._process.communicate()
        self._log.close()


def installed(cache: Path = CACHE) -> list[Path]:
    """Hive's JARs, fetched where they aren't in the cache yet."""
    jars = [line.split() for line in (HERE / "jars.txt").read_text().splitlines()]
    home = cache / f"hive-{hashlib.sha256(repr(jars).encode()).hexdigest()[:12]}"
    home.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(lambda jar: fetched(home, *jar), jars))


def fetched(home: Path, digest: str, path: str) -> Path:
    jar = home / Path(path).name
    if not jar.exists():
        content = downloaded(f"{CENTRAL}/{path}")
        assert hashlib.sha256(content).hexdigest() == digest, f"{CENTRAL}/{path} isn't what it was"
        with tempfile.NamedTemporaryFile(dir=home, delete=False) as file:
            file.write(content)
        os.replace(file.name, jar)
    return jar


def downloaded(address: str, attempts: int = 3) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.read()
    except OSError:
        if attempts == 1:
            raise
        return downloaded(address, attempts - 1)
