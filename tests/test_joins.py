"""Joins: every kind, by every way and on every engine, gives what SQL's definition of it gives."""

import csv
import json
from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import Csv, Job, Join, JsonLines, MRStep, Records, Sum, Tsv, columnar
from bigdata.errors import DecodeError, UsageError
from bigdata.joins import HOW
from tests.engines.conformance import assert_same_records
from tests.engines.test_conformance import DUCKDB, DUCKDB_WORKERS, SPARK

INLINE = pytest.param(["-r", "inline"], id="inline")
IN_PYTHON = pytest.param(["-r", "duckdb", "--on-error", "skip"], id="duckdb, in Python")
SPARK_IN_PYTHON = pytest.param([*SPARK.values[0], "--on-error", "skip"], id="spark, in Python", marks=SPARK.marks)
KINDS = [(how, False) for how in HOW] + [(how, True) for how in HOW if how not in ("right", "full")]
each_kind = pytest.mark.parametrize(
    "how, replicated", KINDS, ids=[f"{how}{', replicated' * replicated}" for how, replicated in KINDS]
)


@dataclass(frozen=True)
class Tables:
    """Two inputs that are joined on some columns; the left one has the columns ``item`` and ``n``."""

    on: str
    left: Records
    right: Records
    left_rows: list[tuple[Any, ...]]
    right_rows: list[tuple[Any, ...]]

    def records(self, side):
        records, rows = (self.left, self.left_rows) if side == 0 else (self.right, self.right_rows)
        return [dict(zip((column.name for column in records.columns), row)) for row in rows]

    def write(self, directory):
        """Write the inputs; gives their paths by name."""
        paths = {}
        for side, name, records in ((0, "orders", self.left), (1, "users", self.right)):
            path = directory / name
            with path.open("w", encoding="utf-8", newline="") as file:
                rows = [list(row.values()) for row in self.records(side)]
                if isinstance(records, JsonLines):
                    file.writelines(json.dumps(row) + "\n" for row in self.records(side))
                elif isinstance(records, Tsv):
                    file.writelines("\t".join(map(str, row)) + "\n" for row in rows)
                else:
                    csv.writer(file).writerows(rows)
            paths[name] = path
        return paths


ONE_COLUMN = Tables(
    "user",
    Csv("item, user:int?, n:int?"),
    Csv("user:int?, city"),
    [("a", 1, 3), ("b", None, 5), ("a", 1, None), ("c", 7, 1), ("d", 2, 4), ("", -1, 2), ("b", None, 1)],
    [(1, "Rome"), (2, "Oslo"), (1, "Lima"), (None, "x"), (-1, ""), (9, "Oslo"), (9, "Oslo"), (None, "y"), (2, "Oslo")],
)
SEVERAL_COLUMNS = Tables(
    "shop=place, day",
    JsonLines("item, shop:str?, day:int?, n:int?"),
    JsonLines("day:int?, place:str?, city:str?"),
    [
        *(("a", "s", 1, 3), ("b", "s", None, 1), ("c", None, None, 2), ("a", "s", 1, 7), ("d", "t", 1, 9)),
        *(("e", None, 1, None), ("f", "", 0, 2), ("g", "t", 2, 2)),
    ],
    [
        *((1, "s", "Rome"), (1, "s", None), (None, "s", "x"), (1, None, "y"), (1, "u", "Oslo"), (None, None, "z")),
        *((0, "", "Lima"), (1, "t", "Bonn"), (1, "t", "Bonn"), (2, "u", "Oslo")),
    ],
)
TEXT_KEYS = Tables(
    "name",
    Tsv("item, name, n:int"),
    Tsv("name, city"),
    [("a", "é ☃", 1), ("b", "É ☃", 2), ("c", "", 3), ("d", "null", 4), ("e", '"q"', 5), ("f", "1", 6), ("g", "01", 7)],
    [("é ☃", "x"), ("", "y"), ("None", "z"), ('"q"', "x"), ("1", "w"), ("q", "v")],
)
TABLES = {"one column": ONE_COLUMN, "several columns": SEVERAL_COLUMNS, "text keys": TEXT_KEYS}
each_table = pytest.mark.parametrize("tables", TABLES.values(), ids=TABLES)


