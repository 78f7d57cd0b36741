"""Lines as Hive's own SerDes read and print them."""

import re
from pathlib import Path

import pytest

from tests.sql.serdes.tables import rows, table

FILES = sorted(Path(__file__).parent.glob("*.txt"))


def cases():
    """Each table of the case files: SerDe, columns, properties, lines and the rows that they are."""
    for file in FILES:
        for block in file.read_text(encoding="utf-8").split("\n== ")[1:]:
            head, *lines = block.rstrip("\n").split("\n")
            serde, held = head.split(": ", 1)
            given = dict(line.strip().split(" =", 1) for line in lines if line.startswith("   "))
            properties = {name: unescaped(value.removeprefix(" ")).decode() for name, value in given.items()}
            read = [unescaped(line[4:]) for line in lines if line.startswith("<--")]
            expected = [unescaped(line[4:]).decode() for line in lines if line.startswith("-->")]
            yield pytest.param(serde, held, properties, read, expected, id=f"{file.stem}: {held}")


def unescaped(text: str) -> bytes:
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes.fromhex(found[1].decode()), text.encode())


@pytest.mark.parametrize("serde, held, properties, read, expected", list(cases()))
def test_lines_are_read_and_printed_as_hive_does(tmp_path, serde, held, properties, read, expected):
    (tmp_path / "000000_0").write_bytes(b"".join(line + b"\n" for line in read))
    assert rows(table(tmp_path, held, serde, serde=properties), settings=properties) == expected
