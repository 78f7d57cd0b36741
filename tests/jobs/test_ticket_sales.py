"""ticket_sales against the queries of Redshift's getting-started guide, in DuckDB over the same files."""

import duckdb
import pytest

import bigdata
from bigdata import DecodeError, UsageError
from jobs.ticket_sales import TICKIT, TicketSales
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

FILES = {"sales": "sales_tab.txt", "date": "date2008_pipe.txt", "users": "allusers_pipe.txt"}
PATHS = {name: SAMPLES / "tickit" / file for name, file in FILES.items()}
BY_DATE = "--input sales={dir}/input/sales_tab.txt --input date={dir}/input/date2008_pipe.txt"
BY_BUYER = "--input sales={dir}/input/sales_tab.txt --input users={dir}/input/allusers_pipe.txt"
SALE = b"%d\t1\t1\t%d\t1\t%d\t%d\t10.5\t1\t2/18/2008 02:36:48\r\n"
USER = "{}|AAA|{}|{}|Rome|NY|a@example.com|(1) 2|||||||||TRUE|\n"
EDGES = {
    "sales_tab.txt": b"".join(SALE % (n, n % 5, n % 3, 2 + n % 2) for n in range(20)) + b"\n",
    "date2008_pipe.txt": b"0|2008-01-01|TU|1|JAN|1|2008|TRUE\n2|2008-01-02|WE|1|JAN|1|2008|FALSE\n",
    "allusers_pipe.txt": "".join(
        USER.format(*user) for user in [(0, "Ada", "Zé"), (1, '"Al"', "B"), (2, "", "B"), (4, "Al", "B"), (9, "X", "Y")]
    ).encode(),
}
CASES = [
    Case("ticket_sales of a sample", TicketSales, sample(*(f"tickit/{file}" for file in FILES.values())), BY_DATE),
    Case(
        "ticket_sales of a sample, top buyers",
        TicketSales,
        sample(*(f"tickit/{file}" for file in FILES.values())),
        f"--top-buyers 10 {BY_BUYER}",
    ),
    Case("ticket_sales of edges", TicketSales, EDGES, BY_DATE),
    Case("ticket_sales of edges, top buyers", TicketSales, EDGES, f"--top-buyers 3 {BY_BUYER}"),
    Case("ticket_sales of edges, all buyers", TicketSales, EDGES, f"--top-buyers 99 {BY_BUYER}"),
]


def inputs(*names):
    return {name: PATHS[name] for name in names}


@pytest.fixture(scope="module")
def tickit():
    """The three tables in DuckDB."""
    types = {"str": "VARCHAR", "int": "INTEGER", "float": "DOUBLE"}
    with duckdb.connect() as connection:
        for name, path in PATHS.items():
            columns = {column.name: types[column.type] for column in TICKIT[name].columns}
            separator = "\t" if name == "sales" else "|"
            connection.execute(
                f"CREATE TABLE {name} AS FROM read_csv('{path}', delim = '{separator}', header = false, "
                f"columns = {columns}, quote = '', auto_detect = false)"
            )
        yield connection


def test_tickets_of_each_date_are_those_of_the_guides_query(tickit):
    with bigdata.run(TicketSales, inputs("sales", "date")) as result:
        assert [stage.way for stage in result.stages] == ["columnar", "columnar"]
        assert "part of the next stage's query" in result.stages[0].why
        got = dict(result)
    dates = [date for (date,) in tickit.execute("SELECT caldate FROM date").fetchall()]
    assert len(dates) == 365
    for date in dates:
        query = "SELECT sum(qtysold) FROM sales, date WHERE sales.dateid = date.dateid AND caldate = ?"
        assert tickit.execute(query, [date]).fetchone() == (got.get(date),)


@pytest.mark.parametrize("most", [1, 10, 100_000])
def test_top_buyers_are_those_of_the_guides_query(tickit, most):
    query = f"""
        SELECT firstname, lastname, total_quantity
        FROM (SELECT buyerid, sum(qtysold) total_quantity FROM sales GROUP BY buyerid) Q, users
        WHERE Q.buyerid = userid ORDER BY Q.total_quantity DESC, lastname, firstname, userid LIMIT {most}
    """
    with bigdata.run(TicketSales, inputs("sales", "users"), args=["--top-buyers", str(most)]) as result:
        assert list(result) == [([first, last], total) for first, last, total in tickit.execute(query).fetchall()]


def test_equal_sums_are_in_the_order_of_the_names(tmp_path):
    for name, content in EDGES.items():
        (tmp_path / name).write_bytes(content)
    paths = {name: tmp_path / FILES[name] for name in ("sales", "users")}
    with bigdata.run(TicketSales, paths, args=["--top-buyers", "3"]) as result:
        assert list(result) == [(["", "B"], 10), (['"Al"', "B"], 10), (["Al", "B"], 10)]


def test_the_inputs_of_the_other_question_are_refused():
    with pytest.raises(UsageError, match=r"TicketSales reads sales, users: .* got --input date="):
        bigdata.run(TicketSales, inputs("sales", "date"), args=["--top-buyers", "3"])


def test_a_sale_that_lacks_columns_is_refused(tmp_path):
    (tmp_path / "sales").write_text("1\t2\n")
    with pytest.raises(DecodeError, match=r"expected 10 fields .* got 2, in .*/sales, line 1"):
        bigdata.run(TicketSales, {"sales": tmp_path / "sales", "date": PATHS["date"]})
