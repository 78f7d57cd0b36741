"""Statements that are accepted and change nothing, and those that are refused by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from bigdata.errors import UnsupportedStatement
from bigdata.sql.hive.context import Context
from bigdata.sql.hive.ddl.tokens import Parsers, Tokens


@dataclass(frozen=True)
class Accepted:
    """A statement that can change no answer: ``ANALYZE TABLE`` computes no statistics, as no plan is made of them."""

    text: str

    def run(self, context: Context) -> None:
        return None


def _accepted(tokens: Tokens) -> Accepted:
    return Accepted(tokens.rest()[0])


def _refusal(words: str, reason: str) -> Callable[[Tokens], NoReturn]:
    def refuse(tokens: Tokens) -> NoReturn:
        raise UnsupportedStatement(f"{words}: {reason}")

    return refuse


_ACID = "there are no ACID tables here. Write the rows that shall be with INSERT OVERWRITE TABLE ... SELECT."
_TRANSACTION = "a script's statements are each all or nothing, and not together. Leave it out."
_RIGHTS = "rights are those of the file system. Leave it out."
_INDEX = "Hive 3 has no indexes either. Leave it out; ORC and Parquet files are read by their statistics."
_LOCK = "each statement locks the catalog by itself. Leave it out."
_SCHEDULED = "nothing runs here between sessions. Run the script by cron or another scheduler."
_RESOURCES = "there is no cluster whose resources could be planned. Leave it out."
_REASONS = {
    "UPDATE": _ACID,
    "DELETE": _ACID,
    "MERGE": _ACID,
    "START TRANSACTION": _TRANSACTION,
    "COMMIT": _TRANSACTION,
    "ROLLBACK": _TRANSACTION,
    "SET AUTOCOMMIT": _TRANSACTION,
    "ABORT TRANSACTIONS": _TRANSACTION,
    "SHOW TRANSACTIONS": _TRANSACTION,
    "SHOW COMPACTIONS": _ACID,
    "GRANT": _RIGHTS,
    "REVOKE": _RIGHTS,
    "CREATE ROLE": _RIGHTS,
    "DROP ROLE": _RIGHTS,
    "SET ROLE": _RIGHTS,
    "SHOW ROLES": _RIGHTS,
    "SHOW ROLE": _RIGHTS,
    "SHOW CURRENT ROLES": _RIGHTS,
    "SHOW GRANT": _RIGHTS,
    "SHOW PRINCIPALS": _RIGHTS,
    "CREATE INDEX": _INDEX,
    "DROP INDEX": _INDEX,
    "ALTER INDEX": _INDEX,
    "SHOW INDEX": _INDEX,
    "SHOW INDEXES": _INDEX,
    "SHOW FORMATTED INDEX": _INDEX,
    "SHOW FORMATTED INDEXES": _INDEX,
    "LOCK": _LOCK,
    "UNLOCK": _LOCK,
    "SHOW LOCKS": _LOCK,
    "REPL": "there is no other warehouse to follow. Copy the folder.",
    **{f"{verb} SCHEDULED QUERY": _SCHEDULED for verb in ("CREATE", "ALTER", "DROP")},
    "KILL QUERY": "there are no queries beside this one. Interrupt the session.",
    **{f"{verb} RESOURCE": _RESOURCES for verb in ("CREATE", "ALTER", "DROP", "SHOW")},
    "SHOW CONF": "what Hive says of its settings isn't here. SET name shows a value.",
}
PARSERS: Parsers = {
    "ANALYZE TABLE": _accepted,
    "RELOAD FUNCTION": _accepted,
    "RELOAD FUNCTIONS": _accepted,
    **{words: _refusal(words, reason) for words, reason in _REASONS.items()},
}
