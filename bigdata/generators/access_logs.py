"""A web server's access log, in Apache's combined format (the common format and two fields more).

Visitors and pages follow Zipf's law. Requests are half a minute apart on average, so that frequent visitors stay and
rare ones come back after hours.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bigdata.generators.dataset import Chunk, DataSet, blocks, lines
from bigdata.generators.draws import pick, scatter, uniforms, zipf

START = np.datetime64("2024-01-01T00:00:00")
SECONDS_APART = 30
VISITORS = 1 << 16
KINDS = ("/articles/{}", "/images/{}.png", "/products/{}?ref=home", "/authors/{}")
PAGES = ("/", *(KINDS[page % len(KINDS)].format(page) for page in range(1, 1000)))
USERS = ("-",) * 38 + ("ada", "grace")
METHODS = ("GET",) * 17 + ("POST", "POST", "HEAD")
STATUSES = (200,) * 32 + (301, 304, 304, 304, 404, 404, 403, 500)
REFERERS = ("-", "-", "https://www.example.com/", "https://search.example/?q=unicorns")
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; rv:121.0) Gecko/20100101 Firefox/121.0",
    "Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) Mobile/15E148",
    "curl/8.5.0",
)


def chunks(rows: int, seed: int) -> Iterator[Chunk]:
    for start, count in blocks(rows):
        visitor, user, when, method, page, status, size, referer, agent = uniforms(seed, start, count, 9)
        address = scatter(zipf(visitor, VISITORS), 1 << 24)
        seconds = ((np.arange(start, start + count) + when) * SECONDS_APART).astype("timedelta64[s]")
        statuses, methods = pick(status, STATUSES), pick(method, METHODS)
        empty = (statuses == 304) | (methods == "HEAD")
        yield (
            "access.log",
            lines(
                '10.{}.{}.{} - {} [{:%d/%b/%Y:%H:%M:%S} +0000] "{} {} HTTP/1.1" {} {} "{}" "{}"\n',
                *(address >> 16, address >> 8 & 255, address & 255),
                pick(user, USERS),
                START + seconds,
                methods,
                np.array(PAGES)[zipf(page, len(PAGES))],
                statuses,
                np.where(empty, "-", (200 * 500**size).astype(np.int64).astype(str)),
                pick(referer, REFERERS),
                pick(agent, AGENTS),
            ),
        )


DATASET = DataSet(
    name="access-logs",
    summary="an Apache access log, combined format",
    files={"access.log": 'host - user [time] "request" status bytes "referer" "user agent"'},
    unit="requests",
    rows=100_000,
    chunks=chunks,
)
