"""Count the lines, words and bytes of each file, as wc does.

Map: a whole file to its name and counts, with mapper_raw because a line that a mapper gets has lost its line end.
There is no reduce. A line ends with a newline, so a last line without one isn't counted; words are separated by blanks,
as ASCII has them. A compressed file is counted as it is stored.
Source: mrjob's example mr_wc; POSIX wc.
Output: the file's base name, {"lines": …, "words": …, "bytes": …}.
"""

import os

from bigdata import Job


class LineCount(Job):
    def mapper_raw(self, path, uri):
        lines = words = size = 0
        with open(path, "rb") as file:
            for line in file:
                lines += line.endswith(b"\n")
                words += len(line.split())
                size += len(line)
        yield os.path.basename(uri), {"lines": lines, "words": words, "bytes": size}


if __name__ == "__main__":
    LineCount.run()
