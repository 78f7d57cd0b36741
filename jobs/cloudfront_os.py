"""Requests by operating system between two dates, from CloudFront's access log.

The tutorial that Amazon EMR began with, as MapReduce. Its Hive script takes lines apart with a regular expression, and
so does this job: what doesn't match it (comments, user agents without a system in parentheses, as bots and curl have)
is a row of NULLs in Hive, which the dates drop, and is left out here. Both dates are included; they are written as
CloudFront writes them, 2014-07-05.

Map: a line to (system, 1) if its date is among them. Reduce: the sum.
Source: "Tutorial: Getting started with Amazon EMR", Amazon EMR Management Guide, script Hive_CloudFront.q.
Output: system, requests.
"""

import re
from datetime import datetime

from bigdata import Job, Sum, columnar, literal

# date, nine more columns, and the user agent: ...(SYSTEM;...%20BROWSER/VERSION
REQUEST = r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ \t]+[^ \t]+){9}[ \t]+[^(]+\(([^;]+).*%20[^/]+/.*"
match = re.compile(REQUEST).fullmatch


def day(text):
    return datetime.strptime(text, "%Y-%m-%d").date().isoformat()


def requests_by_system(job):
    """The mapper as SQL."""
    date, system = (f"regexp_extract(line, {literal(f'^{REQUEST}$')}, {group})" for group in (1, 2))
    first, last = literal(job.options.first), literal(job.options.last)
    return f"SELECT {system} AS key, 1 AS value FROM input WHERE {date} BETWEEN {first} AND {last}"


class CloudFrontOS(Job):
    aggregator = Sum()

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--from", dest="first", type=day, default="2014-07-05", help="First date (2014-07-05)")
        self.add_passthru_arg("--to", dest="last", type=day, default="2014-08-05", help="Last date (2014-08-05)")

    @columnar(requests_by_system)
    def mapper(self, _, line):
        request = match(line)
        if request and self.options.first <= request[1] <= self.options.last:
            yield request[2], 1


if __name__ == "__main__":
    CloudFrontOS.run()
