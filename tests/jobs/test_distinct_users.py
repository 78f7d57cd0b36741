"""distinct_users against the exact counts, within the error that the sketch states."""

from collections import defaultdict

import pytest

import bigdata
from bigdata import DecodeError, UsageError
from jobs.distinct_users import DistinctUsers
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

EDGES = {
    "edges.tsv": b"a\tu1\tlast\r\n\na\tu1\r\na\tU1\na\t\n\tu1\n\t\xe9\xff\na\tu1 ",
    "more.tsv": "Größe\tü\nGröße\tu\u0308\n\té".encode(),
    "empty.tsv": b"",
}
CASES = [
    Case("distinct_users of a sample", DistinctUsers, sample("visits/visits.tsv", most=1500)),
    Case("distinct_users of edges", DistinctUsers, EDGES, "--lg-k 10 {inputs}"),
]


def test_few_users_are_counted_exactly():
    path = SAMPLES / "visits" / "visits.tsv"
    users = defaultdict(set)
    for line in path.read_text().splitlines():
        page, user = line.split("\t")
        users[page].add(user)
    assert dict(bigdata.run(DistinctUsers, path)) == {page: len(those) for page, those in users.items()}


@pytest.mark.parametrize("lg_k", [8, 14])
def test_many_users_are_counted_within_the_error(tmp_path, lg_k):
    for number in range(3):
        users = range(number * 10_000, number * 10_000 + 20_000)
        (tmp_path / str(number)).write_text("".join(f"/\tuser {user}\n" for user in users))
    counts = dict(bigdata.run(DistinctUsers, tmp_path, args=["--lg-k", str(lg_k)]))
    assert counts["/"] == pytest.approx(40_000, rel=4 * 1.04 / 2 ** (lg_k / 2))  # four standard errors


def test_a_line_without_a_user_is_refused(tmp_path):
    (tmp_path / "bad").write_text("/\tu1\n/\n")
    with pytest.raises(DecodeError, match=r"Tsv can't read b'/': expected .*line 2"):
        bigdata.run(DistinctUsers, tmp_path)


def test_a_sketch_has_a_size_that_there_is():
    with pytest.raises(UsageError, match="--lg-k: invalid choice: 3"):
        bigdata.run(DistinctUsers, SAMPLES / "visits", args=["--lg-k", "3"])
