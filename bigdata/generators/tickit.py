"""TICKIT, the sample database of Amazon Redshift: seven tables of a site where users sell tickets to each other.

Files, columns, formats and numbers of rows are the original's; users, events and listings grow and shrink with the
sales. A sale's seller, event and price are those of its listing, and it falls between the listing and the event. A
listing has at most two sales. Nothing is held in memory but the start of each event.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from string import ascii_uppercase
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bigdata.generators.dataset import Chunk, DataSet, blocks, lines
from bigdata.generators.draws import Numbers, below, pick, scatter, uniforms
from bigdata.generators.words import spell

USERS, VENUES, EVENTS, LISTINGS, SALES = 49_990, 202, 8_798, 192_497, 172_456
FIRST_DAY, FIRST_DATEID, DAYS, DAY = np.datetime64("2008-01-01"), 1827, 365, 24 * 60 * 60
#: a stream of draws for each table
USER, VENUE, EVENT, LISTING, SALE = range(5)

CATEGORIES = (
    ("Sports", "MLB", "Major League Baseball"),
    ("Sports", "NHL", "National Hockey League"),
    ("Sports", "NFL", "National Football League"),
    ("Sports", "NBA", "National Basketball Association"),
    ("Sports", "MLS", "Major League Soccer"),
    ("Shows", "Musicals", "Musical theatre"),
    ("Shows", "Plays", "All non-musical theatre"),
    ("Shows", "Opera", "All opera and light opera"),
    ("Concerts", "Pop", "All rock and pop music concerts"),
    ("Concerts", "Jazz", "All jazz singers and bands"),
    ("Concerts", "Classical", "All symphony, concerto, and choir concerts"),
)
#: the category of the events, by its number, and their names; as in the original there are none in sports
PROGRAMMES = (
    (6, ("Show Boat", "Oklahoma!", "Kiss Me, Kate", "Guys and Dolls", "Anything Goes")),
    (7, ("Hamlet", "Tartuffe", "The Seagull", "Ghosts", "The Rivals")),
    (8, ("Carmen", "Tosca", "Fidelio", "Rigoletto", "The Magic Flute")),
    (9, ("The Radio Waves", "Paper Lanterns", "Neon Harbour", "The Static", "Glass Parade")),
    (10, ("Blue Hour Quartet", "The Midnight Trio", "Harlem Swing Night", "Bebop Reunion", "Ragtime Revue")),
    (11, ("Messiah", "The Planets", "Eroica Symphony", "The Four Seasons", "A German Requiem")),
)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
STARTS = (14 * 60, 14 * 60 + 30, 15 * 60, 19 * 60, 19 * 60 + 30, 20 * 60)
FIRST_NAMES = ("Ada", "Alan", "Barbara", "Claude", "Donald", "Edgar", "Frances", "Grace", "John", "Leslie", "Niklaus")
LAST_NAMES = ("Allen", "Codd", "Dijkstra", "Hopper", "Knuth", "Lamport", "Liskov", "Lovelace", "Shannon", "Turing")
CITIES = (
    *(("Atlanta", "GA"), ("Austin", "TX"), ("Baltimore", "MD"), ("Boston", "MA"), ("Buffalo", "NY"), ("Chicago", "IL")),
    *(("Cleveland", "OH"), ("Columbus", "OH"), ("Dallas", "TX"), ("Denver", "CO"), ("Detroit", "MI"), ("Fresno", "CA")),
    *(("Houston", "TX"), ("Memphis", "TN"), ("Miami", "FL"), ("Milwaukee", "WI"), ("Nashville", "TN")),
    *(("New York City", "NY"), ("Oakland", "CA"), ("Orlando", "FL"), ("Philadelphia", "PA"), ("Phoenix", "AZ")),
    *(("Pittsburgh", "PA"), ("Portland", "OR"), ("Sacramento", "CA"), ("San Diego", "CA"), ("Seattle", "WA")),
    *(("St. Louis", "MO"), ("Tampa", "FL"), ("Washington", "DC")),
)
HALLS = ("Arena", "Ballpark", "Concert Hall", "Opera House", "Playhouse", "Stadium", "Theatre")
TRIPLES = np.array(["".join(letters) for letters in product(ascii_uppercase, repeat=3)])


class Listings(NamedTuple):
    """Columns of listings; numbers from 0, times in seconds since the first day."""

    event: Numbers
    seller: Numbers
    tickets: Numbers
    price: Numbers
    time: Numbers


def chunks(rows: int, seed: int) -> Iterator[Chunk]:
    users, events, listings = (max(2, -(-size * rows // SALES)) for size in (USERS, EVENTS, LISTINGS))
    starts = np.concatenate([event_starts(seed, *block) for block in blocks(events)])
    yield from user_chunks(users, seed)
    yield from venue_chunks(seed)
    yield "category_pipe.txt", lines("{}|{}|{}|{}\n", list(range(1, 1 + len(CATEGORIES))), *map(list, zip(*CATEGORIES)))
    yield from date_chunks()
    yield from event_chunks(events, seed)
    yield from listing_chunks(listings, seed, users, starts)
    yield from sale_chunks(rows, seed, users, listings, starts)


def user_chunks(users: int, seed: int) -> Iterator[Chunk]:
    for start, count in blocks(users):
        first, last, city, host, phone, *likes = uniforms(seed, start, count, 15, table=USER)
        numbers = np.arange(start, start + count)
        names = scatter(numbers, len(TRIPLES) ** 2 * 100)
        cities, states = np.array(CITIES)[below(city, len(CITIES))].T
        firsts, lasts = pick(first, FIRST_NAMES), pick(last, LAST_NAMES)
        digits = below(phone, 10**10)
        yield (
            "allusers_pipe.txt",
            lines(
                "{}|{}{:02}{}|{}|{}|{}|{}|{}.{}@{}.example|({:03}) {:03}-{:04}" + "|{}" * 10 + "\n",
                numbers + 1,
                *(TRIPLES[names // (100 * len(TRIPLES))], names // len(TRIPLES) % 100, TRIPLES[names % len(TRIPLES)]),
                *(firsts, lasts, cities, states),
                *(firsts, lasts, spell(below(host, 100**3), 3).astype(str)),
                *(digits // 10**7, digits // 10**4 % 1000, digits % 10**4),
                *(pick(like, ("TRUE", "FALSE", "")) for like in likes),
            ),
        )


def venue_chunks(seed: int) -> Iterator[Chunk]:
    numbers = np.arange(VENUES)
    known, seats = uniforms(seed, 0, VENUES, 2, table=VENUE)
    cities, states = np.array(CITIES)[numbers % len(CITIES)].T
    yield (
        "venue_pipe.txt",
        lines(
            "{}|{} {}|{}|{}|{}\n",
            numbers + 1,
            *(cities, np.array(HALLS)[numbers // len(CITIES)], cities, states),
            np.where(known < 0.3, 40_000 + 100 * below(seats, 500), 0),
        ),
    )


def date_chunks() -> Iterator[Chunk]:
    days = np.arange(DAYS)
    dates = (FIRST_DAY + days).tolist()
    yield (
        "date2008_pipe.txt",
        lines(
            "{}|{}|{}|{}|{}|{}|2008|{}\n",
            FIRST_DATEID + days,
            dates,
            [WEEKDAYS[date.weekday()] for date in dates],
            days // 7 + 1,
            [f"{date:%b}".upper() for date in dates],
            [(date.month + 2) // 3 for date in dates],
            ["TRUE" if (date.month, date.day) in ((1, 1), (7, 4), (12, 25)) else "FALSE" for date in dates],
        ),
    )


def event_starts(seed: int, start: int, count: int) -> Numbers:
    day, minute, _, _ = uniforms(seed, start, count, 4, table=EVENT)
    starts: Numbers = below(day, DAYS) * DAY + pick(minute, STARTS) * 60
    return starts


def event_chunks(events: int, seed: int) -> Iterator[Chunk]:
    categories, names = zip(*((category, name) for category, names in PROGRAMMES for name in names))
    for start, count in blocks(events):
        _, _, venue, name = uniforms(seed, start, count, 4, table=EVENT)
        programme = below(name, len(names))
        starts = event_starts(seed, start, count)
        yield (
            "allevents_pipe.txt",
            lines(
                "{}|{}|{}|{}|{}|{:%Y-%m-%d %H:%M:%S}\n",
                np.arange(start, start + count) + 1,
                below(venue, VENUES) + 1,
                np.array(categories)[programme],
                FIRST_DATEID + starts // DAY,
                np.array(names)[programme],
                moments(starts),
            ),
        )


def draw_listings(seed: int, start: int, count: int, users: int, starts: Numbers) -> Listings:
    event, seller, tickets, price, when = uniforms(seed, start, count, 5, table=LISTING)
    events = below(event, len(starts))
    prices = (20 * 50**price).astype(np.int64)
    return Listings(events, below(seller, users), 2 + below(tickets, 29), prices, below(when, starts[events]))


def listing_chunks(listings: int, seed: int, users: int, starts: Numbers) -> Iterator[Chunk]:
    for start, count in blocks(listings):
        listing = draw_listings(seed, start, count, users, starts)
        yield (
            "listings_pipe.txt",
            lines(
                "{}|{}|{}|{}|{}|{}|{}|{:%Y-%m-%d %H:%M:%S}\n",
                np.arange(start, start + count) + 1,
                *(listing.seller + 1, listing.event + 1, FIRST_DATEID + listing.time // DAY),
                *(listing.tickets, listing.price, listing.tickets * listing.price),
                moments(listing.time),
            ),
        )


def sale_chunks(sales: int, seed: int, users: int, listings: int, starts: Numbers) -> Iterator[Chunk]:
    for start, count in blocks(sales):
        which, buyer, quantity, when = uniforms(seed, start, count, 4, table=SALE)
        numbers = np.arange(start, start + count)
        # a listing is shorter than a sale's share of them, so at most two sales meet in one
        listing = np.minimum((numbers + which) * (listings / sales), listings - 1).astype(np.int64)
        first = int(listing[0])
        drawn = draw_listings(seed, first, int(listing[-1]) - first + 1, users, starts)
        event, seller, tickets, price, listed = (column[listing - first] for column in drawn)
        sold = 1 + below(quantity, np.minimum(tickets // 2, 8))
        times = listed + below(when, starts[event] - listed)
        dates = (FIRST_DAY + times // DAY).tolist()
        yield (
            "sales_tab.txt",
            lines(
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{:.10g}\t{}/{}/2008 {:%H:%M:%S}\n",
                *(numbers + 1, listing + 1, seller + 1, (seller + 1 + below(buyer, users - 1)) % users + 1),
                *(event + 1, FIRST_DATEID + times // DAY, sold, sold * price, 15 * sold * price / 100),
                *([date.month for date in dates], [date.day for date in dates], moments(times)),
            ),
        )


def moments(seconds: Numbers) -> NDArray[np.datetime64]:
    return FIRST_DAY + seconds.astype("timedelta64[s]")


DATASET = DataSet(
    name="tickit",
    summary="ticket sales in seven tables (Amazon Redshift's TICKIT)",
    files={
        "allusers_pipe.txt": (
            "userid|username|firstname|lastname|city|state|email|phone|likesports|liketheatre|likeconcerts|likejazz"
            "|likeclassical|likeopera|likerock|likevegas|likebroadway|likemusicals"
        ),
        "venue_pipe.txt": "venueid|venuename|venuecity|venuestate|venueseats",
        "category_pipe.txt": "catid|catgroup|catname|catdesc",
        "date2008_pipe.txt": "dateid|caldate|day|week|month|qtr|year|holiday",
        "allevents_pipe.txt": "eventid|venueid|catid|dateid|eventname|starttime",
        "listings_pipe.txt": "listid|sellerid|eventid|dateid|numtickets|priceperticket|totalprice|listtime",
        "sales_tab.txt": (
            "salesid, listid, sellerid, buyerid, eventid, dateid, qtysold, pricepaid, commission, saletime; by tabs"
        ),
    },
    unit="sales",
    rows=SALES,
    chunks=chunks,
)
