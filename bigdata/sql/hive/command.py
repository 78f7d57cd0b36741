"""``bigdata hive``: scripts of HiveQL, with the options of Hive's own command line.

Source: Hive's LanguageManual Cli. Hive's long options may begin with one dash or with two, and so may these.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from importlib.util import find_spec

from bigdata.errors import EngineNotInstalled, UsageError
from bigdata.sql.hive.shell import HEADER, Shell
from bigdata.sql.hive.steps import text_of
from bigdata.sql.presentation import FORMATS
from bigdata.sql.session import BACKENDS, WAREHOUSE, Session

_INIT = ("$HIVE_HOME/bin/.hiverc", "$HIVE_CONF_DIR/.hiverc", "~/.hiverc")
ENGINES = [engine for dialect, engine in BACKENDS if dialect == "hive"]


def pair(text: str) -> tuple[str, str]:
    """A type for argparse: a name and its value.

    >>> pair("OUTPUT=s3://bucket/a=b")
    ('OUTPUT', 's3://bucket/a=b')
    """
    name, sign, value = text.partition("=")
    if not (name and sign):
        raise ArgumentTypeError(f"expected NAME=VALUE; got {text!r}")
    return name, value


def configure(parser: ArgumentParser) -> None:
    """Give the command its arguments, and ``run``, which is called with their values."""
    script = parser.add_mutually_exclusive_group()
    script.add_argument(
        "-f", dest="file", metavar="FILE", help="run a script: a path, or a URI such as s3://bucket/a.q"
    )
    script.add_argument("-e", dest="texts", action="append", metavar="SQL", help="run statements; may be repeated")
    parser.add_argument(
        "-i",
        dest="init",
        action="append",
        default=[],
        metavar="FILE",
        help="run a script before, in place of ~/.hiverc; may be repeated",
    )
    parser.add_argument(
        *("-d", "--define", "-define", "--hivevar", "-hivevar"),
        dest="variables",
        action="append",
        type=pair,
        default=[],
        metavar="NAME=VALUE",
        help="what ${NAME} stands for in scripts; may be repeated",
    )
    parser.add_argument(
        *("--hiveconf", "-hiveconf"),
        dest="settings",
        action="append",
        type=pair,
        default=[],
        metavar="NAME=VALUE",
        help="a setting, as SET gives it; may be repeated",
    )
    parser.add_argument("--database", "-database", metavar="NAME", help="the database to begin in (default: default)")
    parser.add_argument("-S", "--silent", action="store_true", help="print rows and errors only")
    parser.add_argument("-v", "--verbose", action="store_true", help="print each statement before it runs")
    parser.add_argument(
        "--engine", choices=ENGINES, default=ENGINES[0], help=f"what runs queries (default: {ENGINES[0]})"
    )
    parser.add_argument(
        "--warehouse", metavar="DIR", default=WAREHOUSE, help=f"folder of tables and catalog (default: ./{WAREHOUSE})"
    )
    parser.add_argument(
        "--confine",
        dest="folders",
        action="append",
        metavar="FOLDER",
        help="let statements reach nothing but this folder or bucket, and the warehouse; may be repeated",
    )
    parser.add_argument("--output-format", choices=FORMATS, default="hive", help="how rows are shown (default: hive)")
    parser.add_argument("--header", action="store_true", help=f"show the names of columns, as {HEADER}=true does")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--explain", action="store_true", help="print the SQL of queries; their tables must exist")
    instead.add_argument("--check", action="store_true", help="read the script, say what is wrong with it, run nothing")
    parser.epilog = (
        "Without -f and -e, statements come from a prompt, or from standard input where that is no terminal."
    )
    parser.set_defaults(run=run)


def run(options: Namespace) -> None:
    """Do what the options say; the exit status is 1 if the last statement failed."""
    settings = dict(options.settings) | ({HEADER: "true"} if options.header else {})
    variables = dict(options.variables)
    with Session("hive", options.engine, options.warehouse, settings, variables, options.folders) as session:
        shell = Shell(session, options.output_format, options.silent, options.verbose)
        try:
            _run(options, shell)
            sys.stdout.flush()
        except BrokenPipeError:
            # whoever reads the rows has seen enough, as head has; Python is not to write the rest as it exits
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if shell.failed:
        sys.exit(1)


def _run(options: Namespace, shell: Shell) -> None:
    if options.database:
        shell.session.sql(f"USE `{options.database}`")
    for path in options.init or _init_files():
        if Shell(shell.session, silent=True).run(text_of(path), path):
            return
    if not (options.file or options.texts) and sys.stdin.isatty():
        if options.check or options.explain:
            raise UsageError("--check and --explain are about a script. Give one by -f or -e.")
        _converse(shell)
        return
    for text, name in _scripts(options):
        if options.check:
            shell.session.check(text, name)
        elif (shell.explain if options.explain else shell.run)(text, name):
            return


def _init_files() -> list[str]:
    """The scripts that Hive runs before all else where ``-i`` names none."""
    paths = [os.path.expanduser(os.path.expandvars(path)) for path in _INIT]
    return [path for path in paths if os.path.isfile(path)]


def _scripts(options: Namespace) -> Iterator[tuple[str, str]]:
    """The texts of what is to run, and their names in errors."""
    if options.file:
        yield text_of(options.file), options.file
    elif options.texts:
        yield from ((text, "-e") for text in options.texts)
    else:
        yield sys.stdin.read(), "standard input"


def _converse(shell: Shell) -> None:
    if find_spec("prompt_toolkit") is None:
        raise EngineNotInstalled("the prompt needs prompt_toolkit: pip install 'bigdata[sql]'. Or give -f or -e.")
    from bigdata.sql.hive.prompt import converse

    converse(shell)
