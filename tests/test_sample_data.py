"""The generated sample data can be made again."""

import runpy
from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "sample_data"


def test_the_script_makes_the_same_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(SAMPLES / "make.py"))
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert len(made) == 11
    assert made == {name: (SAMPLES / name).read_bytes() for name in made}


def test_every_folder_is_explained():
    listed = {line.split("`")[1] for line in (SAMPLES / "README.md").read_text().splitlines() if line.startswith("| `")}
    assert listed == {f"{path.name}/" for path in SAMPLES.iterdir() if path.is_dir() and path.name[0] not in "._"}