def joined(tables, how):
    """The pairs of a join, by SQL's definition and a nested loop."""
    left, right = tables.records(0), tables.records(1)
    on = [(a, b or a) for a, _, b in (item.partition("=") for item in tables.on.replace(",", " ").split())]

    def matches(a, b):
        return all(a[x] is not None and a[x] == b[y] for x, y in on)

    def key(record, side):
        fields = [record[names[side]] for names in on]
        return fields if len(fields) > 1 else fields[0]

    alone = [(key(a, 0), a) for a in left if not any(matches(a, b) for b in right)]
    if how == "anti":
        return alone
    if how == "semi":
        return [(key(a, 0), a) for a in left if any(matches(a, b) for b in right)]
    nothing = {column.name: None for column in (*tables.left.columns, *tables.right.columns)}
    rows = [(key(a, 0), {**b, **a}) for a, b in product(left, right) if matches(a, b)]
    if how in ("left", "full"):
        rows += [(k, {**nothing, **a}) for k, a in alone]
    if how in ("right", "full"):
        rows += [(key(b, 1), {**nothing, **b}) for b in right if not any(matches(a, b) for a in left)]
    return rows


def job_of(tables, how, replicated, **members):
    """The job that joins some tables, and does no more unless `members` say so."""
    join = Join("orders", "users", tables.on, how, replicated)
    return type("Joined", (Job,), {"INPUTS": {"orders": tables.left, "users": tables.right}, "JOIN": join, **members})


def mapper(self, _, record):
    """Where a name is missing ``none``, and the amount, as pairs for a sum."""
    names = [record[name] for name in ("item", "city") if name in record]
    yield ["none" if name is None else name for name in names], record["n"] or 0


def with_twin(how):
    names = ["coalesce(item, 'none')", "coalesce(city, 'none')"][: 1 if how in ("semi", "anti") else 2]

    @columnar(f"SELECT [{', '.join(names)}] AS key, coalesce(n, 0) AS value FROM input")
    def declared(self, key, record):
        return mapper(self, key, record)

    return declared


def summed(pairs):
    sums = Counter()
    for key, record in pairs:
        for names, n in mapper(None, key, record):
            sums[tuple(names)] += n
    return [(list(names), n) for names, n in sums.items()]


def run(job, paths, switches):
    _, engine, *more = switches
    return bigdata.run(job, paths, engine, args=more)


@each_table
@each_kind
@pytest.mark.parametrize("switches", [INLINE, DUCKDB, IN_PYTHON, SPARK, SPARK_IN_PYTHON])
def test_a_join_alone_gives_the_joined_records(tables, how, replicated, switches, tmp_path):
    with run(job_of(tables, how, replicated), tables.write(tmp_path), switches) as result:
        pairs = list(result)
        is_query = "--on-error" not in switches
        if "inline" not in switches:
            assert [stage.way in ("columnar", "sql") for stage in result.stages] == [is_query]
    assert_same_records(pairs, joined(tables, how))
    left, right = ([column.name for column in records.columns] for records in (tables.left, tables.right))
    columns = left if how in ("semi", "anti") else list(dict.fromkeys(left + right))
    assert {tuple(record) for _, record in pairs} == {tuple(columns)}


@each_table
@each_kind
@pytest.mark.parametrize("switches", [INLINE, DUCKDB, SPARK])
@pytest.mark.parametrize("twin", [True, False], ids=["twin", "mapper"])
def test_a_join_is_read_by_the_jobs_mapper(tables, how, replicated, switches, twin, tmp_path):
    members = {"aggregator": Sum(), "mapper": with_twin(how) if twin else mapper}
    with run(job_of(tables, how, replicated, **members), tables.write(tmp_path), switches) as result:
        assert_same_records(list(result), summed(joined(tables, how)))
        if "inline" not in switches:
            assert [stage.way in ("columnar", "sql") for stage in result.stages] == [True, twin]
            assert ("part of the next stage's query" in result.stages[0].why) == twin


