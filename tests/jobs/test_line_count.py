"""line_count against wc."""

import os
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from jobs.line_count import LineCount
from tests.engines.conformance import Case
from tests.jobs.samples import AWKWARD, SAMPLES, sample

CASES = [
    Case("line_count of samples", LineCount, sample("documents/heat.txt", "documents/vision.txt")),
    Case("line_count of an awkward text", LineCount, AWKWARD),
]

has_wc = pytest.mark.skipif(shutil.which("wc") is None, reason="needs wc")


def by_wc(path):
    command = ["wc", "-l", "-w", "-c", path]
    # in the C locale GNU wc 9.1 leaves out words that have nothing printable, as it takes what is not ASCII to be
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    lines, words, size, _ = ran.stdout.split()
    return path.name, {"lines": int(lines), "words": int(words), "bytes": int(size)}


@has_wc
def test_samples_have_the_counts_of_wc():
    paths = [*SAMPLES.glob("documents/*.txt"), *SAMPLES.glob("wordcount/*.txt")]
    assert len(paths) > 5
    got = list(bigdata.run(LineCount, paths))
    assert sorted(got, key=str) == sorted(map(by_wc, paths), key=str)


@has_wc
@settings(max_examples=50, deadline=None)
@given(st.binary().map(lambda data: bytes(b"ab \t\r\n\x0b\x0c"[byte % 8] for byte in data)))
def test_any_line_ends_and_blanks_have_the_counts_of_wc(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("text") / "text.txt"
    path.write_bytes(content)
    assert list(LineCount([]).mapper_raw(str(path), path.as_uri())) == [by_wc(path)]


@pytest.mark.parametrize(
    "content, lines, words",
    [(b"", 0, 0), (b"\n", 1, 0), (b"one two", 0, 2), (b"one\r\ntwo\r\n", 2, 2), (b"caf\xe9 \xff\n\n\n", 3, 2)],
)
def test_counts_of_edges(tmp_path, content, lines, words):
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    assert dict(bigdata.run(LineCount, path)) == {"text.txt": {"lines": lines, "words": words, "bytes": len(content)}}
