"""Types of command-line arguments: what they take, and what a command says of the rest."""

import argparse
import sys

import pytest

from bigdata import at_least, positive, share


def parsed(kind, text):
    parser = argparse.ArgumentParser(prog="job")
    parser.add_argument("--option", type=kind)
    return parser.parse_args([f"--option={text}"]).option


@pytest.mark.parametrize(
    "kind, text, wanted",
    [
        (at_least(2), "2", 2),
        (at_least(-3), "-3", -3),
        (at_least(0), "9" * 30, 10**30 - 1),
        (positive, "5e-324", 5e-324),
        (positive, repr(sys.float_info.max), sys.float_info.max),
        (share, "5e-324", 5e-324),
        (share, "1", 1.0),
    ],
)
def test_what_is_in_range_is_taken(kind, text, wanted):
    got = parsed(kind, text)
    assert (got, type(got)) == (wanted, type(wanted))


@pytest.mark.parametrize(
    "kind, expected, texts",
    [
        (at_least(2), "a whole number of at least 2", ["1", "-2", "2.0", "two", "", "nan", "²"]),
        (positive, "a number over 0", ["0", "-0.5", "inf", "1e999", "nan", "half", ""]),
        (share, "a share over 0 and up to 1", ["0", "-1", "1.0000001", "inf", "nan", "10%", ""]),
    ],
)
def test_the_rest_is_refused_in_one_line(kind, expected, texts, capsys):
    for text in texts:
        with pytest.raises(SystemExit) as exited:
            parsed(kind, text)
        *_, message = capsys.readouterr().err.splitlines()
        assert exited.value.code == 2
        assert message == f"job: error: argument --option: expected {expected}; got {text!r}"