@each_kind
def test_workers_share_a_join(how, replicated, tmp_path):
    members = {"aggregator": Sum(), "mapper": with_twin(how)}
    paths = SEVERAL_COLUMNS.write(tmp_path)
    switches = [*DUCKDB_WORKERS.values[0], "--on-error", "skip"]
    with run(job_of(SEVERAL_COLUMNS, how, replicated, **members), paths, switches) as result:
        assert_same_records(list(result), summed(joined(SEVERAL_COLUMNS, how)))
        assert [stage.way for stage in result.stages] == ["map-only" if replicated else "sorted", "folded"]


KEYS = st.none() | st.integers(0, 3)
ORDERS = st.lists(st.tuples(st.sampled_from("ab"), KEYS, st.none() | st.integers(0, 9)), max_size=8)
USERS = st.lists(st.tuples(KEYS, st.sampled_from("xy")), max_size=8)


@settings(max_examples=60, deadline=None)
@given(ORDERS, USERS, st.sampled_from(KINDS), st.booleans())
def test_joins_of_random_tables(tmp_path_factory, orders, users, kind, in_python):
    how, replicated = kind
    tables = Tables("user", ONE_COLUMN.left, ONE_COLUMN.right, orders, users)
    paths = tables.write(tmp_path_factory.mktemp("tables"))
    switches = IN_PYTHON.values[0] if in_python else DUCKDB.values[0]
    with run(job_of(tables, how, replicated), paths, switches) as result:
        assert_same_records(list(result), joined(tables, how))


@pytest.mark.parametrize("switches", [INLINE, DUCKDB, IN_PYTHON, SPARK])
def test_a_job_may_have_steps_after_its_join(switches, tmp_path):
    class Largest(Job):
        INPUTS = {"orders": ONE_COLUMN.left, "users": ONE_COLUMN.right}
        JOIN = Join("orders", "users", on="user")

        def steps(self):
            from bigdata.steps import JoinStep

            return [JoinStep(self), MRStep(mapper=self.by_city, reducer=self.total), MRStep(reducer=self.largest)]

        def by_city(self, user, record):
            yield record["city"], [user, record["n"] or 0]

        def total(self, city, orders):
            yield None, [sum(n for _, n in orders), city]

        def largest(self, _, cities):
            yield max(cities)

    with run(Largest, ONE_COLUMN.write(tmp_path), switches) as result:
        assert list(result) == [(8, "Oslo")]


class Average(Sum):
    """A sum that no engine knows in SQL."""

    def sql(self, value):
        return None


@pytest.mark.parametrize("switches", [DUCKDB, SPARK])
def test_a_query_that_cannot_be_leaves_the_join_a_query(switches, tmp_path):
    members = {"aggregator": Average(), "mapper": with_twin("inner")}
    with run(job_of(ONE_COLUMN, "inner", False, **members), ONE_COLUMN.write(tmp_path), switches) as result:
        assert_same_records(list(result), summed(joined(ONE_COLUMN, "inner")))
        assert [stage.way for stage in result.stages] in (["columnar", "folded"], ["sql", "rdd"])


@pytest.mark.parametrize("switches", [DUCKDB, SPARK])
def test_a_query_that_turns_out_unfit_still_reads_the_join(switches, tmp_path):
    @columnar("SELECT n / 2 AS key, 1 AS value FROM input WHERE n IS NOT NULL")
    def by_float(self, _, record):
        if record["n"] is not None:
            yield record["n"] / 2, 1

    members = {"aggregator": Sum(), "mapper": by_float}
    with run(job_of(ONE_COLUMN, "inner", False, **members), ONE_COLUMN.write(tmp_path), switches) as result:
        assert sorted(result) == [(1.0, 1), (1.5, 2), (2.0, 2)]
        assert "floating-point" in result.stages[-1].why


@pytest.mark.parametrize("replicated", [False, True])
@pytest.mark.parametrize("switches", [DUCKDB, DUCKDB_WORKERS, SPARK])
@pytest.mark.parametrize("side", ["orders", "users"])
def test_a_line_that_is_no_record_fails_the_join_with_its_place(replicated, switches, side, tmp_path):
    paths = ONE_COLUMN.write(tmp_path)
    paths[side].write_text("1,x\n" * 3 if side == "users" else "a,1,2\n" * 3)
    with paths[side].open("a") as file:
        file.write("two\n")
    with pytest.raises(DecodeError, match=rf"^Joined stage 0: Csv can't read b'two': .*, in {paths[side]}, line 4\.$"):
        run(job_of(ONE_COLUMN, "left", replicated), paths, switches)


