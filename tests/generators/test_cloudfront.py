"""CloudFront logs against the table of Amazon EMR's Hive tutorial."""

import re
from collections import Counter
from datetime import date, time

from bigdata import CloudFrontLog
from bigdata.generators.cloudfront import SYSTEMS
from tests.generators.files import files

#: the table's "input.regex", from "Tutorial: Getting started with Amazon EMR"
INPUT_REGEX = re.compile(
    r"^(?!#)([^ ]+)\s+([^ ]+)\s+([^ ]+)\s+([^ ]+)\s+([^ ]+)\s+([^ ]+)\s+([^ ]+)\s+([^ ]+)\s+([^ ]+)\s+([^ ]+)\s+"
    r"[^\(]+[\(]([^\;]+).*\%20([^\/]+)[\/](.*)$"
)
ROWS = 1200
LINES = files("cloudfront", ROWS)["cloudfront.log"].decode().splitlines()
FOUND = [INPUT_REGEX.match(line) for line in LINES]


def test_the_tutorials_table_reads_every_request_and_no_comment():
    comments = [line for line, found in zip(LINES, FOUND) if found is None]
    assert comments == LINES[:2]
    assert [line.split(":")[0] for line in comments] == ["#Version", "#Fields"]


def test_fields_are_separated_by_tabs_and_hold_no_blanks():
    assert all(line.count("\t") == 10 and " " not in line for line in LINES[2:])


def test_columns_are_of_their_types():
    for found in FOUND[2:]:
        day, clock, edge, size, _, method, _, uri, status, _, system, browser, version = found.groups()
        assert date(2014, 7, 1) <= date.fromisoformat(day) <= date(2014, 8, 31)
        time.fromisoformat(clock)
        assert re.fullmatch(r"[A-Z]{3}\d", edge) and size.isdigit() and status.isdigit() and method == "GET"
        assert uri.startswith("/test-image-") and browser.isalpha() and version[0].isdigit()
        assert CloudFrontLog().read(found[0].encode())[1]["os"] == system


def test_operating_systems_are_equally_frequent():
    counts = Counter(found[11] for found in FOUND[2:])
    assert set(counts) == set(SYSTEMS)
    assert all(abs(count - ROWS / 6) < 5 * (ROWS * 5 / 36) ** 0.5 for count in counts.values())
