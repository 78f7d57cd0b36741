"""What each unicorn did in each minute: distance, and the least and greatest of its health and magic points.

Each line is a JSON object of Wild Rydes' telemetry, with Name, StatusTime (2017-06-05 09:00:00.189), Distance,
HealthPoints and MagicPoints. A minute is a tumbling window over StatusTime, the time of the event, and not over that of
its arrival; so lines may be in any order.

Map: a line to ([name, start of the window], its three numbers). Reduce: a sum, and extremes.
Source: Amazon's workshop Wild Rydes, "Streaming aggregation", whose SQL asks for these columns.
Output: [name, start], {"Distance", "MinMagicPoints", "MaxMagicPoints", "MinHealthPoints", "MaxHealthPoints"}.
"""

from time import gmtime, strftime

from bigdata import Aggregator, Job, JsonLines, Tumbling, at_least, seconds

COLUMNS = ("Distance", "MinMagicPoints", "MaxMagicPoints", "MinHealthPoints", "MaxHealthPoints")
MERGE = (float.__add__, min, max, min, max)


class Status(Aggregator):
    """The distance and extremes of values (distance, magic points, health points)."""

    def prepare(self, value):
        distance, magic, health = value
        return [distance, magic, magic, health, health]

    def merge(self, a, b):
        return [merge(x, y) for merge, x, y in zip(MERGE, a, b)]

    def present(self, state):
        return dict(zip(COLUMNS, state))


class UnicornStats(Job):
    RECORDS = JsonLines("Name, StatusTime, Distance:float, HealthPoints:int, MagicPoints:int")
    aggregator = Status()

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--window", type=at_least(1), default=60, help="The window's size in seconds (60)")

    def mapper(self, _, status):
        start = Tumbling(self.options.window).start(seconds(status["StatusTime"]))
        key = [status["Name"], strftime("%Y-%m-%d %H:%M:%S", gmtime(start))]
        yield key, (status["Distance"], status["MagicPoints"], status["HealthPoints"])


if __name__ == "__main__":
    UnicornStats.run()
