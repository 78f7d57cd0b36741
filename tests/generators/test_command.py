"""`bigdata generate` as a user runs it."""

import os
import signal
import subprocess
import sys
import time
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from bigdata.cli import main
from bigdata.generators import NAMES, load
from tests.generators.files import files

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs ``bigdata`` with such arguments in an empty directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    def run(*words):
        return subprocess.run([sys.executable, "-m", "bigdata", *map(str, words)], capture_output=True, text=True)

    return run


def assert_refused(ran, code, *parts):
    """It ended with one line of error, which says so, after argparse's usage if that refused it."""
    assert ran.returncode == code
    assert ran.stdout == ""
    lines = [line for line in ran.stderr.splitlines() if not line.startswith(("usage: ", " "))]
    assert len(lines) == 1
    assert all(part in lines[0] for part in parts), lines[0]


def test_the_bytes_are_the_generators_for_the_seed(run, tmp_path):
    ran = run("generate", "tickit", "--rows", 50, "--seed", 9, "-o", "deep/tickit")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    written = {path.name: path.read_bytes() for path in (tmp_path / "deep/tickit").iterdir()}
    assert written == {**files("tickit", 50, seed=9), "_SUCCESS": b""}


def test_rows_and_seed_have_defaults(run, tmp_path):
    assert run("generate", "rankings", "-o", "rankings").returncode == 0
    assert (tmp_path / "rankings/rankings.csv").read_bytes() == files("rankings", 1_200, seed=1)["rankings.csv"]


def test_help_lists_the_data_sets(run):
    text = run("generate", "--help").stdout
    assert all(f"  {name:<13}{load(name).summary}\n" in text for name in NAMES)
    assert all(len(line) <= 80 for line in text.splitlines())


@pytest.mark.parametrize("name", NAMES)
def test_help_of_a_data_set_describes_its_files(name, capsys):
    with pytest.raises(SystemExit):
        main(["generate", name, "--help"])
    text = capsys.readouterr().out
    assert all(f"  {file}\n    {columns}\n" in text for file, columns in load(name).files.items())
    assert ("--seed" in text) == (name != "tera")


def test_an_unknown_data_set_is_refused(run):
    assert_refused(run("generate", "poems", "-o", "out"), 2, "'poems'", *NAMES)


@pytest.mark.parametrize(
    "words, parts",
    [
        (["text"], ["required: -o"]),
        (["text", "-o", "out", "--rows", "0"], ["--rows: expected a whole number of at least 1; got '0'"]),
        (["text", "-o", "out", "--rows", "many"], ["--rows", "got 'many'"]),
        (["text", "-o", "out", "--rows", "-5"], ["--rows", "got '-5'"]),
        (["text", "-o", "out", "--seed", "0.5"], ["--seed: expected a whole number of at least 0; got '0.5'"]),
        (["graph", "-o", "out", "--rows", "4"], ["--rows: expected a whole number of at least 5"]),
        (["tera", "-o", "out", "--seed", "2"], ["unrecognized arguments: --seed 2"]),
    ],
)
def test_wrong_options_are_refused(words, parts, run, tmp_path):
    assert_refused(run("generate", *words), 2, *parts)
    assert list(tmp_path.iterdir()) == []


def test_a_directory_that_holds_something_is_refused(run, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/file").write_text("precious")
    ran = run("generate", "points", "-o", "mine")
    assert_refused(ran, 1, "OutputExists: ", str(tmp_path / "mine"), "choose another -o")
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "file"]


def test_an_empty_directory_is_filled(run, tmp_path):
    (tmp_path / "new").mkdir()
    assert run("generate", "points", "--rows", 10, "-o", "new").returncode == 0
    assert (tmp_path / "new/points.csv").exists()


def test_a_place_that_holds_no_directories_is_refused(run, tmp_path):
    (tmp_path / "file").write_text("")
    assert_refused(run("generate", "points", "-o", "file/new"), 1, "UsageError: ", "can't be written")


def test_a_full_disk_leaves_nothing(run, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("a small disk takes the right to mount one")
    try:
        assert_refused(
            run("generate", "tera", "-o", disk / "tera"), 1, "DiskFull: no space left", str(disk), "Free some"
        )
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_nothing(number, run, tmp_path):
    words = [sys.executable, "-m", "bigdata", "generate", "tera", "--rows", str(10**9), "-o", "tera"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 30
        while not list(tmp_path.glob(".tera.*/tera.bin")):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        process.send_signal(number)
        _, stderr = process.communicate()
    assert process.returncode == 130
    assert stderr == "Interrupted: the command was stopped and left no output.\n"
    assert list(tmp_path.iterdir()) == []


def test_memory_stays_bounded(tmp_path):
    """A hundred megabytes take no more memory than ten."""

    def peak(rows):
        words = [
            sys.executable,
            "-m",
            "bigdata",
            "generate",
            "tera",
            "--rows",
            str(rows),
            "-o",
            str(tmp_path / str(rows)),
        ]
        pid = os.posix_spawn(sys.executable, words, {**os.environ, "PYTHONPATH": str(ROOT)})
        _, status, usage = os.wait4(pid, 0)
        assert status == 0
        return usage.ru_maxrss

    assert peak(1_000_000) < 1.1 * peak(100_000)


def test_the_console_script_is_the_same_command():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    module, _, function = project["scripts"]["bigdata"].partition(":")
    assert callable(getattr(import_module(module), function))


def test_nothing_heavy_is_loaded_before_a_command_is_asked_for():
    code = "import sys; from bigdata.cli import main\ntry: main(['--help'])\nexcept SystemExit: print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert not {"numpy", "pyarrow", "mrjob", "duckdb"} & set(loaded.split())
