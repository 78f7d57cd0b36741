"""TICKIT against the schema in the guide of Amazon Redshift, whose keys and rules DuckDB enforces."""

import duckdb
import pytest

from tests.generators.files import files

SCHEMA = """
    CREATE TABLE users (
        userid INTEGER PRIMARY KEY, username CHAR(8) UNIQUE CHECK (length(username) = 8), firstname VARCHAR(30),
        lastname VARCHAR(30), city VARCHAR(30), state CHAR(2) CHECK (length(state) = 2), email VARCHAR(100),
        phone CHAR(14) CHECK (length(phone) = 14), likesports BOOLEAN, liketheatre BOOLEAN, likeconcerts BOOLEAN,
        likejazz BOOLEAN, likeclassical BOOLEAN, likeopera BOOLEAN, likerock BOOLEAN, likevegas BOOLEAN,
        likebroadway BOOLEAN, likemusicals BOOLEAN
    );
    CREATE TABLE venue (
        venueid SMALLINT PRIMARY KEY, venuename VARCHAR(100), venuecity VARCHAR(30), venuestate CHAR(2),
        venueseats INTEGER
    );
    CREATE TABLE category (
        catid SMALLINT PRIMARY KEY, catgroup VARCHAR(10) CHECK (length(catgroup) <= 10),
        catname VARCHAR(10) CHECK (length(catname) <= 10), catdesc VARCHAR(50)
    );
    CREATE TABLE date (
        dateid SMALLINT PRIMARY KEY, caldate DATE NOT NULL UNIQUE, day CHAR(3) NOT NULL, week SMALLINT NOT NULL,
        month CHAR(5) NOT NULL, qtr CHAR(5) NOT NULL, year SMALLINT NOT NULL, holiday BOOLEAN
    );
    CREATE TABLE event (
        eventid INTEGER PRIMARY KEY, venueid SMALLINT NOT NULL REFERENCES venue, catid SMALLINT NOT NULL
        REFERENCES category, dateid SMALLINT NOT NULL REFERENCES date, eventname VARCHAR(200), starttime TIMESTAMP
    );
    CREATE TABLE listing (
        listid INTEGER PRIMARY KEY, sellerid INTEGER NOT NULL REFERENCES users, eventid INTEGER NOT NULL
        REFERENCES event, dateid SMALLINT NOT NULL REFERENCES date, numtickets SMALLINT NOT NULL CHECK (numtickets > 0),
        priceperticket DECIMAL(8, 2), totalprice DECIMAL(8, 2) CHECK (totalprice = numtickets * priceperticket),
        listtime TIMESTAMP
    );
    CREATE TABLE sales (
        salesid INTEGER PRIMARY KEY, listid INTEGER NOT NULL REFERENCES listing, sellerid INTEGER NOT NULL
        REFERENCES users, buyerid INTEGER NOT NULL REFERENCES users CHECK (buyerid <> sellerid),
        eventid INTEGER NOT NULL REFERENCES event, dateid SMALLINT NOT NULL REFERENCES date,
        qtysold SMALLINT NOT NULL CHECK (qtysold > 0), pricepaid DECIMAL(8, 2),
        commission DECIMAL(8, 2) CHECK (commission = pricepaid * 0.15), saletime TIMESTAMP
    );
"""
TABLES = {
    "users": "allusers_pipe.txt",
    "venue": "venue_pipe.txt",
    "category": "category_pipe.txt",
    "date": "date2008_pipe.txt",
    "event": "allevents_pipe.txt",
    "listing": "listings_pipe.txt",
    "sales": "sales_tab.txt",
}


@pytest.fixture(params=[1, 2, 50, 20_000], ids="{} sales".format)
def loaded(request, tmp_path):
    """The tables after COPY, with the options that the guide gives for each file."""
    made = files("tickit", request.param, seed=request.param)
    with duckdb.connect() as connection:
        connection.execute(SCHEMA)
        for table, name in TABLES.items():
            (tmp_path / name).write_bytes(made[name])
            options = r"DELIMITER '\t', TIMESTAMPFORMAT '%m/%d/%Y %H:%M:%S'" if table == "sales" else "DELIMITER '|'"
            connection.execute(f"COPY {table} FROM '{tmp_path / name}' (HEADER false, NULLSTR '', {options})")
        yield connection


def test_facts_follow_from_what_they_refer_to(loaded):
    sales_of_listings = "sales JOIN listing USING (listid) JOIN event ON event.eventid = listing.eventid"
    dated = "SELECT saletime AS time, dateid FROM sales UNION ALL SELECT listtime, dateid FROM listing UNION ALL "
    wrong = {
        "a sale's seller and event are its listing's": f"SELECT * FROM {sales_of_listings} "
        "WHERE (sales.sellerid, sales.eventid) <> (listing.sellerid, listing.eventid)",
        "a buyer pays the listing's price": f"SELECT * FROM {sales_of_listings} "
        "WHERE pricepaid <> qtysold * priceperticket",
        "a sale falls between listing and event": f"SELECT * FROM {sales_of_listings} "
        "WHERE NOT saletime BETWEEN listtime AND starttime",
        "a listing sells no more tickets than it has": "SELECT listid FROM sales JOIN listing USING (listid) "
        "GROUP BY listid, numtickets HAVING sum(qtysold) > numtickets",
        "times fall on their dates": f"SELECT * FROM ({dated} SELECT starttime, dateid FROM event) JOIN date "
        "USING (dateid) WHERE time::DATE <> caldate",
        "an event is a show or a concert": "SELECT * FROM event JOIN category USING (catid) WHERE catgroup = 'Sports'",
        "the calendar is that of 2008": "SELECT * FROM date WHERE strftime(caldate, '%Y') <> year::VARCHAR "
        "OR upper(strftime(caldate, '%b')) <> month OR upper(strftime(caldate, '%a'))[:2] <> day "
        "OR quarter(caldate)::VARCHAR <> qtr",
    }
    assert {rule for rule, query in wrong.items() if loaded.execute(query).fetchall()} == set()


def test_sizes_are_the_originals():
    rows = {name: text.count(b"\n") for name, text in files("tickit", 172_456).items()}
    assert {table: rows[name] for table, name in TABLES.items()} == {
        "users": 49_990,
        "venue": 202,
        "category": 11,
        "date": 365,
        "event": 8_798,
        "listing": 192_497,
        "sales": 172_456,
    }


def test_tables_shrink_in_proportion():
    rows = {name: text.count(b"\n") for name, text in files("tickit", 17_246).items()}
    assert [rows[TABLES[table]] for table in ("users", "event", "listing")] == pytest.approx(
        [4_999, 880, 19_250], abs=1
    )
