"""term_vector against collections.Counter."""

from collections import Counter

import pytest

import bigdata
from bigdata import words
from bigdata.errors import TaskFailed
from jobs.term_vector import TermVector
from tests.engines.conformance import Case
from tests.jobs.samples import AWKWARD, SAMPLES, sample

PAGES = (
    b"http://example.com/a\tThe fox and the hen\n"
    b"https://example.org:8080/\tfox fox\n"
    b"http://user@EXAMPLE.com/b?c=d\tThe den\tthe hen\n"
    b"ftp://example.net\t\r\n"
)
CASES = [
    Case("term_vector of samples", TermVector, sample("documents/gettysburg.txt", "documents/method.txt")),
    Case("term_vector of an awkward text", TermVector, AWKWARD, "--cutoff 1 --top 100 {inputs}"),
    Case("term_vector of hosts", TermVector, {"pages.txt": PAGES}, "--hosts {inputs}"),
]


@pytest.mark.parametrize("top, cutoff, documents", [(10, 2, 8), (3, 1, 8), (1000, 40, 6)])
def test_the_samples_have_the_terms_of_a_counter(top, cutoff, documents):
    paths = sorted(SAMPLES.glob("documents/*.txt"))
    wanted = {}
    for path in paths:
        counts = Counter(words(path.read_text(encoding="utf-8")))
        entries = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
        if vector := [[term, count] for term, count in entries if count >= cutoff][:top]:
            wanted[path.name] = vector
    assert len(wanted) == documents
    assert dict(bigdata.run(TermVector, paths, args=["--top", str(top), "--cutoff", str(cutoff)])) == wanted


def test_hosts_have_the_terms_of_all_their_pages(tmp_path):
    (tmp_path / "pages.txt").write_bytes(PAGES)
    with bigdata.run(TermVector, tmp_path, args=["--hosts"]) as result:
        assert dict(result) == {"example.com": [["the", 4], ["hen", 2]], "example.org": [["fox", 2]]}


@pytest.mark.parametrize("line", ["http://example.com/a", "example.com/a\tfox", ""])
def test_a_line_without_a_host_is_refused(tmp_path, line):
    (tmp_path / "pages.txt").write_bytes(PAGES + line.encode() + b"\n")
    with pytest.raises(TaskFailed, match=r"expected a URL with a host, a TAB and text; got .*pages\.txt, line 5"):
        bigdata.run(TermVector, tmp_path, args=["--hosts"])


def test_no_terms_are_refused():
    with pytest.raises(ValueError, match="--top: expected a whole number of at least 1"):
        TermVector(["--top", "0"])
