"""Hits on web pages: ClickBench's table `hits`, in the form of its hits.tsv, with made-up values.

The benchmark's queries find something here: July 2013, the counter 62, the user, URL and referer that they name. Sites,
pages, users and phrases follow Zipf's law. Columns that no query reads hold small numbers and syllables.

Source: the statements and queries of github.com/ClickHouse/ClickBench.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bigdata.generators.dataset import Chunk, DataSet, blocks, lines
from bigdata.generators.draws import Draws, Numbers, below, pick, uniforms, zipf
from bigdata.generators.words import spell

HEADER = (
    "WatchID JavaEnable Title GoodEvent EventTime EventDate CounterID ClientIP RegionID UserID CounterClass OS"
    " UserAgent URL Referer IsRefresh RefererCategoryID RefererRegionID URLCategoryID URLRegionID ResolutionWidth"
    " ResolutionHeight ResolutionDepth FlashMajor FlashMinor FlashMinor2 NetMajor NetMinor UserAgentMajor"
    " UserAgentMinor CookieEnable JavascriptEnable IsMobile MobilePhone MobilePhoneModel Params IPNetworkID"
    " TraficSourceID SearchEngineID SearchPhrase AdvEngineID IsArtifical WindowClientWidth WindowClientHeight"
    " ClientTimeZone ClientEventTime SilverlightVersion1 SilverlightVersion2 SilverlightVersion3 SilverlightVersion4"
    " PageCharset CodeVersion IsLink IsDownload IsNotBounce FUniqID OriginalURL HID IsOldCounter IsEvent IsParameter"
    " DontCountHits WithHash HitColor LocalEventTime Age Sex Income Interests Robotness RemoteIP WindowName OpenerName"
    " HistoryLength BrowserLanguage BrowserCountry SocialNetwork SocialAction HTTPError SendTiming DNSTiming"
    " ConnectTiming ResponseStartTiming ResponseEndTiming FetchTiming SocialSourceNetworkID SocialSourcePage"
    " ParamPrice ParamOrderID ParamCurrency ParamCurrencyID OpenstatServiceName OpenstatCampaignID OpenstatAdID"
    " OpenstatSourceID UTMSource UTMMedium UTMCampaign UTMContent UTMTerm FromTag HasGCLID RefererHash URLHash CLID"
)
COLUMNS = HEADER.split()
#: columns of text whose values tell nothing
TEXTS = (
    "FlashMinor2 UserAgentMinor Params PageCharset OriginalURL HitColor BrowserLanguage BrowserCountry SocialNetwork"
    " SocialAction SocialSourcePage ParamOrderID ParamCurrency OpenstatServiceName OpenstatCampaignID OpenstatAdID"
    " OpenstatSourceID UTMSource UTMMedium UTMCampaign UTMContent UTMTerm FromTag"
)

#: columns that queries count by, with some of the values that they have there
VALUES: dict[str, tuple[int, ...]] = {
    "AdvEngineID": (*(0,) * 9, 2, 13, 27, 45),
    "DontCountHits": (0, 0, 1),
    "IsDownload": (0, 0, 0, 1),
    "IsLink": (0, 1),
    "IsRefresh": (0, 0, 0, 1),
    "ResolutionWidth": (0, 1087, 1297, 1368, 1638, 1917),
    "SearchEngineID": (0, 0, 0, 2, 3, 39),
    "TraficSourceID": (-1, 0, 1, 2, 6),
}
ROWS = 1 << 12
START, SECONDS = np.datetime64("2013-07-01T00:00:00"), 31 * 24 * 60 * 60
SITES, PAGES, USERS, PHRASES = 6000, 400, 1 << 17, 100**2
#: what queries look for
COUNTER, USER, URL, REFERER = 62, 435090932899640449, 2868770270353813622, 3594120000172545465
PHONES = ("", "", "", "iPhone 4", "iPad", "Nokia C5", "Galaxy S")
ENDINGS = ("", "", "", " фото", " скачать", " google")


def hashed(numbers: Numbers, first: int) -> Numbers:
    """63 bits that look like chance, others for each number; those of 0 are `first`.

    >>> hashed(np.arange(3), 7)
    array([                  7, 5700357409661599242, 2177342782468422677])
    """
    mixed = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(1)
    return np.where(numbers == 0, first, mixed.astype(np.int64))


def addresses(sites: Numbers, pages: Numbers) -> list[str]:
    """The URLs of pages: every seventh site is called google, every ninth page tells of it."""
    hosts, paths = (spell(numbers, 3).astype(str).tolist() for numbers in (sites, pages))
    return [
        f"http{'s' * (page % 2)}://{'www.' * (site % 2)}{host}{'.google' * (site % 7 == 6)}.example/"
        f"{path}{'?q=google' * (page % 9 == 8)}"
        for site, page, host, path in zip(sites.tolist(), pages.tolist(), hosts, paths)
    ]


def columns(numbers: Numbers, draws: dict[str, Draws]) -> dict[str, NDArray[Any] | list[Any]]:
    """The columns of rows by their numbers and draws."""
    values: dict[str, NDArray[Any] | list[Any]] = {name: zipf(draw, 100) for name, draw in draws.items()}
    values |= {name: spell(zipf(draws[name], 100), 1).astype(str) for name in TEXTS.split()}
    values |= {name: pick(draws[name], several) for name, several in VALUES.items()}
    sites, pages, users = zipf(draws["CounterID"], SITES), zipf(draws["URL"], PAGES), zipf(draws["UserID"], USERS)
    referers = zipf(draws["Referer"], SITES)
    phrases, endings = spell(zipf(draws["SearchPhrase"], PHRASES), 2).astype(str), pick(draws["UTMTerm"], ENDINGS)
    times = START + below(draws["EventTime"], SECONDS).astype("timedelta64[s]")
    shown = np.char.replace(times.astype(str), "T", " ")
    titles = [f"{word.title()} {'Google' * (page % 5 == 4)}" for word, page in zip(phrases.tolist(), pages.tolist())]
    return values | {
        "WatchID": hashed(numbers + 1, 0),
        "Title": np.where(draws["Title"] < 0.1, "", titles),
        "EventTime": shown,
        "EventDate": times.astype("datetime64[D]"),
        "CounterID": sites + COUNTER,
        "ClientIP": hashed(users, 1) >> 33,
        "UserID": hashed(users, USER),
        "URL": addresses(sites, pages),
        "Referer": np.where(draws["FromTag"] < 0.3, "", addresses(referers, zipf(draws["RefererHash"], PAGES))),
        "MobilePhoneModel": pick(draws["MobilePhoneModel"], PHONES),
        "SearchPhrase": np.where(draws["Params"] < 0.7, "", np.char.add(phrases, endings)),
        "ClientEventTime": shown,
        "LocalEventTime": shown,
        "RefererHash": hashed(referers, REFERER),
        "URLHash": hashed(sites * PAGES + pages, URL),
    }


def chunks(rows: int, seed: int) -> Iterator[Chunk]:
    for start, count in blocks(rows):
        for first in range(start, start + count, ROWS):
            numbers = np.arange(first, min(first + ROWS, start + count))
            draws = dict(zip(COLUMNS, uniforms(seed, first, len(numbers), len(COLUMNS))))
            values = columns(numbers, draws)
            yield "hits.tsv", lines("\t".join(["{}"] * len(COLUMNS)) + "\n", *(values[name] for name in COLUMNS))


DATASET = DataSet(
    name="hits",
    summary="hits on web pages (ClickBench)",
    files={"hits.tsv": HEADER},
    unit="hits",
    rows=10_000,
    chunks=chunks,
)
