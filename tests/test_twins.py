"""A mapper's columnar twin equals the mapper, over the twin's alphabet and beyond it."""

import re
import unicodedata
from collections import Counter

import duckdb
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import PLAIN_TEXT, CollectSet, Count, Csv, Distinct, Job, columnar, literal
from bigdata.engines.columns import MOST_FOREIGN
from bigdata.errors import UnsupportedPlan
from jobs.wordcount import WordCount

DUCKDB = duckdb.connect(config={"threads": 1})
IN_PLAIN_TEXT = re.compile(f"[{PLAIN_TEXT}]")
# what cases and classes of characters go wrong with: İ, sigmas, ß, marks, numbers of all kinds, wide and astral letters
ODD = (
    "'_\0\t\r Aa1Éé\u00b2\u00df\u0130\u0149\u0307\u0345\u03a3\u03c2\u03c3\u0660\u1e9e\u2160\u24b6\u30a2\ufb00\uff21"
    "\U00010400\U0001d7ce😀"
)
LINES = st.lists(st.text(st.sampled_from(ODD) | st.characters(exclude_categories=["Cs"], exclude_characters="\n")))


class BySql(WordCount):
    """Counts words by SQL, and never natively."""

    @columnar(WordCount.mapper.twin.sql, alphabet=PLAIN_TEXT)
    def mapper(self, _, line):
        yield from super().mapper(_, line)


def word_counts(lines):
    return Counter(word.lower() for line in lines for word in re.findall(r"[\w']+", line))


def test_python_and_duckdb_agree_on_each_character_of_plain_text():
    characters = [character for character in map(chr, range(0x110000)) if IN_PLAIN_TEXT.match(character)]
    DUCKDB.register("characters", pyarrow.table({"character": characters}))
    query = r"SELECT character, lower(character), regexp_full_match(character, '[\pL\pN_]') FROM characters"
    answers = DUCKDB.sql(query).fetchall()
    assert len(answers) > 49_000
    differing = [
        f"U+{ord(character):04X} {unicodedata.name(character, '')}"
        for character, lower, is_word in answers
        if lower != character.lower() or is_word != (re.match(r"\w", character) is not None)
    ]
    assert differing == []


@pytest.mark.parametrize("character", ["\0", "\u0130", "\u03a3", "\ud800", "\U00010400"])
def test_what_libraries_disagree_on_is_outside_plain_text(character):
    assert not IN_PLAIN_TEXT.match(character)


@pytest.mark.parametrize(
    "text", ["ASCII ~!\t", "café", "Grüße", "Привет", "שלום", "日本語", "한국어", "ｆｕｌｌ", "“quotes” … — €"]
)
def test_everyday_text_is_plain(text):
    assert all(map(IN_PLAIN_TEXT.match, text))


@settings(deadline=None)
@given(LINES)
def test_wordcounts_twin_equals_its_mapper_over_its_alphabet(lines):
    twin = BySql.mapper.twin
    lines = ["".join(IN_PLAIN_TEXT.findall(line)) for line in lines]
    DUCKDB.register(
        "input", pyarrow.table({"line": pyarrow.array(lines, pyarrow.string()), "file": ["x"] * len(lines)})
    )
    got = DUCKDB.sql(f"SELECT key, value FROM ({twin.sql})").fetchall()
    job = WordCount([])
    assert Counter(got) == Counter(pair for line in lines for pair in job.mapper(None, line))


def run(path, lines):
    """Count the words of lines on the duckdb engine; gives the counts and the stage's report."""
    path.write_bytes("\n".join(lines).encode("utf-8"))
    with bigdata.run(BySql, path) as result:
        pairs = list(result)
        assert len(pairs) == len(dict(pairs))
        return dict(pairs), result.stages[0]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("lines") / "lines.txt"


@settings(max_examples=25, deadline=None)
@given(LINES)
def test_word_count_counts_lines_inside_and_outside_the_alphabet(path, lines):
    counts, report = run(path, lines)
    assert counts == word_counts(lines)
    foreign = [line for line in lines if IN_PLAIN_TEXT.sub("", line)]
    assert report.way == "columnar"
    assert ("went through the mapper" in report.why) == any(map(word_counts, ([line] for line in foreign)))


