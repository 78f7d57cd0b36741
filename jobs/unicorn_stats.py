"""What each unicorn did in each minute: distance, and the least and greatest of its health and magic points.

Each line is a JSON object of Wild Rydes' telemetry, with Name, StatusTime (2017-06-05 09:00:00.189), Distance,
HealthPoints and MagicPoints. A minute is a tumbling window over StatusTime, the time of the event, and not over that of
its arrival; so lines may be in any order.

Map: a line to ([name, start of the window], its three numbers). Reduce: a sum, and extremes.
Source: Amazon's workshop Wild Rydes, "Streaming aggregation", whose SQL asks for these columns.
Output: [name, start], {"Distance", "MinMagicPoints", "MaxMagicPoints", "MinHealthPoints", "MaxHealthPoints"}.
"""

from datetime import datetime, timedelta

from bigdata import Aggregator, Job, JsonLines, Tumbling, at_least, columnar, seconds, seconds_sql

EPOCH = datetime(1970, 1, 1)
COLUMNS = ("Distance", "MinMagicPoints", "MaxMagicPoints", "MinHealthPoints", "MaxHealthPoints")
MERGE = (float.__add__, min, max, min, max)
FUNCTIONS = ("sum", "min", "max", "min", "max")


def by_window(job):
    start = Tumbling(job.options.window).sql(seconds_sql("StatusTime"))
    return f"""
        SELECT [Name, make_timestamp({start} * 1000000)::VARCHAR] AS key,
               {{'0': Distance, '1': MagicPoints, '2': HealthPoints}} AS value
        FROM input"""


class Status(Aggregator):
    """The distance and extremes of values (distance, magic points, health points)."""

    def prepare(self, value):
        distance, magic, health = value
        return [distance, magic, magic, health, health]

    def merge(self, a, b):
        return [merge(x, y) for merge, x, y in zip(MERGE, a, b)]

    def present(self, state):
        return dict(zip(COLUMNS, state))

    def sql(self, value):
        numbers = [f"{value}['{place}']" for place in "01122"]
        return "{" + ", ".join(f"'{name}': {f}({n})" for name, f, n in zip(COLUMNS, FUNCTIONS, numbers)) + "}"


class UnicornStats(Job):
    RECORDS = JsonLines("Name, StatusTime, Distance:float, HealthPoints:int, MagicPoints:int")
    aggregator = Status()

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--window", type=at_least(1), default=60, help="The window's size in seconds (60)")

    @columnar(by_window)
    def mapper(self, _, status):
        start = Tumbling(self.options.window).start(seconds(status["StatusTime"]))
        key = [status["Name"], (EPOCH + timedelta(seconds=start)).isoformat(" ")]
        yield key, (status["Distance"], status["MagicPoints"], status["HealthPoints"])


if __name__ == "__main__":
    UnicornStats.run()
