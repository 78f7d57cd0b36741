"""Add up the revenue by the beginning of the address with Dask DataFrame, on two threads of its default scheduler."""

import sys

import dask
import dask.dataframe as dd

from benchmarks.peers.visits import VISITS

if __name__ == "__main__":
    with dask.config.set(num_workers=2):
        visits = dd.read_csv(
            f"{sys.argv[1]}/uservisits/uservisits.csv",
            header=None,
            names=list(VISITS),
            usecols=["ip", "revenue"],
            dtype={"ip": "string[pyarrow]", "revenue": "float64"},
            blocksize="16MiB",
        )
        revenue = visits.assign(prefix=visits.ip.str[:8]).groupby("prefix").revenue.sum()
        revenue.to_csv(f"{sys.argv[2]}/*.tsv", sep="\t", header=False)
