"""Sort the rows of TeraGen by their keys, over all part files.

Map: a file to its rows. The partitioner is Hadoop's TotalOrderPartitioner, by cut points that are sampled before the
job, so that all rows of a reducer come before those of the next; the shuffle sorts within each. Reduce: the identity.
Rows travel in hexadecimal, which sorts as they do.
Source: O'Malley, "TeraByte Sort on Apache Hadoop" (2008); Hadoop's example terasort.
Output: the rows as lines in hexadecimal, or as they are with --output-format binary.
"""

from bigdata import Job, tera


class TeraSort(Job):
    TOTAL_ORDER = tera.ROWS
    INTERNAL_PROTOCOL = tera.RowProtocol
    OUTPUT_PROTOCOL = tera.RowProtocol

    def mapper_raw(self, path, uri):
        for row in tera.read(path):
            yield None, row

    def reducer(self, key, rows):
        for row in rows:
            yield key, row


if __name__ == "__main__":
    TeraSort.run()
