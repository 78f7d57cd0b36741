"""The vector instructions of each processor find what the scalar code finds; those of ARM run in an emulator."""

import shutil
import subprocess
from pathlib import Path

import pytest

MACHINES = {"this one": ("c++", ()), "AArch64": ("aarch64-linux-gnu-g++", ("qemu-aarch64",))}


@pytest.mark.slow
@pytest.mark.parametrize("machine", MACHINES)
def test_vector_instructions_give_what_scalar_code_gives(machine, tmp_path):
    compiler, emulator = MACHINES[machine]
    for needed in (compiler, *emulator):
        if not shutil.which(needed):
            pytest.skip(f"needs {needed}")
    source, program = Path(__file__).with_name("classify.cpp"), tmp_path / "classify"
    subprocess.run([compiler, "-std=c++20", "-O2", "-static", "-Wall", source, "-o", program], check=True)
    found = subprocess.run([*emulator, program], capture_output=True, text=True)
    assert found.stdout == "the same\n"
