"""Count words with Dask Bag: blocks of text, frequencies, and its default scheduler of processes."""

import re
import sys

import dask
import dask.bag

WORD = re.compile(r"[\w']+")

if __name__ == "__main__":
    with dask.config.set(num_workers=2):
        lines = dask.bag.read_text(sys.argv[1], blocksize="8MiB")
        counts = lines.str.lower().map(WORD.findall).flatten().frequencies()
        counts.map("{0[0]}\t{0[1]}".format).to_textfiles(f"{sys.argv[2]}/*.txt")
