"""Keys made of tokens are counted natively as by Python, in memory and out of it."""

import contextlib
import gzip
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import Count, InputError, Job, Sum, UsageError, columnar, kernels, words
from bigdata.engines.duckdb import counting
from tests.test_twins import LINES

pytestmark = pytest.mark.skipif(kernels.native is None, reason=f"native kernels are {kernels.missing}")


class Keys(Job):
    """Keys of every form, by --form."""

    aggregator = Sum()
    FORMS = {
        "each": words.each(),
        "length": words.each("length(token)"),
        "file": words.each("[regexp_extract(file, '[^/]*$'), token]"),
        "ngrams": words.ngrams(3, separator=" "),
        "pairs": words.pairs(2),
        "successors": words.successors(),
    }

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--form", default="each")

    @columnar(lambda job: job.FORMS[job.options.form])
    def mapper(self, _, line):
        tokens = words(line)
        for i, token in enumerate(tokens):
            if self.options.form == "each":
                yield token, 1
            elif self.options.form == "length":
                yield len(token), 1
            elif self.options.form == "file":
                yield [self.input_file.rpartition("/")[2], token], 1
            elif self.options.form == "ngrams" and i + 3 <= len(tokens):
                yield " ".join(tokens[i : i + 3]), 1
            elif self.options.form == "pairs":
                for j in range(max(i - 2, 0), min(i + 3, len(tokens))):
                    if j != i:
                        yield [token, tokens[j]], 1
            elif self.options.form == "successors" and i + 1 < len(tokens):
                yield [token, ""], 1
                yield [token, tokens[i + 1]], 1


class Counted(Keys):
    aggregator = Count()


class Misspelt(Keys):
    FORMS = {"each": words.each("tokne")}


class InPython(Keys):
    def mapper(self, _, line):
        yield from super().mapper(_, line)


def counts(job, path, *args):
    with bigdata.run(job, path, args=args) as result:
        pairs = [(str(key), value) for key, value in result]
        assert len(pairs) == len(dict(pairs))
        return dict(pairs), result.stages[0]


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    directory = tmp_path_factory.mktemp("texts")
    (directory / "a.txt").write_bytes("The fox's den,\r\n\n the FOX ΟΔΟΣ İ\n".encode() + b"caf\xe9 the" * 3)
    (directory / "b.txt.gz").write_bytes(gzip.compress(b"the den\n" * 3) + gzip.compress(b"a fox"))
    (directory / "empty.txt").write_bytes(b"")
    return directory


@pytest.mark.parametrize("job", [Keys, Counted])
@pytest.mark.parametrize("form", Keys.FORMS)
@pytest.mark.parametrize("most", [None, 0], ids=["in memory", "on disk"])
def test_counts_are_those_of_the_mapper(texts, job, form, most, monkeypatch):
    if most is not None:
        monkeypatch.setattr(counting, "_MOST", most)
    wanted, stage = counts(InPython, texts, "--form", form)
    assert stage.way == "folded"
    got, stage = counts(job, texts, "--form", form, "--workers", "2")
    assert (stage.way, stage.why.rpartition("; ")[2]) == ("columnar", "its tokens are counted by native code")
    assert got == wanted


@settings(max_examples=30, deadline=None)
@given(LINES, st.sampled_from(list(Keys.FORMS)))
def test_counts_of_any_text_are_those_of_the_mapper(tmp_path_factory, lines, form):
    path = tmp_path_factory.mktemp("text") / "text.txt"
    path.write_bytes("\n".join(lines).encode())
    assert counts(Keys, path, "--form", form)[0] == counts(InPython, path, "--form", form)[0]


def test_keys_that_do_not_fit_in_memory_are_counted_on_disk(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("".join(f"w{n % 700_000} the\n" for n in range(1_000_000)))
    got, stage = counts(Keys, path, "--memory-limit", "250MB", "--workers", "2")
    assert stage.way == "columnar"
    assert got == Counter(re.findall(r"\w+", path.read_text()))


def test_a_file_that_is_cut_short_is_named(texts, tmp_path):
    (tmp_path / "cut.txt.gz").write_bytes((texts / "b.txt.gz").read_bytes()[:-9])
    (tmp_path / "whole.txt").write_text("the\n" * 100)
    with pytest.raises(InputError, match=r"cut\.txt\.gz: not a whole gzip file"):
        counts(Keys, tmp_path, "--workers", "2")


def test_without_the_kernel_sql_counts(texts, monkeypatch):
    monkeypatch.setattr(kernels, "native", None)
    monkeypatch.setattr(kernels, "missing", "not built")
    got, stage = counts(Keys, texts, "--form", "pairs")
    assert "its tokens are counted by SQL, as native kernels are not built" in stage.why
    assert got == counts(InPython, texts, "--form", "pairs")[0]


def test_a_key_that_is_no_sql_is_refused_before_all_is_counted(tmp_path, monkeypatch):
    (tmp_path / "in").write_text("a b\n" * 100_000)
    monkeypatch.setattr(counting, "_BLOCK", 4)
    told = []
    monkeypatch.setattr("bigdata.engines.duckdb.progress", lambda *_: contextlib.nullcontext(told.append))
    with pytest.raises(UsageError, match=r"no query that DuckDB can run: .*tokne"):
        bigdata.run(Misspelt, tmp_path / "in")
    assert sum(told) < 400_000
