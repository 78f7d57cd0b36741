"""join against DuckDB's joins of the same files."""

import duckdb
import pytest

import bigdata
from bigdata import DecodeError, InputNotFound, UsageError
from jobs.join import HOW, TableJoin
from tests.engines.conformance import Case, assert_same_records
from tests.jobs.samples import SAMPLES, sample

EVENTS = "eventid:int, venueid:int, catid:int, dateid:int, eventname, starttime"
VENUES = "venueid:int, venuename, city, state, seats:int"
PIPES = [f"--left-columns={EVENTS}", f"--right-columns={VENUES}", "--separator=|", "--on=venueid"]
PATHS = {"left": SAMPLES / "tickit" / "allevents_pipe.txt", "right": SAMPLES / "tickit" / "venue_pipe.txt"}
INPUTS = "--input left={dir}/input/left --input right={dir}/input/right"
BOUGHT = (
    '--left-columns "order:int, shop, buyer:int?" --right-columns "user:int?, place, name" --on "buyer=user shop=place"'
)
EDGES = {
    "left": b'order,shop,buyer\n1,"a ""b"", c",7\n2,x,\r\n3,x,8\n3,x,8\n\n4,caf\xe9,7\n5,x,9',
    "right": '7,"a ""b"", c",Ann\n7,"a ""b"", c",Bob\n8,x,Cyd\n8,x,Cyd\n,x,Dan\n7,café,Eve\n6,x,"""Fay"""\n'.encode(),
}
TABS = {name: content.replace(b",", b"\t") for name, content in EDGES.items()}
CASES = [
    Case(
        "join of a sample",
        TableJoin,
        sample("tickit/allevents_pipe.txt", "tickit/venue_pipe.txt"),
        f'--left-columns "{EVENTS}" --right-columns "{VENUES}" --on venueid --separator "|"'
        " --input left={dir}/input/allevents_pipe.txt --input right={dir}/input/venue_pipe.txt",
    ),
    *(Case(f"join of edges, {how}", TableJoin, EDGES, f"{BOUGHT} --how {how} {INPUTS}") for how in HOW),
    *(
        Case(f"join of edges, {how}, replicated", TableJoin, EDGES, f"{BOUGHT} --how {how} --replicated {INPUTS}")
        for how in HOW
        if how not in ("right", "full")
    ),
    Case("join of edges, by tabs", TableJoin, TABS, rf"{BOUGHT} --separator '\t' {INPUTS}"),
]


def by_sql(how):
    """The joined records of events and venues, as DuckDB reads and joins the files."""
    with duckdb.connect() as connection:
        for name, schema in (("left", EVENTS), ("right", VENUES)):
            columns = {
                column: {"int": "BIGINT"}.get(kind, "VARCHAR")
                for column, _, kind in (item.strip().partition(":") for item in schema.split(","))
            }
            connection.execute(
                f"""CREATE TABLE "{name}" AS FROM read_csv('{PATHS[name]}', delim = '|', header = false, quote = '"',"""
                f" columns = {columns}, auto_detect = false)"
            )
        result = connection.execute(f'SELECT * FROM "left" {how} JOIN "right" USING (venueid)')
        names = [column[0] for column in result.description]
        return [dict(zip(names, row)) for row in result.fetchall()]


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("args", [[], ["--replicated"], ["--on-error", "skip"], ["--replicated", "--on-error", "skip"]])
def test_the_samples_join_is_that_of_sql(how, args):
    if "--replicated" in args and how in ("right", "full"):
        with pytest.raises(UsageError, match=f"a {how} join can't be replicated"):
            bigdata.run(TableJoin, PATHS, args=[*PIPES, "--how", how, *args])
        return
    with bigdata.run(TableJoin, PATHS, args=[*PIPES, "--how", how, *args]) as result:
        in_python = "map-only" if "--replicated" in args else "sorted"
        assert result.stages[0].way == (in_python if "skip" in args else "columnar")
        pairs = list(result)
    assert pairs or how == "anti"
    assert_same_records([record for _, record in pairs], by_sql(how))
    assert all(key == record["venueid"] for key, record in pairs)


@pytest.mark.parametrize("replicated", [[], ["--replicated"]])
def test_explain_tells_of_the_join(replicated, capsys):
    inputs = [f"--input={name}={path}" for name, path in PATHS.items()]
    with TableJoin([*PIPES, *replicated, *inputs, "--explain"]).make_runner() as runner:
        runner.run()
    told = capsys.readouterr().out
    assert told.startswith("TableJoin on duckdb: 2 input files")
    assert 'FROM "left" AS l INNER JOIN "right" AS r ON l."venueid" = r."venueid"' in told


@pytest.mark.parametrize(
    "args, error, said",
    [
        ([], UsageError, "expected at least one column"),
        (PIPES[:-1], UsageError, "expected columns to join on"),
        ([*PIPES[:-1], "--on=venue"], UsageError, "expected columns venue of left and venue of right"),
        ([*PIPES, "--separator=||"], UsageError, "expected one character a separator"),
        ([*PIPES, "--how=outer"], UsageError, "invalid choice: 'outer'"),
        ([*PIPES, "--left-columns=venueid:int"], DecodeError, "expected 1 fields (venueid); got 6"),
    ],
)
@pytest.mark.parametrize("replicated", [[], ["--replicated"]])
def test_what_does_not_fit_is_refused(args, error, said, replicated):
    with pytest.raises(error) as caught:
        bigdata.run(TableJoin, PATHS, args=[*args, *replicated])
    assert said in str(caught.value)


@pytest.mark.parametrize("replicated", [[], ["--replicated"]])
def test_a_table_that_is_missing_is_refused(tmp_path, replicated):
    with pytest.raises(InputNotFound, match="no such input file"):
        bigdata.run(TableJoin, {**PATHS, "right": tmp_path / "none"}, args=[*PIPES, *replicated])
    with pytest.raises(UsageError, match="got none for right"):
        bigdata.run(TableJoin, {"left": PATHS["left"]}, args=[*PIPES, *replicated])
