"""Keep one of each record, a record being a line of text.

Map: a line to (line, 1). Reduce: the key, however often it came.
Source: Miner and Shook, "MapReduce Design Patterns" (2012), chapter 3, "Distinct".
Output: each distinct line once, as text.
"""

from bigdata import Count, Job, columnar


class KeyAsLine(Job.INPUT_PROTOCOL):
    def write(self, line, _):
        return super().write(None, line)


class DistinctRecords(Job):
    OUTPUT_PROTOCOL = KeyAsLine
    aggregator = Count()

    @columnar("SELECT line AS key, 1 AS value FROM input")
    def mapper(self, _, line):
        yield line, 1


if __name__ == "__main__":
    DistinctRecords.run()
