"""CloudFront access logs, as the Hive tutorial of Amazon EMR has them.

Its table cuts the operating system, the browser and the browser's version out of the user agent, whose blanks are
written %20. The requests are spread over July and August 2014; the tutorial asks for 5 July to 5 August.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bigdata.generators.dataset import Chunk, DataSet, blocks, lines
from bigdata.generators.draws import pick, scatter, uniforms, zipf

HEADER = (
    b"#Version: 1.0\n"
    b"#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer)"
    b" cs(User-Agent)\n"
)
START = np.datetime64("2014-07-01T00:00:00")
SECONDS = 62 * 24 * 60 * 60
EDGES = ("AMS1", "DFW3", "FRA2", "IAD2", "LHR3", "MIA3", "NRT4", "SFO5")
STATUSES = (200,) * 17 + (304, 304, 404)
REFERERS = ("-", "-", "-", "www.example.com")
SYSTEMS = ("Android", "Linux", "MacOS", "OSX", "Windows", "iOS")
BROWSERS = ("Chrome/3.0.9", "Firefox/3.5", "IE/3.0.9", "Lynx/2.8", "Opera/9.6", "Safari/4.0")


def chunks(rows: int, seed: int) -> Iterator[Chunk]:
    yield "cloudfront.log", HEADER
    for start, count in blocks(rows):
        when, edge, size, visitor, image, status, referer, system, browser = uniforms(seed, start, count, 9)
        seconds = ((np.arange(start, start + count) + when) * SECONDS / rows).astype("timedelta64[s]")
        address = scatter(zipf(visitor, 1 << 12), 1 << 16)
        yield (
            "cloudfront.log",
            lines(
                "{:%Y-%m-%d\t%H:%M:%S}\t{}\t{}\t10.0.{}.{}\tGET\teabcd12345678.cloudfront.net\t/test-image-{}.jpeg"
                "\t{}\t{}\tMozilla/5.0%20({};%20U;%20en-US;%20rv:1.9.0.9)%20Gecko/2009040821%20{}\n",
                START + seconds,
                pick(edge, EDGES),
                (10 * 1000**size).astype(np.int64),
                *(address >> 8, address & 255),
                1 + zipf(image, 100),
                pick(status, STATUSES),
                pick(referer, REFERERS),
                pick(system, SYSTEMS),
                pick(browser, BROWSERS),
            ),
        )


DATASET = DataSet(
    name="cloudfront",
    summary="CloudFront access logs (Amazon EMR's Hive tutorial)",
    files={
        "cloudfront.log": "date, time, location, bytes, IP, method, host, URI, status, referrer, user agent; by tabs"
    },
    unit="requests",
    rows=4_996,
    chunks=chunks,
)
