"""Hive's data definition: CREATE, ALTER, DROP, SHOW, DESCRIBE and their kin, parsed to frozen data that can run.

A family of statements is a module with a table ``PARSERS``, from the words with which a statement begins to what reads
the rest of it; a statement is a dataclass with ``run(context)``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from bigdata.sql.hive.context import Answer, Context, Statement
from bigdata.sql.hive.ddl import (
    alter,
    databases,
    describe,
    exports,
    functions,
    macros,
    partitions,
    refused,
    show,
    show_create,
    tables,
    views,
)
from bigdata.sql.hive.ddl.tokens import Tokens, first_word

_FAMILIES = [
    alter, databases, describe, exports, functions, macros, partitions, refused, show, show_create, tables, views
]  # fmt: skip
_ALL = [item for family in _FAMILIES for item in family.PARSERS.items()]
#: by the first word of a statement; those with more words first: SHOW CREATE TABLE before SHOW
_PARSERS: dict[str, dict[str, Callable[[Tokens], Statement]]] = defaultdict(dict)
for _words, _parser in sorted(_ALL, key=lambda item: -len(item[0].split())):
    _PARSERS[_words.split()[0]][_words] = _parser


def parse(text: str, line: int = 1) -> Statement | None:
    """A statement of data definition; ``None`` for a query, an INSERT and what else isn't one.

    :param line: the number, in its script, of the statement's first line
    :raises SqlSyntaxError: if it begins like one and can't be read to its end
    :raises UnsupportedStatement: if it can't run here

    >>> parse("DROP TABLE IF EXISTS pages")
    DropTable(name=(None, 'pages'), if_exists=True)
    """
    parsers = _PARSERS.get(first_word(text))
    if parsers is None:
        return None
    tokens = Tokens(text, line)
    for words, parser in parsers.items():
        if tokens.take(words):
            statement = parser(tokens)
            tokens.end()
            return statement
    return None


def execute(statement: Statement, context: Context) -> Answer:
    """Run a statement; if it fails, catalog and files are as they were.

    The query of a :class:`tables.CreateTable` is not run: its rows are for the session, in the same transaction.
    """
    with context.catalog.transaction():
        return statement.run(context) or Answer((), ())
