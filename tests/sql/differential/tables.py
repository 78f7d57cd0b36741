"""Two tables with a column of each type, as files of text that every engine of Hive reads with LazySimpleSerDe."""

from __future__ import annotations

from pathlib import Path
from random import Random

#: columns of both tables by name: type, and what its values are drawn from; None is NULL, lists and pairs are nested
COLUMNS: dict[str, tuple[str, list[object]]] = {
    "ti": ("tinyint", [-128, -7, -1, 0, 1, 2, 3, 100, 127]),
    "si": ("smallint", [-32768, -300, -1, 0, 1, 7, 255, 32767]),
    "i": ("int", [-2147483648, -1000, -5, -1, 0, 1, 2, 3, 10, 65536, 2147483647]),
    "bi": ("bigint", [-(2**63), -4294967297, -9, 0, 1, 2, 5, 1500000000, 2**53, 2**63 - 1]),
    "d": ("double", ["-1.0E10", "-2.5", "-0.5", "0.0", "0.25", "1.5", "2.5", "3.0", "1234.75", "1.0E9"]),
    "de": ("decimal(12,3)", ["-999999999.999", "-2.500", "-0.125", "0.000", "0.5", "1.005", "2.5", "77.770", "123456"]),
    "s": (
        "string",
        ["", " ", "a", "B", "abc", "Hello World", "été", "日本語", "12", "-3.5", "a,b,,c", "x=1&y=2", "100%"],
    ),
    "w": (
        "string",
        ["one two three", "ONE", "two", "three one", "2020-02-29", "2015-04-08 13:05:05", '{"a":{"b":[1,"x"]}}'],
    ),
    "b": ("boolean", ["true", "false"]),
    "dt": ("date", ["1969-12-31", "1970-01-01", "2000-02-29", "2019-12-31", "2020-01-31", "2020-02-29", "2021-03-01"]),
    "ts": (
        "timestamp",
        ["1970-01-01 00:00:00", "2000-02-29 12:00:00.5", "2015-04-08 13:05:05.123456", "2019-12-31 23:59:59.999"],
    ),
    "ai": ("array<int>", [[], [1], [3, 1, 2], [5, None, 5], [-7, 0, 7, 2147483647]]),
    "ss": ("array<string>", [[], ["a"], ["b", "a", "été"], ["x", None], ["one", "two", "one"]]),
    "m": ("map<string,int>", [[], [("a", 1)], [("b", 2), ("a", None)], [("x", 10), ("y", 20), ("z", 30)]]),
    "st": ("struct<a:int,b:string>", [[1, "one"], [2, None], [None, "x"], [7, ""]]),
}
NAMES = ("t", "u")
_ROWS = {"t": 40, "u": 24}
#: LazySimpleSerDe's delimiters: of fields, of members, of keys and values
_DELIMITERS = "\x01\x02\x03"
_NULL = r"\N"
#: of how many values one is NULL
_NULLS = 9


def write(folder: Path, seed: int) -> str:
    """Write the files of the tables; gives the script that makes them."""
    random = Random(seed)
    columns = ", ".join(f"{name} {kind}" for name, (kind, _) in COLUMNS.items())
    statements = []
    for table in NAMES:
        (folder / table).mkdir()
        lines = [_line(number, random) for number in range(_ROWS[table])]
        (folder / table / "rows").write_text("".join(lines), encoding="utf-8")
        statements.append(f"CREATE EXTERNAL TABLE {table} (id int, {columns}) LOCATION '{folder / table}';")
    return "\n".join(statements)


def _line(number: int, random: Random) -> str:
    values = [random.choice(pool) if random.randrange(_NULLS) else None for _, pool in COLUMNS.values()]
    return _DELIMITERS[0].join(_text(value, 1) for value in (number, *values)) + "\n"


def _text(value: object, depth: int) -> str:
    """A value as LazySimpleSerDe reads it.

    :param depth: how many values it is within
    """
    if value is None:
        return _NULL
    if isinstance(value, list | tuple):
        return _DELIMITERS[depth].join(_text(member, depth + 1) for member in value)
    return str(value)
