"""A minimal Hadoop for mrjob's `-r hadoop`: the client jars of the pyspark wheel, Hadoop Streaming, LocalJobRunner.

The wheel holds all of Hadoop's client but Streaming, which its own Ivy fetches from Maven Central. A job runs in one
JVM on the local filesystem, with as many reducers as it asks for:

    conf.write_text(json.dumps({"runners": {"hadoop": options(install(), scratch)}}))
    # python job.py -r hadoop -c conf input.txt
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import tempfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"), "bigdata-tests")

JARS = ("commons-cli-", "hadoop-client-", "jcl-over-slf4j-", "log4j-api-", "log4j-core-", "log4j-slf4j2-", "slf4j-api-")

FLAGS = ("-Xlog:disable", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m")

LAUNCHER = """\
#!/bin/sh
# Usage: hadoop version | fs ARGS | jar STREAMING_JAR ARGS
command=$1
shift
case $command in
version) {java} org.apache.hadoop.util.VersionInfo ;;
fs) {java} org.apache.hadoop.fs.FsShell "$@" ;;
jar)
    # LocalJobRunner links a job's files into the working directory, where all its tasks run, and leaves them there.
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    cd "$scratch"
    unset PYTHONPATH  # a node has none of the client's packages
    {java} org.apache.hadoop.util.RunJar "$@"
    ;;
*) echo "hadoop: unknown command: $command" >&2; exit 1 ;;
esac
"""

CONFIGURATION = {
    # mrjob reads counters and errors from log records of this layout.
    "log4j2.properties": """\
rootLogger.level = info
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %d{yy/MM/dd HH:mm:ss} %p %c{2}: %m%n
logger.native.name = org.apache.hadoop.util.NativeCodeLoader
logger.native.level = error
""",
    "core-site.xml": """\
<configuration>
  <property><name>hadoop.tmp.dir</name><value>${user.dir}/hadoop</value></property>
</configuration>
""",
    "mapred-site.xml": """\
<configuration>
  <property><name>mapreduce.jobtracker.staging.root.dir</name><value>${hadoop.tmp.dir}/staging</value></property>
  <property><name>mapreduce.client.progressmonitor.pollinterval</name><value>100</value></property>
  <property><name>mapreduce.task.io.sort.mb</name><value>8</value></property>
</configuration>
""",
}


def options(home: Path, scratch: Path) -> dict[str, str]:
    """mrjob's options for a run on `home`, with temporary files under `scratch`."""
    return {
        "hadoop_bin": str(home / "bin" / "hadoop"),
        "hadoop_streaming_jar": str(home / "hadoop-streaming.jar"),
        "hadoop_tmp_dir": f"file://{scratch}/hadoop",
    }


def missing() -> str | None:
    """Why Hadoop can't run here, or None."""
    if not java():
        return "Hadoop needs Java 17: install it, or set JAVA_HOME"
    if find_spec("pyspark") is None:
        return "Hadoop's jars come with pyspark: pip install pyspark"
    return None


def java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=f"{home}/bin" if home else None)


def install(cache: Path = CACHE) -> Path:
    """Return a HADOOP_HOME under `cache`, built if it isn't there.

    Raises RuntimeError where hadoop-streaming can't be fetched.
    """
    spec = find_spec("pyspark")
    jars = sorted(Path(spec.origin).with_name("jars").glob("*.jar"))
    class_path = ":".join(str(jar) for jar in jars if jar.name.startswith(JARS))
    digest = hashlib.sha256(repr((java(), class_path, FLAGS, LAUNCHER, CONFIGURATION)).encode()).hexdigest()
    home = cache.resolve() / f"hadoop-{digest[:12]}"
    if not home.exists():
        command = [java(), *FLAGS, "-cp", f"{home}/configuration.jar:{class_path}"]
        launcher = LAUNCHER.format(java=shlex.join([*command, f"-XX:SharedArchiveFile={home}/classes.jsa"]))
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            built = Path(scratch, home.name)
            build(built, launcher, jars)
            built.rename(home)
        # mrjob starts a JVM for each of its dozen `hadoop fs`: an archive of the loaded classes saves half their time.
        archive = [*command, f"-XX:ArchiveClassesAtExit={home}/classes.jsa", "org.apache.hadoop.fs.FsShell", "-ls", "/"]
        subprocess.run(archive, capture_output=True)
    return home


def build(home: Path, launcher: str, jars: list[Path]) -> None:
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "hadoop").write_text(launcher)
    (home / "bin" / "hadoop").chmod(0o755)
    with zipfile.ZipFile(home / "configuration.jar", "w") as configuration:
        for name, text in CONFIGURATION.items():
            configuration.writestr(name, text)
    fetch_streaming(home, jars)


def fetch_streaming(home: Path, jars: list[Path]) -> None:
    """Fetch hadoop-streaming of the client's version, or the newest before it: a mirror of Central may lag behind."""
    (ivy,) = (jar for jar in jars if jar.name.startswith("ivy-"))
    (client,) = (jar for jar in jars if jar.name.startswith("hadoop-client-api-"))
    version = client.stem.removeprefix("hadoop-client-api-")
    command = [java(), "-jar", ivy, "-cache", home / "ivy", "-notransitive", "-confs", "default"]
    command += ["-dependency", "org.apache.hadoop", "hadoop-streaming", f"[{version.split('.')[0]}.0,{version}]"]
    command += ["-retrieve", f"{home}/[artifact].[ext]"]
    fetch = subprocess.run(command, capture_output=True, text=True)
    if not (home / "hadoop-streaming.jar").exists():
        raise RuntimeError(f"cannot fetch hadoop-streaming {version} from Maven Central:\n{fetch.stdout[-2000:]}")
