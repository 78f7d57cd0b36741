"""Lines come in order, in memory or by way of files."""

import random

import pytest

from bigdata.engines.duckdb.ordering import in_order
from bigdata.kernels import missing, native

pytestmark = pytest.mark.skipif(native is None, reason=f"needs the native kernels: {missing}")


@pytest.mark.parametrize("most, memory", [(1 << 30, 1 << 20), (1 << 16, 1 << 30), (1 << 16, 1 << 20), (1, 1 << 20)])
def test_lines_are_sorted_however_many_they_are(tmp_path, most, memory):
    generator = random.Random(3)
    lines = [b'"%d"\t{"n": %d}\n' % (generator.randrange(1000), generator.randrange(10)) for _ in range(100_000)]
    blocks = [b"".join(lines[start : start + 999]) for start in range(0, len(lines), 999)]
    assert b"".join(in_order(iter(blocks), most, memory, str(tmp_path))) == b"".join(sorted(lines))


def test_no_lines_are_none(tmp_path):
    assert list(in_order([], 1, 1 << 20, str(tmp_path))) == []
