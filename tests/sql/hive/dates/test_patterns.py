"""Patterns against what java.text.SimpleDateFormat of Java 17 gave for them, in English and UTC."""

from datetime import date, datetime, timedelta

import duckdb
import pytest

from bigdata.sql.hive.java.dates import formatted, parsed, strftime

EPOCH = datetime(1970, 1, 1)
TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("milliseconds", "pattern", "expected"),
    [
        (1449273845678, "yyyy-MM-dd HH:mm:ss.SSS", "2015-12-05 00:04:05.678"),
        (1449273845678, "y yy yyyyy", "2015 15 02015"),
        (1449273845678, "M MM MMM MMMM MMMMM", "12 12 Dec December December"),
        (1449273845678, "d dd ddd", "5 05 005"),
        (1449273845678, "E EEE EEEE u", "Sat Sat Saturday 6"),
        (1449273845678, "H HH k K h hh a", "0 00 24 0 12 12 AM"),
        (1449273845678, "D DDD w ww W F", "339 339 49 49 1 1"),
        (1449273845678, "YYYY-'W'ww", "2015-W49"),
        (1449273845678, "G z zzzz Z X XX XXX", "AD UTC Coordinated Universal Time +0000 Z Z Z"),
        (1449273845678, "S SS SSSSS", "678 678 00678"),
        (1449273845678, "''yyyy''", "'2015'"),
        (1449273845678, "'at' h 'o''clock'", "at 12 o'clock"),
        (1449273845678, "LLL", "Dec"),
        (1449273845678, "yyyyMMdd'T'HHmmss'Z'", "20151205T000405Z"),
        (1451520000000, "YYYY ww W", "2016 01 5"),
        (0, "k K h a", "24 0 12 AM"),
        (-86400001, "yyyy-MM-dd HH:mm:ss.SSS", "1969-12-30 23:59:59.999"),
    ],
)
def test_moments_by_patterns(milliseconds, pattern, expected):
    moment = EPOCH + timedelta(milliseconds=milliseconds)
    assert formatted(moment, pattern) == expected


@pytest.mark.parametrize(
    ("text", "pattern", "milliseconds"),
    [
        ("2015-04-08 13:45:10", "yyyy-MM-dd HH:mm:ss", 1428500710000),
        ("2015-4-31 and", "yyyy-MM-dd", 1430438400000),
        ("20150408134510", "yyyyMMddHHmmss", 1428500710000),
        ("  2015- 4- 8", "yyyy-MM-dd", 1428451200000),
        ("Wed, 08 Apr 2015 13:45:10 +0200", "EEE, dd MMM yyyy HH:mm:ss Z", 1428493510000),
        ("12:30 am", "hh:mm a", 1800000),
        ("12:30 PM", "hh:mm a", 45000000),
        ("24:00", "k:mm", 0),
        ("2015-13-45", "yyyy-MM-dd", 1455408000000),
        ("2015-04-08T13:45:10.123Z", "yyyy-MM-dd'T'HH:mm:ss.SSSX", 1428500710123),
        ("2015-04-08 10:00:00 PST", "yyyy-MM-dd HH:mm:ss z", 1428516000000),
        ("08-apr-49", "dd-MMM-yy", -654307200000),
        ("08-APR-40", "dd-MMM-yy", 2217456000000),
        ("98-1-2", "yy-M-d", 883699200000),
        ("8 April 2015", "d MMMM yyyy", 1428451200000),
        ("2015 100", "yyyy DDD", 1428624000000),
        ("2015-04-08", "YYYY-MM-dd", 1419724800000),
        ("2015 20 Tue", "YYYY ww E", 1431388800000),
        ("2015", "yyyy-MM", None),
        ("abc", "yyyy", None),
        ("", "yyyy", None),
        ("2015-04-08", "yyyy-MM-dd HH:mm:ss", None),
        ("2015-04-08 25:61:61", "yyyy-MM-dd HH:mm:ss", 1428544921000),
    ],
)
def test_text_read_by_patterns(text, pattern, milliseconds):
    expected = None if milliseconds is None else EPOCH + timedelta(milliseconds=milliseconds)
    assert parsed(text, pattern, TODAY) == expected


@pytest.mark.parametrize("pattern", ["b", "yyyy-QQ", "XXXX", "yyyy 'at"])
def test_what_is_no_pattern(pattern):
    with pytest.raises(ValueError, match="the pattern"):
        formatted(EPOCH, pattern)


@pytest.mark.parametrize("pattern", ["yyyy-MM-dd HH:mm:ss", "d MMM yy, h:mm a", "EEEE, dd. MMMM", "'%' DDD SSS"])
def test_duckdb_writes_simple_patterns_alike(pattern):
    simple = strftime(pattern)
    for days in range(0, 1200, 7):
        moment = datetime(2015, 1, 1, 13, 5, 9, 67000) + timedelta(days=days, hours=days)
        written = duckdb.execute("SELECT strftime(?, ?)", [moment, simple]).fetchall()[0][0]
        assert written == formatted(moment, pattern)
