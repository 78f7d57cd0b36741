"""The command-line options that bigdata adds to mrjob's, and the engines' names, put into mrjob's own tables."""

from __future__ import annotations

from collections.abc import Sequence

import mrjob.options

from bigdata.engines import ENGINES

OUTPUT_FORMATS = ("text", "json", "csv", "parquet", "binary", "pairs")
#: formats that a terminal can't show
FOR_FILES = ("parquet", "binary", "pairs")

#: switch and argparse's keywords, by the name that the option has in a configuration file
OPTIONS = {
    "workers": ("--workers", dict(type=int, help="How many tasks run at once; by default as many as the input needs")),
    "memory_limit": (
        "--memory-limit",
        dict(help="Memory for the whole run, such as 512MB or 4GB (half of the machine's)"),
    ),
    "output_format": (
        "--output-format",
        dict(choices=OUTPUT_FORMATS, help="How to write the output (text); pairs is for another job of ours to read"),
    ),
    "on_error": (
        "--on-error",
        dict(
            metavar="fail|skip|quarantine DIR",
            help="What to do with a record that can't be decoded or makes the mapper raise: fail the job, skip the"
            " record, or keep it in DIR (fail)",
        ),
    ),
    "max_errors": ("--max-errors", dict(help="How many records may fail under --on-error: 100, or 1%% of them")),
    "explain": ("--explain", dict(action="store_true", help="Show how each stage would run, and why; run nothing")),
}


def install() -> None:
    """Make the options and the engines' names known to mrjob, before a job builds its parser."""
    mrjob.options._RUNNER_ALIASES.update(ENGINES)
    for name, (switch, keywords) in OPTIONS.items():
        mrjob.options._RUNNER_OPTS[name] = {"switches": [([switch], keywords)]}


def join_quarantine(args: Sequence[str]) -> list[str]:
    """Make one argument of ``--on-error quarantine DIR``, which argparse can't take as written.

    >>> join_quarantine(["--on-error", "quarantine", "bad", "in.txt"])
    ['--on-error', 'quarantine bad', 'in.txt']
    """
    args = list(args)
    for place in range(len(args) - 2):
        if args[place : place + 2] == ["--on-error", "quarantine"]:
            args[place + 1 : place + 3] = ["quarantine " + args[place + 2]]
            break
    return args
