"""The text of a statement as data: a setting, a word to the shell, DDL, LOAD, EXPLAIN, or the tree of another."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from sqlglot import exp

from bigdata.errors import UnsupportedStatement, UsageError
from bigdata.sql.confinement import Confinement
from bigdata.sql.hive import ddl, explain, loads, resources, script, settings
from bigdata.sql.hive.context import Context
from bigdata.sql.hive.dialect import parse
from bigdata.sql.hive.explain import Explain
from bigdata.sql.hive.functions import refusals
from bigdata.sql.hive.steps import located, text_of


def parsed(context: Context, text: str, confinement: Confinement | None, line: int = 1) -> Any:
    """A statement as data.

    :param confinement: the places that it may name; ``None`` for any
    :param line: of the script, on which it begins
    :raises SqlSyntaxError: for one that can't be read
    """
    found: Any = settings.parse(text)
    if found is None:
        found = _read(script.substituted(text, context), line)
    if confinement is not None:
        _confine(found, confinement)
    return found


def _read(text: str, line: int) -> Any:
    found: Any
    if (found := resources.parse(text) or ddl.parse(text, line)) is not None:
        return found
    if re.match(r"LOAD\b", text, re.IGNORECASE):
        return loads.parse(text, line)
    if (opening := explain.begin(text)) is not None:
        start, dependency = opening
        return Explain(_read(text[start:], line + text.count("\n", 0, start)), dependency)
    return parse(text, line)


def _confine(statement: Any, confinement: Confinement) -> None:
    """:raises UsageError: for a statement that names a place outside"""
    if not isinstance(statement, exp.Expr):
        confinement.check_statement(statement)
        return
    confinement.check(*(directory.this.name for directory in statement.find_all(exp.Directory)))


def check(context: Context, text: str, confinement: Confinement | None, file: str = "") -> None:
    """Read the statements of a script, and of those that it names, and run none but settings.

    :raises UnsupportedStatement: for one that can't run here
    :raises SqlSyntaxError: for one that can't be read
    """
    context = replace(context, settings=dict(context.settings), variables=dict(context.variables))
    _checked(context, text, confinement, file, ())


def _checked(context: Context, text: str, confinement: Confinement | None, file: str, around: tuple[str, ...]) -> bool:
    """Read the statements of a script and of those that it names; gives whether ``quit`` ended it.

    :param around: the scripts in which it stands
    """
    for statement in script.statements(text):
        inner = ""
        with located(file, statement.line):
            found = parsed(context, statement.text, confinement, statement.line)
            if isinstance(found, resources.Quit):
                return True
            if isinstance(found, (settings.Set, settings.Reset)):
                found.run(context)
            if isinstance(found, exp.Expr):
                _refuse(found)
            if isinstance(found, resources.Source):
                if found.path in around:
                    raise UsageError(f"source {found.path}: the script names itself, without an end.")
                inner = text_of(found.path)
        if inner and _checked(context, inner, confinement, found.path, (*around, found.path)):
            return True
    return False


def _refuse(tree: exp.Expr) -> None:
    """:raises UnsupportedStatement: for a call of a function that can't be here"""
    for call in tree.find_all(exp.Anonymous):
        if (reason := refusals().get(call.name.lower())) is not None:
            raise UnsupportedStatement(f"{call.name.lower()}: {reason}")
