"""Files of pairs give back what JSON would, and are whole or refused."""

import enum
import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mrjob.protocol import JSONProtocol, PickleProtocol, RawValueProtocol

import bigdata
from bigdata import EncodeError, InputError, Job, Sum, pairs


class Number(enum.IntEnum):
    ONE = 1


class Text(str):
    def __str__(self):
        return "other"


NAMES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.builds(Text, st.text())
SCALARS = NAMES | st.sampled_from(Number)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(NAMES, inner),
    max_leaves=20,
)


def written(path, given):
    writer = pairs.Writer(open(path, "wb"))
    for key, value in given:
        writer.add(key, value)
    writer.close()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES)))
def test_a_file_gives_back_what_json_would(tmp_path_factory, given):
    path = str(tmp_path_factory.getbasetemp() / "some.pairs")
    written(path, given)
    law = [tuple(json.loads(json.dumps(pair))) for pair in given]
    assert repr(list(pairs.flat(path))) == repr(law)  # repr tells 1 from 1.0 and True, and nan from none


def test_long_files_come_in_lists_of_bounded_size(tmp_path):
    path = str(tmp_path / "some.pairs")
    for all_pairs in ([(n, "x") for n in range(5000)], [(n, "x" * 400_000) for n in range(20)]):
        written(path, all_pairs)
        lists = list(pairs.read(path))
        assert [pair for rows in lists for pair in rows] == all_pairs
        assert 3 < len(lists) < len(all_pairs)


def circle():
    value = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    "value", [{1, 2}, b"bytes", object(), {(1, 2): 3}, [1, [{2j}]], circle()], ids=lambda value: type(value).__name__
)
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises(TypeError):
        pairs.normal(value)


def test_a_file_that_is_cut_is_refused(tmp_path):
    path = tmp_path / "some.pairs"
    written(path, [(n, "x" * 300) for n in range(3000)])
    whole = path.read_bytes()
    for length in [*range(0, len(whole), 9973), *range(len(whole) - 20, len(whole))]:
        path.write_bytes(whole[:length])
        with pytest.raises(InputError, match=r"some\.pairs: .*Make it again"):
            list(pairs.read(str(path)))


def test_a_file_of_something_else_is_refused(tmp_path):
    path = tmp_path / "some.pairs"
    path.write_bytes(b"a line of text\n" * 100)
    with pytest.raises(InputError, match=r"expected pairs of Python 3\..*; got something else"):
        list(pairs.read(str(path)))


class Words(Job):
    aggregator = Sum()

    def mapper(self, _, line):
        for word in line.split():
            yield word, 1


class Shown(Job):
    """Reads pairs, or JSON."""

    INPUT_PROTOCOL = JSONProtocol

    def mapper(self, key, value):
        yield key, [value]

    def reducer(self, key, values):
        yield key, list(values)


class Nested(Job):
    def mapper(self, _, line):
        yield (line, math.inf), {1: (line, None), "text": True}


class Raw(Job):
    """Writes no keys."""

    OUTPUT_PROTOCOL = RawValueProtocol

    def mapper(self, _, line):
        yield "dropped", line


class Unfit(Job):
    OUTPUT_PROTOCOL = PickleProtocol

    def mapper(self, _, line):
        yield line, {line}


@pytest.mark.parametrize("job", [Words, Nested, Raw])
def test_pairs_are_those_that_the_text_output_holds(job, tmp_path):
    (tmp_path / "in").write_text("the dog\nthe end\n")
    kept = bigdata.run(job, tmp_path / "in", output=tmp_path / "kept", output_format="pairs")
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["_SUCCESS", "part-00000.pairs"]
    assert sorted(kept, key=repr) == sorted(bigdata.run(job, tmp_path / "in"), key=repr)


@pytest.mark.parametrize("workers", [1, 2])
def test_another_job_reads_the_pairs_of_a_job(workers, tmp_path):
    (tmp_path / "in").write_text("the dog\nthe end\n")
    bigdata.run(Words, tmp_path / "in", output=tmp_path / "kept", output_format="pairs", workers=workers)
    read = bigdata.run(Shown, tmp_path / "kept", workers=workers)
    assert dict(read) == {"the": [[2]], "dog": [[1]], "end": [[1]]}


@pytest.mark.parametrize("engine", ["inline", "local"])
def test_runners_of_mrjob_refuse_pairs(engine, tmp_path):
    bigdata.run(Words, __file__, output=tmp_path / "kept", output_format="pairs")
    with pytest.raises(bigdata.UnsupportedPlan, match="reads lines of text"):
        bigdata.run(Shown, tmp_path / "kept" / "part-00000.pairs", engine=engine)


def test_a_pair_that_json_cannot_hold_is_named(tmp_path):
    (tmp_path / "in").write_text("dog\n")
    with pytest.raises(EncodeError, match=r"Unfit stage 0: can't keep the key 'dog' with \{'dog'\}: .*set"):
        bigdata.run(Unfit, tmp_path / "in", output=tmp_path / "kept", output_format="pairs")
    assert not (tmp_path / "kept").exists()
