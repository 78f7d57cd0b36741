"""Estimate pi from the share of quasi-random points in a unit square that fall into its inscribed circle.

Each line ``offset<TAB>size`` asks for `size` points of the Halton sequence after its first `offset`; blank lines ask
for none. Ten maps of a thousand points each: ``seq 0 1000 9000 | sed 's/$/\\t1000/' | python -m jobs.pi``.

Map: a line to ("pi", [points inside, points]). Reduce: 4 * inside / points, from the sums.
Source: Hadoop's QuasiMonteCarlo, with the same sums of doubles, so that both give the same digits.
Output: "pi", the estimate as text with 20 decimals, rounded half up.
"""

import re
from itertools import accumulate, islice, repeat
from operator import truediv

from bigdata import Aggregator, Job

REQUEST = re.compile(r"([0-9]{1,18})\t([1-9][0-9]{0,17})")
PLACES = 63  # an index has at most 63 binary digits, as Hadoop's long
SCALE = 10**20


def van_der_corput(base, index):
    """The numbers of the van der Corput sequence after number `index`: digits of the index mirrored at the point.

    Counting one up changes the digits from the lowest on, 1 / (1 - 1 / base) of them on average.
    """
    weights = list(accumulate(repeat(base, PLACES), truediv, initial=1.0))
    digits = [index // base**place % base for place in range(PLACES)]
    number = 0.0
    for digit, weight in zip(digits, weights[1:]):
        number += digit * weight
    while True:
        for place in range(PLACES):
            digits[place] += 1
            number += weights[place + 1]
            if digits[place] < base:
                break
            digits[place] = 0
            number -= weights[place]
        yield number


class Estimate(Aggregator):
    def merge(self, a, b):
        return [a[0] + b[0], a[1] + b[1]]

    def present(self, state):
        inside, points = state
        scaled = (8 * inside * SCALE + points) // (2 * points)
        return f"{scaled // SCALE}.{scaled % SCALE:020}"


class Pi(Job):
    aggregator = Estimate()

    def mapper(self, _, line):
        if not line.strip():
            return
        request = REQUEST.fullmatch(line)
        if not request:
            raise ValueError(f"expected offset<TAB>size, two whole numbers, the size at least 1; got {line!r}")
        offset, size = map(int, request.groups())
        points = zip(van_der_corput(2, offset), van_der_corput(3, offset))
        inside = sum((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5) <= 0.25 for x, y in islice(points, size))
        yield "pi", [inside, size]


if __name__ == "__main__":
    Pi.run()
