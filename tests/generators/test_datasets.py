"""What holds for every data set: the seed alone decides its bytes, and the rows are those asked for."""

import pytest

from bigdata.generators import NAMES, dataset, load, text
from tests.generators.files import files
from tests.jobs.samples import SAMPLES

SEEDED = [name for name in NAMES if load(name).seeded]
#: the others spread their rows over a span of time, or over tables in proportion
GROWING = ["text", "access-logs", "rankings", "hits", "wild-rydes", "points", "baskets", "tera"]

each_name = pytest.mark.parametrize("name", NAMES)


@each_name
def test_chunks_of_any_size_make_the_same_bytes(name, monkeypatch):
    wanted = files(name, 1000)
    for size in (7, 64, 999):
        monkeypatch.setattr(dataset, "CHUNK_ROWS", size)
        monkeypatch.setattr(text, "CHUNK_LINES", size)
        assert files(name, 1000) == wanted


@pytest.mark.parametrize("name", SEEDED)
def test_another_seed_makes_other_bytes(name):
    made, other = files(name, 100, seed=1), files(name, 100, seed=2)
    assert made.keys() == other.keys()
    assert made != other


@pytest.mark.parametrize("name", GROWING)
def test_a_longer_data_set_begins_with_the_shorter(name):
    short, long = files(name, 777), files(name, 2345)
    assert all(long[file].startswith(short[file]) for file in short)


@each_name
def test_files_are_those_described_and_hold_the_rows_asked_for(name):
    described = load(name)
    for rows in (described.least, described.least + 1, 500):
        made = files(name, rows)
        assert list(made) == list(described.files)
        last = made[list(made)[-1]]
        if name == "tera":
            assert len(last) == 100 * rows
        else:
            assert all(content.endswith(b"\n") for content in made.values())
            assert sum(not line.startswith(b"#") for line in last.splitlines()) == rows


@each_name
def test_chunks_stay_small_and_end_with_a_whole_row(name):
    for file, chunk in load(name).chunks(40_000, 1):
        assert len(chunk) < 8 << 20, file
        assert chunk.endswith(b"\n") or (name == "tera" and len(chunk) % 100 == 0)


@pytest.mark.parametrize(
    "folder, name, rows",
    [
        ("access_logs", "access-logs", 900),
        ("cloudfront", "cloudfront", 800),
        ("rankings", "rankings", 200),
        ("uservisits", "uservisits", 1600),
        ("tickit", "tickit", 2000),
        ("wild_rydes", "wild-rydes", 900),
        ("points", "points", 1000),
        ("tera", "tera", 1000),
    ],
)
def test_sample_data_can_be_made_again(folder, name, rows):
    """By any numpy: the stream of PCG64 is guaranteed, and so is the way from it to uniform draws."""
    assert {path.name: path.read_bytes() for path in (SAMPLES / folder).iterdir()} == files(name, rows)