def test_bad_lines_of_both_sides_are_skipped(tmp_path):
    paths = ONE_COLUMN.write(tmp_path)
    for path in paths.values():
        path.write_text(path.read_text() + "oops\n")
    with run(job_of(ONE_COLUMN, "full", False), paths, IN_PYTHON.values[0]) as result:
        assert_same_records(list(result), joined(ONE_COLUMN, "full"))
        assert result.counters == [{"bigdata": {"records skipped": 2}}]


def test_a_bad_line_of_a_replicated_input_fails_its_tasks(tmp_path):
    paths = ONE_COLUMN.write(tmp_path)
    paths["users"].write_text("1,x\n\ntwo,y\n")
    said = r"^Joined stage 0: Csv can't read b'two,y': column user: .*, in users, line 3\.$"
    with pytest.raises(DecodeError, match=said):
        run(job_of(ONE_COLUMN, "left", True), paths, IN_PYTHON.values[0])


@pytest.mark.parametrize(
    "orders, users, join, said",
    [
        ("user, name", "user, name", dict(on="user"), "both have a column name; rename it"),
        ("user, name", "id, user", dict(on="user=id"), "both have a column user; rename it"),
        ("user:float", "user:float", dict(on="user"), "user and user must both be str or both be int"),
        ("user:floats", "user:floats", dict(on="user"), "user and user must both be str or both be int"),
        ("user:int", "user", dict(on="user"), "user and user must both be str or both be int"),
        ("user", "id", dict(on="user"), "expected columns user of orders and user of users"),
        ("user", "id", dict(on="id=user"), "expected columns id of orders and user of users"),
        ("user", "user", dict(on=""), "expected columns to join on"),
        ("user", "user", dict(on="user", right="people"), "expected the job's two inputs; they are orders, users"),
        ("user", "user", dict(on="user", right="orders"), "expected the job's two inputs; they are orders, users"),
        ("user, Name", "user, name", dict(on="user"), "both have a column name; rename it"),
    ],
)
def test_a_join_that_its_inputs_cannot_have_is_refused(orders, users, join, said):
    declared = Join(**{"left": "orders", "right": "users", **join})
    job = type("Joined", (Job,), {"INPUTS": {"orders": Csv(orders), "users": Csv(users)}, "JOIN": declared})
    with pytest.raises(UsageError) as caught:
        job([]).plan()
    assert said in str(caught.value)


def test_clashing_names_do_not_matter_where_the_right_side_stays_out(tmp_path):
    class Known(Job):
        INPUTS = {"orders": Csv("user, name"), "users": Csv("user, name")}
        JOIN = Join("orders", "users", on="user", how="semi")

    (tmp_path / "orders").write_text("1,a\n2,b\n")
    (tmp_path / "users").write_text("1,x\n1,y\n")
    for switches in (DUCKDB, IN_PYTHON):
        with run(Known, {name: tmp_path / name for name in Known.INPUTS}, switches.values[0]) as result:
            assert list(result) == [("1", {"user": "1", "name": "a"})]


@pytest.mark.parametrize(
    "join", [dict(how="outer"), dict(how="right", replicated=True), dict(how="full", replicated=True)]
)
def test_a_join_that_there_is_not_is_refused(join):
    with pytest.raises(UsageError, match=r"^Join: "):
        Join("orders", "users", on="user", **join)


def test_a_join_that_steps_leave_out_is_refused():
    class Forgetful(Job):
        INPUTS = {"orders": Csv("user"), "users": Csv("user, city")}
        JOIN = Join("orders", "users", on="user")

        def steps(self):
            return [MRStep(mapper=lambda key, value: [])]

    with pytest.raises(UsageError, match=r"JoinStep\(self\)"):
        Forgetful([]).plan()
