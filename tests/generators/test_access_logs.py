"""Access logs against the combined format, as mod_log_config of Apache describes it."""

import re
from collections import Counter
from datetime import datetime

from bigdata import CombinedLog
from tests.generators.files import files

COMBINED = re.compile(
    r'(\d+(?:\.\d+){3}) - (-|\w+) \[([^]]+)\] "([A-Z]+) (/\S*) HTTP/1\.1" (\d{3}) (-|[1-9]\d*) "([^"]+)" "([^"]+)"'
)


def requests(rows):
    return [
        COMBINED.fullmatch(line).groups() for line in files("access-logs", rows)["access.log"].decode().splitlines()
    ]


def test_lines_are_in_the_combined_format():
    for line, fields in zip(files("access-logs", 500)["access.log"].splitlines(), requests(500)):
        _, record = CombinedLog().read(line)
        assert (record["host"], record["path"], record["agent"]) == (fields[0], fields[4], fields[8])


def test_times_ascend():
    times = [datetime.strptime(fields[2], "%d/%b/%Y:%H:%M:%S %z") for fields in requests(2000)]
    assert times == sorted(times)


def test_no_bytes_are_sent_for_a_head_request_or_an_unchanged_page():
    empty = {
        (method == "HEAD" or status == "304", size == "-") for _, _, _, method, _, status, size, *_ in requests(2000)
    }
    assert empty == {(True, True), (False, False)}


def test_pages_follow_zipf():
    pages = Counter(fields[4] for fields in requests(20_000))
    # of a thousand pages, the share of the first is log 2 / log 1001
    assert abs(pages["/"] / 20_000 - 0.1003) < 0.01
    assert len(pages) > 900
