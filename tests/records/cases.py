"""Formats of records, and odd pieces of each."""

import io
import math
import re
from collections import Counter
from unittest.mock import patch

from bigdata import kernels
from bigdata.engines.records import row_batches
from bigdata.errors import DecodeError
from bigdata.formats import whole
from bigdata.storage import list_inputs

# the two examples of Apache HTTP Server 2.4, "Log Files", and lines of the kinds that it and mod_log_config speak of
COMMON = b'127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326'
COMBINED = COMMON + b' "http://www.example.com/start.html" "Mozilla/4.08 [en] (Win98; I ;Nav)"'
CLOUDFRONT = (
    b"2014-07-05\t20:00:00\tLHR3\t4260\t10.0.0.15\tGET\teabcd12345678.cloudfront.net\t/test-image-1.jpeg\t200\t-\t"
    b"Mozilla/5.0%20(MacOS;%20U;%20Windows%20NT%205.1;%20en-US;%20rv:1.9.0.9)%20Gecko/2009040821%20IE/3.0.9"
)


def by_read(records, text):
    """The records of a file's lines, and the number of the first line that is none."""
    rows = []
    for number, line in enumerate(io.BytesIO(text), 1):
        line = line.rstrip(b"\r\n")
        if not records.skips(line):
            try:
                rows.append(records.read(line)[1])
            except ValueError:
                return rows, number
    return rows, None


def by_columns(records, path):
    """The same, as a columnar engine has it; of a file with a bad line only its number."""
    rows = []
    try:
        for batch in row_batches(map(whole, list_inputs([str(path)])), records, "Job stage 0"):
            rows += batch.to_pylist()
    except DecodeError as error:
        return None, int(re.search(r"line (\d+)\.$", str(error))[1])
    return rows, None


def assert_alike(records, path, text):
    """Both ways read the file alike: the same records, told apart by type and sign, or the same first bad line."""
    path.write_bytes(text)
    rows, bad = by_read(records, text)
    for native in {kernels.native, None}:
        with patch.object(kernels, "native", native):
            got, got_bad = by_columns(records, path)
        assert got_bad == bad
        if bad is None:
            assert Counter(map(repr, got)) == Counter(map(repr, rows))
    for row in rows:
        assert list(row) == [column.name for column in records.columns]
        assert all(math.isfinite(value) for value in row.values() if isinstance(value, (int, float)))
