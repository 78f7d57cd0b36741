"""Python in a process of its own, far from this repository."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[3]


def python(*arguments, cwd, **environment):
    """Run Python on a script, far from this repository, with bigdata on its path."""
    variables = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable, **environment}
    if "JAVA_HOME" in os.environ and "PATH" not in environment:
        variables["JAVA_HOME"] = os.environ["JAVA_HOME"]
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=variables, capture_output=True, text=True, timeout=300, check=False)


def wait_for(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.2)
