"""Windows over event time, for batch jobs: tumbling, sliding and session.

Times are numbers, in any unit that sizes are in too; :func:`seconds` reads them from text. A window is named by its
start, and holds the times from there to its start plus its size, which is not in it.

Source of the three kinds: Akidau et al., "The Dataflow Model" (2015), section 1.2.
"""

from __future__ import annotations

import calendar
import math
import re
from typing import Any

from bigdata.aggregators import Aggregator
from bigdata.errors import UsageError
from bigdata.twins import literal

_TIME = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]+)?)?)?Z?")


def seconds(text: str) -> float:
    """A time such as ``2017-06-04 12:30:05.250`` as seconds since 1970, in UTC; whole ones as ``int``.

    :raises ValueError: for a text that is no such time

    >>> seconds("1970-01-02"), seconds("1970-01-01T00:01:00.5Z")
    (86400, 60.5)
    """
    found = _TIME.fullmatch(text)
    numbers = [int(number or 0) for number in found.groups()[:6]] if found else []
    if found is None or not (
        numbers[0] > 0
        and 1 <= numbers[1] <= 12
        and 1 <= numbers[2] <= calendar.monthrange(*numbers[:2])[1]
        and numbers[3] < 24
        and max(numbers[4:]) < 60
    ):
        raise ValueError(f"expected a time such as 2017-06-04 12:30:05; got {text!r}")
    whole = calendar.timegm((*numbers, 0, 0, 0))
    # what rounds up to the next second is still in this one
    return min(whole + float(found[7]), math.nextafter(whole + 1, whole)) if found[7] else whole


def seconds_sql(column: str) -> str:
    """The same over a column of texts, in DuckDB's SQL, without a fraction; a text that is no time fails the query.

    >>> seconds_sql("time").startswith("CASE WHEN regexp_full_match(time, ")
    True
    """
    clock = r"[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?"
    written = rf"([1-9][0-9]{{3}}|0[1-9][0-9]{{2}}|00[1-9][0-9]|000[1-9])-[0-9]{{2}}-[0-9]{{2}}({clock})?Z?"
    whole = f"rtrim(left({column}, 19), 'Z')::TIMESTAMP"
    return (
        f"CASE WHEN regexp_full_match({column}, {literal(written)}) THEN epoch_us({whole}) // 1000000 "
        f"ELSE error('expected a time such as 2017-06-04 12:30:05; got ' || {column}) END"
    )


class Tumbling:
    """Windows one after another; every time is in one.

    :param size: how long each is

    >>> Tumbling(60).start(150)
    120
    """

    def __init__(self, size: float) -> None:
        self.size = _positive("size", size)

    def start(self, time: float) -> float:
        """The start of the window that a time is in."""
        return time // self.size * self.size

    def sql(self, column: str) -> str:
        """The same over a column of times, in DuckDB's SQL, for sizes and times that are whole numbers."""
        return f"({column} - ((({column}) % {self.size}) + {self.size}) % {self.size})"


class Sliding:
    """Windows that begin every `slide`, and so overlap where that is less than their size.

    >>> Sliding(size=60, slide=30).starts(70)
    [30, 60]
    """

    def __init__(self, size: float, slide: float) -> None:
        self.size, self.slide = _positive("size", size), _positive("slide", slide)

    def starts(self, time: float) -> list[float]:
        """The starts of the windows that a time is in, in order."""
        last = time // self.slide * self.slide
        count = int(-((last - time - self.size) // self.slide)) - 1
        starts = [last - number * self.slide for number in range(count, -1, -1)]
        return [start for start in starts if start > time - self.size]


class Sessions(Aggregator):
    """Sessions: runs of times that are no more than a gap apart, as ``[first, last, count]`` each, in order.

    It merges, because two sets of sessions have one union: where two are no more than the gap apart, they are one. A
    state is how many of its sessions were a union when they were last united, and the sessions; they wait until they
    are twice as many, so that a value costs little however many sessions there are.

    :param gap: the longest time of inactivity within a session

    >>> Sessions(gap=30).aggregate([100, 10, 35])
    [[10, 35, 2], [100, 100, 1]]
    """

    def __init__(self, gap: float) -> None:
        self.gap = _positive("gap", gap)

    _WAITING = 16

    def prepare(self, value: Any) -> Any:
        return [0, [[value, value, 1]]]

    def merge(self, a: Any, b: Any) -> Any:
        a[1].extend(b[1])
        if len(a[1]) < 2 * a[0] + self._WAITING:
            return a
        united = self._united(a[1])
        return [len(united), united]

    def present(self, state: Any) -> Any:
        return self._united(state[1])

    def sql(self, value: str) -> str | None:
        """Of the sorted times ``t``, those at the places ``s`` begin a session."""
        starts = f"list_filter(range(1, len(t) + 1), lambda i: i = 1 OR t[i] - t[i - 1] > {self.gap})"
        last = "t[coalesce(s[n + 1] - 1, len(t))]"
        count = "coalesce(s[n + 1], len(t) + 1) - s[n]"
        session = f"lambda n: {{'0': t[s[n]], '1': {last}, '2': {count}}}"
        sessions = f"list_transform([{starts}], lambda s: list_transform(range(1, len(s) + 1), {session}))[1]"
        return f"list_transform([list_sort(list({value}))], lambda t: {sessions})[1]"

    def _united(self, sessions: list[list[Any]]) -> list[list[Any]]:
        united: list[list[Any]] = []
        for session in sorted(sessions):
            if united and session[0] - united[-1][1] <= self.gap:
                first, last, count = united[-1]
                united[-1] = [first, max(last, session[1]), count + session[2]]
            else:
                united.append(session)
        return united


def _positive(name: str, number: float) -> float:
    if not number > 0:
        raise UsageError(f"window {name}: expected a number above 0; got {number!r}.")
    return number
