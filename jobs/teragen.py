"""Make the rows that TeraSort sorts.

Map: a line `start<TAB>count` to that many rows from that number on; there is no reduce. A row depends on its number
alone, so any number of maps make the same rows as Hadoop's TeraGen.
Source: O'Malley, "TeraByte Sort on Apache Hadoop" (2008); Hadoop's example teragen.
Output: rows of 100 bytes as lines in hexadecimal, or as they are with --output-format binary.
"""

from bigdata import Job, Tsv, tera


class TeraGen(Job):
    RECORDS = Tsv("start:int, count:int", header=False)
    OUTPUT_PROTOCOL = tera.RowProtocol

    def mapper(self, _, rows):
        for row in tera.rows(rows["start"], rows["count"]):
            yield None, row


if __name__ == "__main__":
    TeraGen.run()
