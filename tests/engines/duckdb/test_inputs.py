"""Inputs of every kind: directories, globs, compressed files, standard input."""

import bz2
import gzip
import io

import pyarrow
import pytest

import bigdata
from bigdata.errors import InputNotFound

from .words import COUNTS, TEXT, Columnar, Folded, Sorted


def zstd(data: bytes) -> bytes:
    sink = pyarrow.BufferOutputStream()
    with pyarrow.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    return sink.getvalue().to_pybytes()


@pytest.mark.parametrize(("job", "workers"), [(Columnar, 1), (Folded, 1), (Sorted, 1), (Sorted, 2)])
def test_inputs_of_every_kind(job, workers, tmp_path, monkeypatch):
    books = tmp_path / "books"
    (books / "more" / "deep").mkdir(parents=True)
    (books / "_hidden").mkdir()
    for path, data in {
        "books/plain.txt": TEXT,
        "books/more/a.gz": gzip.compress(TEXT),
        "books/more/b.bz2": bz2.compress(TEXT),
        "books/more/deep/c.zst": zstd(TEXT),
        "books/_SUCCESS": b"never",
        "books/.crc": b"never",
        "books/_hidden/d.txt": b"never",
        "one.txt": TEXT.replace(b"\n", b"\r\n"),
        "two.txt": TEXT.rstrip(b"\n"),
        "three.log": b"never",
    }.items():
        (tmp_path / path).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    with bigdata.run(job, ["books", "*.txt", f"file://{tmp_path}/one.txt"], workers=workers) as result:
        assert dict(result) == {word: 7 * count for word, count in COUNTS.items()}


def test_members_of_a_gzip_file(tmp_path):
    (tmp_path / "two.gz").write_bytes(gzip.compress(TEXT) + gzip.compress(TEXT))
    with bigdata.run(Sorted, tmp_path / "two.gz") as result:
        assert dict(result) == {word: 2 * count for word, count in COUNTS.items()}


def test_standard_input_beside_a_file(text):
    job = Sorted(["--no-conf", text, "-"]).sandbox(stdin=io.BytesIO(TEXT))
    with job.make_runner() as runner:
        runner.run()
        assert dict(job.parse_output(runner.cat_output())) == {word: 2 * count for word, count in COUNTS.items()}


def test_glob_that_matches_nothing_beside_one_that_does(text, tmp_path):
    with pytest.raises(InputNotFound, match=r"none\*"):
        bigdata.run(Sorted, [text, tmp_path / "none*"])
