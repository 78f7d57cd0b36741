"""Join visits with their pages by Dask DataFrame, on two threads of its default scheduler."""

import sys

import dask
import dask.dataframe as dd

from benchmarks.peers.visits import JOINED, RANKINGS, VISITS

TYPES = {"VARCHAR": "string[pyarrow]", "DOUBLE": "float64", "BIGINT": "int64"}


def read(path: str, columns: dict[str, str]) -> dd.DataFrame:
    """Read a table without a header in blocks."""
    types = {name: TYPES[kind] for name, kind in columns.items()}
    return dd.read_csv(path, header=None, names=list(columns), dtype=types, blocksize="16MiB")


if __name__ == "__main__":
    with dask.config.set(num_workers=2):
        visits = read(f"{sys.argv[1]}/uservisits/uservisits.csv", VISITS)
        rankings = read(f"{sys.argv[1]}/rankings/rankings.csv", RANKINGS)
        joined = visits.merge(rankings, on="url")[list(JOINED)]
        joined.to_csv(f"{sys.argv[2]}/*.tsv", sep="\t", header=False, index=False)
