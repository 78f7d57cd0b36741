"""Twins as Spark SQL: which are translated, and that they give what their mappers give."""

import re
from collections import Counter
from random import Random

import pytest

from bigdata import PLAIN_TEXT, Count, Job, Max, Mean, Sum, TopK, Variance, columnar
from bigdata.partitioners import java_hash
from jobs.wordcount import WordCount

from .conftest import MARKS

pytestmark = MARKS

IN_PLAIN_TEXT = re.compile(f"[{PLAIN_TEXT}]")


def words_and_lines(seed=1):
    """Lines of characters that engines are known to differ on, all of them in PLAIN_TEXT."""
    random = Random(seed)
    characters = "aAbB1 ,.\t'éß\u00a0\x0b\u2028\x85\r-_[&%"
    return ["".join(random.choices(characters, k=random.randrange(14))) for _ in range(3000)]


def test_wordcount_is_one_query_and_gives_what_its_mapper_gives(run):
    lines = [line.replace("\r", "") for line in words_and_lines()]
    result = run(WordCount, lines)
    assert result.stages[0].way == "sql", result.stages
    assert Counter(dict(result)) == Counter(word.lower() for line in lines for word in re.findall(r"[\w']+", line))


def test_foreign_lines_go_through_the_mapper_in_the_same_run(run):
    lines = ["ΟΔΟΣ İstanbul 𐐀 oDoς", *["plain words of the Road"] * 50]
    result = run(WordCount, lines)
    assert result.stages[0].way == "sql", result.stages
    assert "1 lines outside the twin's alphabet went through the mapper" in result.stages[0].why
    assert dict(result) == Counter(word.lower() for line in lines for word in re.findall(r"[\w']+", line))


def test_many_foreign_lines_send_all_through_the_mapper(run):
    lines = ["ΣΣ ss"] * 50
    result = run(WordCount, lines)
    assert (result.stages[0].way, "outside the alphabet" in result.stages[0].why) == ("rdd", True)
    assert dict(result) == {"σς": 50, "ss": 50}


LENGTH = "SELECT lower(substr(line, 1, 1)) AS key, length(line) AS value FROM input"


class Lengths(Job):
    @columnar(LENGTH)
    def mapper(self, _, line):
        yield line[:1].lower(), len(line)


def lengths(twin=LENGTH, **attributes):
    """The job :class:`Lengths` with another twin or an aggregator."""

    @columnar(twin)
    def mapper(self, _, line):
        yield line[:1].lower(), len(line)

    return type("Lengths", (Lengths,), {"mapper": mapper, **attributes})


class Overflowing(Job):
    aggregator = Sum()

    @columnar("SELECT 'a' AS key, 9223372036854775807 AS value FROM input")
    def mapper(self, _, line):
        yield "a", 2**63 - 1


SAMPLE = ["Aa", "a", "", "bbb", "BB b", "é", "Éé"] * 9


@pytest.mark.parametrize(
    "aggregator", [Sum(), Count(), Max(), Mean(), Variance(), Variance(1), {"n": Count(), "mean": Mean()}], ids=repr
)
def test_aggregates_in_sql_equal_those_in_python(run, aggregator):
    result = run(lengths(aggregator=aggregator), SAMPLE)
    assert result.stages[0].way == "sql", result.stages
    by_mapper = dict(run(lengths("no query", aggregator=aggregator), SAMPLE))
    got = dict(result)
    assert got.keys() == by_mapper.keys()
    for key, value in got.items():
        assert value == pytest.approx(by_mapper[key])
        assert type(value) is type(by_mapper[key])


def test_a_twin_without_a_reducer_is_a_query_too(run):
    result = run(Lengths, SAMPLE)
    assert result.stages[0].way == "sql", result.stages
    assert list(result) == [(line[:1].lower(), len(line)) for line in SAMPLE]


def test_part_files_of_a_query_are_placed_and_sorted(run, tmp_path):
    lines = [f"w{number}" for number in range(300)]
    run(WordCount, lines, args=["-D", "mapreduce.job.reduces=3"], output=tmp_path / "out").close()
    for number, part in enumerate(sorted((tmp_path / "out").glob("part-*"))):
        keys = [line.split(b"\t")[0] for line in part.read_bytes().splitlines()]
        assert keys
        assert keys == sorted(keys)
        assert all((java_hash(key) & 0x7FFFFFFF) % 3 == number for key in keys)


@pytest.mark.parametrize(
    "job, why",
    [
        (
            lengths("SELECT reverse(line) AS key, 1 AS value FROM input", aggregator=Sum()),
            "its twin uses REVERSE(line)",
        ),
        (lengths("SELECT regexp_extract(line, '\\bx') AS key, 1 AS value FROM input", aggregator=Sum()), r"\\b"),
        (lengths("SELECT length(string_split(line, ' ')) AS key, 1 AS value FROM input", aggregator=Sum()), "DATATYPE"),
        (lengths("SELECT length(line) / 2 AS key, 1 AS value FROM input", aggregator=Sum()), "floating-point"),
        (lengths(aggregator=TopK(2)), "can't be translated"),
        (Overflowing, "ARITHMETIC_OVERFLOW"),
    ],
)
def test_what_spark_cannot_say_goes_through_the_mapper_with_the_reason(run, job, why):
    result = run(job, SAMPLE)
    assert (result.stages[0].way, why in result.stages[0].why) == ("rdd", True), result.stages
    if job is Overflowing:
        assert dict(result) == {"a": (2**63 - 1) * len(SAMPLE)}


