"""The command line: ``bigdata COMMAND ...``, also as ``python -m bigdata``."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from importlib import import_module

from bigdata import __version__
from bigdata.errors import BigdataError

#: name -> (module with a function ``configure(parser)``, summary); only the module of the command asked for is loaded
COMMANDS = {
    "generate": ("bigdata.generators.command", "write a seeded data set"),
    "hive": ("bigdata.sql.hive.command", "run HiveQL, from scripts or at a prompt"),
}


def main(words: Sequence[str] | None = None) -> None:
    """Run a command; an error is a line on stderr and a non-zero exit."""
    words = sys.argv[1:] if words is None else words
    parser = argparse.ArgumentParser(prog="bigdata", description="Data sets for MapReduce jobs, and HiveQL on tables.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (module, summary) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        if name in words[:1]:
            import_module(module).configure(command)
    options = parser.parse_args(words)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        options.run(options)
    except BigdataError as error:
        sys.exit(f"{type(error).__name__}: {error}")
    except KeyboardInterrupt:
        print("Interrupted: the command was stopped and left no output.", file=sys.stderr)
        sys.exit(130)
