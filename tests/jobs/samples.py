"""The sample data, and texts made by hand, for the cases of the jobs."""

from pathlib import Path

SAMPLES = Path(__file__).parent.parent.parent / "sample_data"


def sample(*names: str, most: int | None = None) -> dict[str, bytes]:
    """Files of the sample data by their base names, as a case's inputs.

    :param most: how many lines of each
    """
    contents = {Path(name).name: (SAMPLES / name).read_bytes() for name in names}
    return {name: b"".join(text.splitlines(keepends=True)[:most]) for name, text in contents.items()}


#: a text that words and lines go wrong on: empty lines, CRLF, apostrophes, no ASCII, no UTF-8, no last newline
AWKWARD = {
    "awkward.txt": "The fox's den\r\n\n  spaces \tand\ttabs\nGrüße ΟΔΟΣ İstanbul ﬁn 日本 x² _a\n\x85\u2028|".encode()
    + b"caf\xe9 \xff\xfe\n don't 'tis end",
    "empty.txt": b"",
}
