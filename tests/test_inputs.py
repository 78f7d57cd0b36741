"""Named inputs: each record comes with the name of its input, whatever the runner and however the files are given."""

import bz2
import gzip

import pytest

import bigdata
from bigdata import Csv, Job, Join, Tsv
from bigdata.errors import InputNotFound, UsageError
from tests.cluster.cases import INPUTS_AND_JOINS, TWO_STEPS, outcome
from tests.engines.conformance import Outcome, assert_same
from tests.engines.test_conformance import DUCKDB, DUCKDB_WORKERS, SPARK

INLINE = pytest.param(["-r", "inline"], id="inline")
ENGINES = pytest.mark.parametrize("switches", [INLINE, DUCKDB, DUCKDB_WORKERS, SPARK])


class Seen(Job):
    """Each input's records, with the input's name."""

    INPUTS = {"orders": Csv("order:int, user"), "users": Tsv("user, city")}

    def mapper(self, source, record):
        yield source, list(record.values())


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files = {
        "orders.csv": b"order,user\n1,ann\n2,bob\n",
        "users.tsv": b"user\tcity\r\nann\tRome\r\n",
        "day/a.csv": b"3,ann",
        "day/b.csv.gz": gzip.compress(b"order,user\n4,cyd\n"),
        "day/_SUCCESS": b"",
        "users--1=2.tsv": b"eve\t",
        "both.csv": b"7\t,8\n",
        "empty.csv": b"",
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return tmp_path


def run(job, words, *, runner="inline", args=()):
    """Run a job with its inputs in words, as on the command line."""
    return bigdata.run(job, [], runner, args=[*args, *(f"--input={word}" for word in words)])


ORDERS = [("orders", [1, "ann"]), ("orders", [2, "bob"])]
USERS = [("users", ["ann", "Rome"])]
DAY = [("orders", [3, "ann"]), ("orders", [4, "cyd"])]


@ENGINES
@pytest.mark.parametrize(
    "words, wanted",
    [
        (["orders=orders.csv", "users=users.tsv"], ORDERS + USERS),
        (["users=users.tsv", "orders=day", "orders=orders.csv"], ORDERS + USERS + DAY),
        (["orders=day/*.csv*", "users=users--1=2.tsv"], [*DAY, ("users", ["eve", ""])]),
        (["orders=orders.csv", "orders=orders.csv", "users=empty.csv"], ORDERS * 2),
        (["orders=empty.csv", "users=empty.csv"], []),
    ],
)
def test_a_record_comes_with_the_name_of_its_input(here, switches, words, wanted):
    with run(Seen, words, runner=switches[1], args=switches[2:]) as result:
        assert sorted(result) == sorted(wanted)


@ENGINES
def test_one_file_may_be_two_inputs(here, switches):
    class Both(Seen):
        INPUTS = {"orders": Csv("a, b"), "users": Tsv("c, d")}

    with run(Both, ["orders=both.csv", "users=both.csv"], runner=switches[1], args=switches[2:]) as result:
        assert sorted(result) == [("orders", ["7\t", "8"]), ("users", ["7", ",8"])]


def test_inputs_in_a_script_are_a_dict(here):
    with bigdata.run(Seen, {"orders": [here / "orders.csv", "day"], "users": here / "users.tsv"}) as result:
        assert sorted(result) == sorted(ORDERS + DAY + USERS)


CASES = {**INPUTS_AND_JOINS, **TWO_STEPS}


@pytest.mark.parametrize("runner", ["local", "duckdb"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_runners_agree_with_inline(case, runner, tmp_path):
    inline = outcome(case, "inline", tmp_path, "--no-conf")
    assert_same(Outcome(*outcome(case, runner, tmp_path, "--no-conf")), Outcome(*inline))


@pytest.mark.parametrize("runner", ["inline", "duckdb"])
@pytest.mark.parametrize(
    "words, error, said",
    [
        ([], UsageError, "Seen reads orders, users: expected --input NAME=PATH for each; got none for orders, users."),
        (["orders=orders.csv"], UsageError, "got none for users."),
        (["orders=orders.csv", "people=users.tsv"], UsageError, "got --input people=users.tsv."),
        (["orders.csv", "users=users.tsv"], UsageError, "got --input orders.csv."),
        (["orders=", "users=users.tsv"], UsageError, "got --input orders=."),
        (["orders=orders.csv", "users=missing.tsv"], InputNotFound, "missing.tsv: no such input file"),
        (["orders=*.none", "users=users.tsv"], InputNotFound, "*.none: no such input file"),
    ],
)
def test_inputs_that_do_not_fit_are_refused(here, runner, words, error, said):
    with pytest.raises(error) as caught:
        run(Seen, words, runner=runner)
    assert said in str(caught.value)


@pytest.mark.parametrize("runner", ["inline", "duckdb"])
def test_a_path_without_a_name_is_refused(here, runner):
    with pytest.raises(UsageError, match=r"Seen reads orders, users: expected --input NAME=PATH; got orders\.csv\."):
        bigdata.run(Seen, "orders.csv", runner)


@pytest.mark.parametrize("names", [["input"], ["Input", "users"], ["a", "A"], ["a--b", "c"], ["two words"]])
def test_names_that_sql_or_files_cannot_have_are_refused(here, names):
    class Named(Seen):
        INPUTS = dict.fromkeys(names, Csv("a, b"))

    with pytest.raises(UsageError, match="expected identifiers"):
        run(Named, [f"{name}=both.csv" for name in names], runner="duckdb")


class Replicated(Job):
    INPUTS = Seen.INPUTS
    JOIN = Join("orders", "users", on="user", how="left", replicated=True)


def test_a_replicated_input_that_is_missing_is_refused(here):
    with pytest.raises(InputNotFound, match=r"missing\.tsv: no such input file"):
        run(Replicated, ["orders=orders.csv", "users=missing.tsv"], runner="duckdb")
    with pytest.raises(UsageError, match="got none for users"):
        run(Replicated, ["orders=orders.csv"], runner="duckdb")


@pytest.mark.parametrize("args", [[], ["--on-error", "skip"]], ids=["columnar", "python"])
def test_a_replicated_input_has_several_paths_too(here, args):
    (here / "more").mkdir()
    (here / "more" / "users.tsv").write_bytes(b"bob\tOslo\n")
    (here / "more.tsv.bz2").write_bytes(bz2.compress(b"user\tcity\n\nbob\tLima\r\n"))
    words = ["orders=orders.csv", "users=users.tsv", "users=more", "users=more.tsv.bz2"]
    with run(Replicated, words, runner="duckdb", args=args) as result:
        assert sorted((user, record["city"]) for user, record in result) == [
            ("ann", "Rome"),
            ("bob", "Lima"),
            ("bob", "Oslo"),
        ]
