"""How tests run `bigdata hive`."""

from pathlib import Path

ROOT = Path(__file__).parents[3]


def script(text, name="script.q"):
    Path(name).write_text(text, encoding="utf-8")
    return name
