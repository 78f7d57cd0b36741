"""Python in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def python(*command: str, cwd: Path, **keywords) -> subprocess.CompletedProcess:
    """Run Python in a process of its own, which must succeed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *command], cwd=cwd, env=environment, capture_output=True, text=True, timeout=60, **keywords
    )
    assert done.returncode == 0, done.stderr
    return done
