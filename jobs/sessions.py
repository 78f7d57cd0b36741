"""Cut each user's clicks into sessions: runs of clicks with no more than a gap of inactivity between two.

Each line is ``user<TAB>time<TAB>page``, the time a whole number of seconds, in any order; blank lines hold none.

Map: a click to (user, time). Reduce: sessions, which merge: a map task sends the sessions among its own clicks, and no
clicks. A user's sessions are held in memory.
Source: Akidau et al., "The Dataflow Model" (2015), section 1.2, "Windowing".
Output: user, [[first, last, clicks], ...]: the times of each session's first and last click, and how many it has.
"""

from bigdata import Job, Sessions, Tsv, at_least, columnar


class Sessionize(Job):
    RECORDS = Tsv("user, time:int, page")

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--gap", type=at_least(1), default=1800, help="Seconds of inactivity in a session (1800)")

    @property
    def aggregator(self):
        return Sessions(self.options.gap)

    @columnar('SELECT "user" AS key, time AS value FROM input')
    def mapper(self, _, click):
        yield click["user"], click["time"]


if __name__ == "__main__":
    Sessionize.run()
