"""Read every byte of a folder's files once, on two threads, and add them up: no job on them takes less."""

import mmap
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

PIECE = 1 << 24


def total(path: Path, start: int) -> int:
    """Add up the bytes of a piece of a file, eight at a time."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        piece = np.frombuffer(mapped, np.uint64, min(PIECE, len(mapped) - start) // 8, start)
        added = int(piece.sum())
        del piece  # else the file can't be unmapped
    return added


if __name__ == "__main__":
    files = [path for path in Path(sys.argv[1]).rglob("*") if path.is_file() and path.stat().st_size]
    pieces = [(path, start) for path in files for start in range(0, path.stat().st_size, PIECE)]
    with ThreadPoolExecutor(2) as pool:
        print(sum(pool.map(lambda piece: total(*piece), pieces)))
