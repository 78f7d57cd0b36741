"""Group rows by their first column, and sort the rows of each group by a number in the second.

Each line is ``group<TAB>number``, with or without further columns; blank lines hold none. Numbers are compared by their
values, whole ones exactly; rows with equal numbers come in the order of their text, as in ``sort -k1,1 -k2,2g``.

Map: a line to (group, [number, the columns after the group]). The shuffle does the sorting: OrderedProtocol's bytes are
in the order of the values, and so a reducer gets them, with no group held in memory. Reduce: back to lines.
Source: Hadoop's example secondarysort; Lin and Dyer, "Data-Intensive Text Processing with MapReduce" (2010), section
3.4, "Secondary Sorting".
Output: the lines, those of a group together and in order; a reducer's groups are in the order of their text.
"""

import math

from bigdata import Descending, Job, OrderedProtocol


def number(text):
    """A number that compares by its value: 10, 10.0 and 1e1 are one."""
    try:
        return int(text)
    except ValueError:
        value = float(text)
        return int(value) if value.is_integer() else value


class SecondarySort(Job):
    INTERNAL_PROTOCOL = OrderedProtocol
    OUTPUT_PROTOCOL = Job.INPUT_PROTOCOL
    SORT_VALUES = True

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--descending", action="store_true", help="The greatest number first")

    def mapper(self, _, line):
        if not line.strip():
            return
        group, _, row = line.partition("\t")
        try:
            place = number(row.partition("\t")[0])
        except ValueError:
            place = math.nan
        if place != place:
            raise ValueError(f"expected group<TAB>number; got {line!r}")
        yield group, [Descending(place) if self.options.descending else place, row]

    def reducer(self, group, rows):
        for _, row in rows:
            yield None, f"{group}\t{row}"


if __name__ == "__main__":
    SecondarySort.run()
