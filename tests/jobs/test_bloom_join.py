"""bloom_join against DuckDB's join of the same files, with a filter that bloom_filter makes."""

import csv
from random import Random

import duckdb
import pytest

import bigdata
from bigdata import TaskFailed, UsageError, bloom_bits
from jobs.bloom_filter import BloomFilter
from jobs.bloom_join import BloomJoin
from tests.engines.conformance import Case, assert_same_records


def filter_text(values, size, hashes):
    bits = bytearray(-(-size // 8))
    for value in values:
        for bit in bloom_bits(value, size, hashes):
            bits[bit // 8] |= 1 << bit % 8
    return f'[{size}, {hashes}]\t"{bits.hex()}"\n'.encode()


EDGES = {
    "left": 'order,user\r\n1,ann\n2,"bob, ""b"""\n\n3,cyd\n4,ann\n5,\n6,Ann\n7,é'.encode(),
    "right": 'ann,Rome\nann,Oslo\n"bob, ""b""",\n,Lima\neve,x\ncaf\xe9,x\n'.encode("latin-1"),
}
USERS = ["ann", 'bob, "b"', "", "eve", "café"]
INPUTS = '--left-columns "order, user" --right-columns "user, city" --on user --filter {dir}/users.bloom' + (
    " --input left={dir}/input/left --input right={dir}/input/right"
)
CASES = [
    Case("bloom_join of edges", BloomJoin, EDGES, INPUTS, {"users.bloom": filter_text(USERS, 1 << 16, 5)}),
    Case("bloom_join with a filter that lets all pass", BloomJoin, EDGES, INPUTS, {"users.bloom": b'[8, 1]\t"ff"'}),
    Case(
        "bloom_join of empty tables",
        BloomJoin,
        {"left": b"1,a\n", "right": b""},
        INPUTS,
        {"users.bloom": filter_text([], 16, 2)},
    ),
]


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """Orders of users, of whom one in five is known: the paths of both tables."""
    random = Random(1)
    directory = tmp_path_factory.mktemp("tables")
    orders = [(number, f"u{random.randrange(500)}") for number in range(2000)]
    users = [(f"u{number}", city) for number in range(0, 500, 5) for city in ("Rome", "Oslo")[: 1 + number % 2]]
    for name, rows in (("left", orders), ("right", users)):
        with open(directory / name, "w", newline="") as file:
            csv.writer(file).writerows(rows)
    return {name: directory / name for name in ("left", "right")}


@pytest.mark.parametrize("share", [0.5, 0.2, 0.001])
def test_output_is_the_join_whatever_the_filter_lets_pass(tables, tmp_path, share):
    sizes = ["--expected=100", f"--false-positives={share}"]
    args = ["--columns=user, city", "--key=user", *sizes]
    bigdata.run(BloomFilter, tables["right"], args=args, output=tmp_path / "filter").close()
    wanted = duckdb.sql(
        f"""
        SELECT "user", "order", city
        FROM read_csv('{tables["left"]}', all_varchar = true, header = false, names = ['order', 'user']) AS orders
        JOIN read_csv('{tables["right"]}', all_varchar = true, header = false, names = ['user', 'city']) AS users
        USING ("user")
        """
    ).fetchall()
    args = [
        *("--left-columns=order, user", "--right-columns=user, city", "--on=user"),
        f"--filter={tmp_path / 'filter' / 'part-00000'}",
    ]
    with bigdata.run(BloomJoin, tables, args=args) as result:
        got = list(result)
        dropped = result.counter("bloom filter", "left records dropped")
    assert_same_records(
        got,
        [(user, [{"order": order, "user": user}, {"user": user, "city": city}]) for user, order, city in wanted],
    )
    unmatched = 2000 - len({order for _, order, _ in wanted})
    assert unmatched > 1000
    # the users are few, so the shares are only about right
    assert (1 - share) * unmatched * 0.5 <= dropped <= unmatched
    assert share > 0.001 or dropped > 0.95 * unmatched


@pytest.mark.parametrize(
    "args, said",
    [
        ([], "--on: expected one of --left-columns and --right-columns, where it has no type"),
        (["--on=a", "--left-columns=a", "--right-columns=a:int"], "--on: expected one of"),
        (["--on=a", "--left-columns=a", "--right-columns=a"], "--filter: expected a file"),
    ],
)
def test_what_does_not_fit_is_refused(tables, args, said):
    with pytest.raises(UsageError) as caught:
        bigdata.run(BloomJoin, tables, args=args)
    assert said in str(caught.value)


def test_a_file_that_is_no_filter_fails_the_job(tables):
    args = ["--left-columns=order, user", "--right-columns=user, city", "--on=user", f"--filter={tables['left']}"]
    with pytest.raises(TaskFailed, match=r"mapper_init \(.*bloom_join\.py"):
        bigdata.run(BloomJoin, tables, args=args)
