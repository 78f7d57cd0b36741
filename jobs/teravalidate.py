"""Check that the part files of TeraSort in turn are in order, and add up a checksum of their rows.

Map: a file to its name, its first and last key, its checksum, and where it isn't in order; all go to one reducer.
Reduce: the checksum of all, and where a file begins before the one before it ends. Files are in the order of their
names. Sorting changes no row, so the checksum is that of the rows before.
Source: Hadoop's example teravalidate.
Output: "checksum", the sum of the rows' CRC-32 in hexadecimal; "misorder", two files or a file and its first row that
comes too early, counted from 0.
"""

import os
from zlib import crc32

from bigdata import Job, tera


class TeraValidate(Job):
    def mapper_raw(self, path, uri):
        first = last = early = None
        checksum = 0
        for number, row in enumerate(tera.read(path)):
            key = row[: tera.KEY_BYTES]
            if first is None:
                first = key
            elif early is None and key < last:
                early = number
            last = key
            checksum += crc32(row)
        if first is not None:
            yield None, [os.path.basename(uri), first.hex(), last.hex(), checksum, early]

    def reducer(self, _, files):
        checksum, before = 0, None
        for file in sorted(files):
            name, first, _, part, early = file
            checksum += part
            if early is not None:
                yield "misorder", [name, early]
            if before is not None and first < before[2]:
                yield "misorder", [before[0], name]
            before = file
        yield "checksum", f"{checksum:x}"


if __name__ == "__main__":
    TeraValidate.run()