def test_the_report_says_how_many_lines_went_through_the_mapper(path):
    lines = ["The fox", "ΣΑΣ", "İstanbul the", "the 😀"] + ["the"] * 100
    counts, report = run(path, lines)
    assert counts == word_counts(lines) and counts["σας"] == 1
    assert report.why.endswith("; 3 lines outside the twin's alphabet went through the mapper")


def test_the_report_says_when_most_lines_are_foreign(path):
    lines = ["ΟΔΟΣ the", "the fox"] * 2000
    counts, report = run(path, lines)
    assert counts == {"οδος": 2000, "the": 4000, "fox": 2000}
    assert report.way == "folded"
    assert report.why == f"over {MOST_FOREIGN:.0%} of the text is outside the alphabet of the mapper's twin"


def test_a_few_foreign_lines_in_many_stay_columnar(path):
    lines = ["the fox"] * 3000 + ["ΟΔΟΣ"] * 30
    counts, report = run(path, lines)
    assert counts == {"the": 3000, "fox": 3000, "οδος": 30}
    assert report.way == "columnar" and "; 30 lines" in report.why


def test_columnar_leaves_the_mapper_as_it_is():
    def mapper(self, _, line):
        yield line, 1

    assert columnar("SELECT line AS key, 1 AS value FROM input", alphabet="a-z")(mapper) is mapper
    assert mapper.twin.foreign == "[^a-z]"
    assert columnar("SELECT 1 AS key, 1 AS value FROM input")(mapper).twin.foreign is None


class Counting(WordCount):
    @columnar(WordCount.mapper.twin.sql, alphabet="\x01-\x7f")
    def mapper(self, _, line):
        self.increment_counter("words", "lines")
        yield from super().mapper(_, line)


def test_a_counter_is_refused_rather_than_dropped(path):
    path.write_text("the fox\nthe ὄρνις\n", encoding="utf-8")
    with pytest.raises(UnsupportedPlan, match=r"its mapper counts.*Take @columnar off"):
        bigdata.run(Counting, path)


class DistinctNumbers(Job):
    RECORDS = Csv("key, number:float", header=False)
    aggregator = {"distinct": Distinct(), "all": CollectSet()}

    @columnar("SELECT key, number AS value FROM input")
    def mapper(self, _, record):
        yield record["key"], record["number"]


def test_floats_that_are_told_apart_by_their_bytes_are_left_to_the_mapper(path):
    path.write_text("a,0.0\na,-0.0\na,0\n")
    with bigdata.run(DistinctNumbers, path) as result:
        [(key, found)] = result
        assert (key, found["distinct"], list(map(str, found["all"]))) == ("a", 2, ["-0.0", "0.0"])
        assert result.stages[0].way == "folded" and "floating-point" in result.stages[0].why


class Matches(Job):
    aggregator = Count()

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--text", default="fox")
        self.add_passthru_arg("--ignore-case", action="store_true")

    @columnar(
        lambda job: (
            None
            if job.options.ignore_case
            else f"SELECT line AS key, 1 AS value FROM input WHERE contains(line, {literal(job.options.text)})"
        )
    )
    def mapper(self, _, line):
        text = self.options.text
        if text in line or (self.options.ignore_case and text.lower() in line.lower()):
            yield line, 1


@pytest.mark.parametrize(
    "args, wanted, way",
    [
        ([], {"the fox": 2}, "columnar"),
        (["--text", "it's"], {"it's": 1}, "columnar"),
        (["--text", "FOX", "--ignore-case"], {"the fox": 2}, "folded"),
    ],
)
def test_a_twin_may_depend_on_the_jobs_options(path, args, wanted, way):
    path.write_text("the fox\nit's\nthe fox\n")
    with bigdata.run(Matches, path, args=args) as result:
        assert (dict(result), result.stages[0].way) == (wanted, way)
