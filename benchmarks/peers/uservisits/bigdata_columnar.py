"""Add up the revenue by the beginning of the address with a job whose mapper has a columnar twin."""

from collections.abc import Iterator
from typing import Any

from bigdata import Csv, Job, Sum, columnar


class Revenue(Job):
    """Yield the first eight characters of each address, and the revenue of all that begin so."""

    RECORDS = Csv("ip, url, day, revenue:float, agent, country, language, word, seconds:int")
    aggregator = Sum()

    @columnar("SELECT substr(ip, 1, 8) AS key, revenue AS value FROM input")
    def mapper(self, _: None, visit: dict[str, Any]) -> Iterator[tuple[str, float]]:
        yield visit["ip"][:8], visit["revenue"]


if __name__ == "__main__":
    Revenue.run()