EXPRESSIONS = [
    "lower(line)", "length(line)", "substr(line, 2, 3)", "substr(line, 2)", "left(line, 2)", "right(line, 2)",
    "split_part(line, ',', 2)", "string_split(line, ' ')", "string_split(line, '.')", "line || 'x'",
    "replace(line, 'a', 'b')", "contains(line, 'a')", "starts_with(line, 'a')", "ends_with(line, 'a')",
    "strpos(line, 'b')", "line LIKE 'a%'", "line < 'b'", "line >= 'é'", "nullif(line, '')",
    "coalesce(nullif(line, ''), 'z')", "case when line = '' then 1 else 2 end", "length(line) // 2", "length(line) / 2",
    "(length(line) - 5) // 2", "(length(line) - 5) % 3", "length(line) * 1.5", "-length(line)",
    "length(line)::DOUBLE", "line IS NULL", "{'a': line, 'b': 1}", "[line, 'x']", "length(line) BETWEEN 2 AND 4",
    "line IN ('a', 'b') AND NOT line = 'a'", "regexp_matches(line, '^a.*b$')", "regexp_full_match(line, '[a-z]+|é')",
    r"regexp_extract(line, '(\w+) (\w+)', 2)", "regexp_extract(line, 'q')", r"regexp_extract(line, '^(\S+)', 1)",
    *(
        f"regexp_extract_all(line, '{pattern}')"
        for pattern in [
            r"\pL+", r"\pL", r"\PL", r"\p{Lu}", r"[\pL\pN_'']+", r"\s", r"\S+", ".", "[^a-z]", r"\w+", r"\W+", r"\d",
            r"\D", r"[\s]", r"[^\s]+", "a*", "a|ab", "a+?", "[a&&b]", "[a[b]", "[]a]", "(?:ab)+", "a$", r"\.",
        ]
    ),
]  # fmt: skip


def test_what_is_translated_is_the_same_for_each_character_of_plain_text(spark):
    import duckdb
    import pyarrow

    from bigdata.engines.columns import plain
    from bigdata.engines.spark.dialect import translated

    characters = [character for character in map(chr, range(0x110000)) if IN_PLAIN_TEXT.match(character)]
    random = Random(2)
    lines = [*characters, *words_and_lines(), *("".join(random.choices(characters, k=9)) for _ in range(2000))]
    lines = [line for line in lines if "\n" not in line]
    session = spark.newSession()
    session.createDataFrame([(line,) for line in lines], "line string").createOrReplaceTempView("input")
    duck = duckdb.connect(config={"threads": 1})
    duck.register("input", pyarrow.table({"line": lines}))
    columns = ", ".join(f"{expression} AS c{number}" for number, expression in enumerate(EXPRESSIONS))
    wanted = duck.sql(f"SELECT line, {columns} FROM input").fetchall()
    got = session.sql(translated(f"SELECT line, {columns} FROM input")).collect()
    for ours, law in zip(got, wanted, strict=True):
        values = [plain(value) for value in ours.asDict(recursive=True).values()]
        if repr(values) != repr([plain(value) for value in law]):
            pairs = zip(["line", *EXPRESSIONS], values, map(plain, law), strict=True)
            pytest.fail(f"{[pair for pair in pairs if repr(pair[1]) != repr(pair[2])]} on {law[0]!r}")


@pytest.mark.parametrize("active", ["another", "none"])
def test_any_session_or_none_may_be_active(run, spark, active):
    of_java = spark._get_j_spark_session_class(spark._jvm)
    if active == "another":
        spark.newSession().createDataFrame([(1,)], "a int")  # makes it the active one
    else:
        of_java.clearActiveSession()  # as where the connection to Java is a new one
    before = of_java.getActiveSession()
    for job, pairs in (WordCount, {"aa": 1, "bbb": 1}), (lengths(), {"a": 2, "b": 3}):
        result = run(job, ["aa", "bbb"])
        assert result.stages[0].way == "sql", result.stages
        assert dict(result) == pairs
    assert of_java.getActiveSession() == before


def test_explain_needs_no_spark(tmp_path, capsys):
    (tmp_path / "in.txt").write_text("a\n")
    job = WordCount(["-r", "spark", "--explain", "--spark-master", "spark://nowhere:1", str(tmp_path / "in.txt")])
    with job.make_runner() as runner:
        runner.run()
    shown = capsys.readouterr().out
    assert shown.startswith("WordCount on spark: 1 input file, 2 bytes\nstage 0: sql\n  why: the mapper has a columnar")
    assert "query: SELECT key, SUM(value) AS value FROM (SELECT key" in shown
