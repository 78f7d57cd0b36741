"""Inputs of any size: each function writes about so many bytes into a new folder, the same bytes each time.

The bytes are those of `bigdata generate`.
"""

from pathlib import Path

import numpy as np

from benchmarks import corpus
from bigdata import Sample
from bigdata.generators import load, write

SEED = 1
#: rows from which the bytes of a row are estimated
PROBE = 20_000
DOCUMENT_BYTES = 10**6
FEWEST_DOCUMENTS = 8
CLUSTERS = 5
#: draws centres in different clusters; from two in one, Lloyd's algorithm takes a hundred rounds and more
START_SEED = 5

VISIT_COLUMNS = ("ip", "url", "day", "revenue", "agent", "country", "language", "word", "seconds")
RANKING_COLUMNS = ("url", "rank", "length")


def text(folder: Path, size: int) -> None:
    """Write text.txt: sentences of 100,000 words by Zipf's law."""
    folder.mkdir()
    corpus.write(corpus.zipf(seed=SEED), size, folder / "text.txt")


def documents(folder: Path, size: int) -> None:
    """Write that text as files of a megabyte, or as eight smaller ones."""
    folder.mkdir()
    number = max(size // DOCUMENT_BYTES, FEWEST_DOCUMENTS)
    chunks = corpus.zipf(seed=SEED)
    for document in range(number):
        corpus.write(chunks, size // number, folder / f"document-{document:05d}.txt")


def hexadecimal_rows(folder: Path, size: int) -> None:
    """Write rows.txt: TeraGen's rows as lines of 200 hexadecimal digits, which every tool can sort."""
    folder.mkdir()
    with open(folder / "rows.txt", "wb") as file:
        for _, chunk in load("tera").chunks(max(size // 201, 1), SEED):
            file.writelines(chunk[start : start + 100].hex().encode() + b"\n" for start in range(0, len(chunk), 100))


def visits(folder: Path, size: int) -> None:
    """Write uservisits/uservisits.csv, of that size, and rankings/rankings.csv, the pages that they visit."""
    folder.mkdir()
    rows = rows_in("uservisits", size)
    write(load("uservisits"), rows, SEED, str(folder / "uservisits"))
    write(load("rankings"), -(-rows // 8), SEED, str(folder / "rankings"))


def graph(folder: Path, size: int) -> None:
    """Write graph.txt: the edges of a directed graph of power-law degrees."""
    write(load("graph"), rows_in("graph", size), SEED, str(folder))


def points(folder: Path, size: int) -> None:
    """Write points/points.csv: points of the plane; and start.csv: those from which k-means starts."""
    folder.mkdir()
    write(load("points"), rows_in("points", size), SEED, str(folder / "points"))
    table = np.loadtxt(folder / "points" / "points.csv", delimiter=",")
    start = Sample(CLUSTERS, str(START_SEED)).aggregate(table.tolist())
    np.savetxt(folder / "start.csv", sorted(start), delimiter=",", fmt="%.6f")


def rows_in(name: str, size: int) -> int:
    """Estimate how many rows of a generated data set take that many bytes."""
    dataset = load(name)
    probed = sum(len(chunk) for _, chunk in dataset.chunks(PROBE, SEED))
    return max(size * PROBE // probed, dataset.least)
