"""Visits to web pages: the second table of AMPLab's Big Data Benchmark (2013-2014).

The pages are the first of `rankings`, one to eight visits as there, visited by Zipf's law. Dates are spread evenly from
1970 on over so many days that 1980 to 1983 has the benchmark's share of the visits: 53,332,015 of 775 million.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bigdata.generators.dataset import Chunk, DataSet, blocks, lines
from bigdata.generators.draws import below, pick, scatter, uniforms, zipf
from bigdata.generators.rankings import urls
from bigdata.generators.words import spell

VISITS_PER_PAGE = 8
VISITORS = 1 << 20
START = np.datetime64("1970-01-01")
DAYS = 15_926
COUNTRIES = ("BRA", "CHN", "DEU", "FRA", "GBR", "IND", "JPN", "MEX", "NGA", "USA")
LANGUAGES = ("pt-BR", "zh-CN", "de-DE", "fr-FR", "en-GB", "hi-IN", "ja-JP", "es-MX", "en-NG", "en-US")
AGENTS = ("Firefox/121.0", "Chrome/120.0", "Safari/17.2", "Opera/9.6", "Lynx/2.8", "curl/8.5")


def chunks(rows: int, seed: int) -> Iterator[Chunk]:
    pages = -(-rows // VISITS_PER_PAGE)
    for start, count in blocks(rows):
        visitor, page, day, revenue, agent, country, word, duration = uniforms(seed, start, count, 8)
        address = scatter(zipf(visitor, VISITORS), 1 << 32)
        countries = below(country, len(COUNTRIES))
        yield (
            "uservisits.csv",
            lines(
                "{}.{}.{}.{},{},{},{:.4f},{},{},{},{},{}\n",
                *(address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255),
                urls(zipf(page, pages)),
                START + below(day, DAYS).astype("timedelta64[D]"),
                revenue,
                pick(agent, AGENTS),
                np.array(COUNTRIES)[countries],
                np.array(LANGUAGES)[countries],
                spell(zipf(word, 100**2), 2).astype(str),
                1 + below(duration, 10),
            ),
        )


DATASET = DataSet(
    name="uservisits",
    summary="visits to these pages (AMPLab's Big Data Benchmark)",
    files={
        "uservisits.csv": (
            "sourceIP,destURL,visitDate,adRevenue,userAgent,countryCode,languageCode,searchWord,duration"
        )
    },
    unit="visits",
    rows=10_000,
    chunks=chunks,
)
