"""A data set's files in memory."""

from collections import defaultdict

from bigdata.generators import load


def files(name: str, rows: int, seed: int = 1) -> dict[str, bytes]:
    """Each file's bytes, in the order in which the files are made."""
    made: dict[str, list[bytes]] = defaultdict(list)
    for file, chunk in load(name).chunks(rows, seed):
        made[file].append(chunk)
    return {file: b"".join(chunks) for file, chunks in made.items()}


def records(text: bytes, separator: str = ",") -> list[list[str]]:
    """The fields of each line that is no comment."""
    return [line.split(separator) for line in text.decode().splitlines() if not line.startswith("#")]
