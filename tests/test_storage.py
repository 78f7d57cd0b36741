"""Inputs are found and read, and output appears whole or not at all: on disk, and on S3."""

import errno
import gzip
import os
from pathlib import Path

import pyarrow
import pytest

import bigdata
from bigdata import storage
from bigdata.errors import DiskFull, InputError, InputNotFound, OutputExists, UsageError
from bigdata.formats import blocks, splits
from bigdata.storage import Committer, File, list_inputs
from jobs.wordcount import WordCount

FILES = {
    "a.txt": b"one\n",
    "b.csv": b"two,two\n",
    "sub/c.txt": b"three\n",
    "sub/deep/d.txt": b"four\n",
    "sub/_SUCCESS": b"",
    "_logs/e.txt": b"hidden\n",
    ".f.txt": b"hidden\n",
    "sub/.crc/g.txt": b"hidden\n",
}


def listed(place, paths):
    """The files that paths below `place` name, each as it is below `place`."""
    files = list_inputs([f"{place}/{path}" for path in paths])
    assert all(file.path.startswith(f"{place}/") for file in files)
    names = [file.path.removeprefix(f"{place}/") for file in files]
    assert [file.size for file in files] == [len(FILES[name]) for name in names]
    return names


@pytest.fixture
def folder(tmp_path):
    """A local folder that holds FILES."""
    for name, content in FILES.items():
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return str(tmp_path / "files")


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """A bucket that is a local folder, behind the interface of a remote filesystem."""
    from pyarrow.fs import LocalFileSystem, SubTreeFileSystem

    filesystem = SubTreeFileSystem(str(tmp_path / "remote"), LocalFileSystem())
    monkeypatch.setattr(storage, "filesystem_of", lambda uri: (filesystem, uri.removeprefix("s3://")))
    (tmp_path / "remote" / "books").mkdir(parents=True)

    def put(key, content):
        path = tmp_path / "remote" / "books" / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    return put


@pytest.fixture(params=["stand_in", pytest.param("s3", marks=pytest.mark.slow)])
def put(request):
    """A function that writes an object to the bucket s3://books."""
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["folder", "stand_in", pytest.param("s3", marks=pytest.mark.slow)])
def place(request):
    """Where FILES are: a local folder or a bucket."""
    if request.param == "folder":
        return request.getfixturevalue("folder")
    put = request.getfixturevalue(request.param)
    for name, content in FILES.items():
        put(f"in/{name}", content)
    return "s3://books/in"


@pytest.mark.parametrize(
    "paths, names",
    [
        (["a.txt"], ["a.txt"]),
        (["b.csv", "a.txt", "b.csv"], ["b.csv", "a.txt", "b.csv"]),
        (["sub"], ["sub/c.txt", "sub/deep/d.txt"]),
        (["sub/"], ["sub/c.txt", "sub/deep/d.txt"]),
        ([""], ["a.txt", "b.csv", "sub/c.txt", "sub/deep/d.txt"]),
        (["*.txt"], ["a.txt"]),
        (["?.[ct]*"], ["a.txt", "b.csv"]),
        (["*/*.txt"], ["sub/c.txt"]),
        (["s*/deep"], ["sub/deep/d.txt"]),
        (["*"], ["a.txt", "b.csv", "sub/c.txt", "sub/deep/d.txt"]),
        (["sub/_SUCCESS"], ["sub/_SUCCESS"]),
        (["_logs/e.txt"], ["_logs/e.txt"]),
        (["_logs"], ["_logs/e.txt"]),
    ],
)
def test_inputs_are_files_directories_and_globs(place, paths, names):
    assert listed(place, paths) == names


@pytest.mark.parametrize("path", ["missing.txt", "missing/", "*.gz", "sub/.crc/*.gz", "a.txt/b", "sub/missing*"])
def test_an_input_that_matches_nothing_is_named(place, path):
    with pytest.raises(InputNotFound) as error:
        list_inputs([f"{place}/a.txt", f"{place}/{path}"])
    assert f"{place}/{path}" in str(error.value)


def test_a_file_uri_is_a_local_path(folder):
    assert list_inputs([f"file://{folder}/a.txt"]) == [File(f"{folder}/a.txt", 4)]


def test_a_directory_without_files_is_named(folder):
    os.mkdir(f"{folder}/empty")
    with pytest.raises(InputNotFound, match="empty: the directory holds no input files"):
        list_inputs([f"{folder}/empty"])


def test_a_glob_may_match_an_empty_directory_among_others(folder):
    os.mkdir(f"{folder}/a empty directory")
    assert listed(folder, ["a*"]) == ["a.txt"]


def test_a_path_with_magic_in_its_name_is_a_path(folder):
    Path(folder, "[a].txt").write_bytes(b"brackets\n")
    assert [Path(file.path).name for file in list_inputs([f"{folder}/[a].txt"])] == ["[a].txt"]


@pytest.mark.parametrize("key", ["two words.txt", "50%25 é.txt", "a+b=c&d#e.txt"])
def test_a_remote_name_is_taken_as_it_is_written(put, key):
    put(f"in/{key}", b"text\n")
    for uri in (f"s3://books/in/{key}", "s3://books/in", "s3://books/in/*.txt"):
        (file,) = list_inputs([uri])
        assert file == File(f"s3://books/in/{key}", 5)
        assert b"".join(storage.cat(file.path)) == b"text\n"


@pytest.mark.parametrize("name, compression", [("a.gz", "gzip"), ("a.b.bz2", "bz2"), ("a.zst", "zstd"), ("gz", None)])
def test_compression_by_the_ending(name, compression):
    assert File(name, 0).compression == compression


def test_a_remote_file_is_read_by_ranges(put):
    text = b"".join(b"line %d\n" % number for number in range(1000))
    put("in/text.txt", text)
    put("in/text.txt.gz", gzip.compress(text))
    pieces = splits(list_inputs(["s3://books/in"]), 1000)
    assert len(pieces) > 5 and pieces[-1].compression == "gzip"
    assert b"".join(block for piece in pieces for block in blocks(piece)) == text * 2


def test_what_cannot_be_opened_is_named(put, tmp_path):
    with pytest.raises(InputError, match="s3://books/missing"):
        storage.open_input("s3://books/missing")
    with pytest.raises(InputError, match=f"{tmp_path}: can't be read: Is a directory"):
        storage.open_input(str(tmp_path))


def test_a_filesystem_that_cannot_be_reached_is_named():
    with pytest.raises(UsageError, match="abfs://nowhere: can't reach this filesystem"):
        storage.filesystem_of("abfs://nowhere")


@pytest.fixture(params=["disk", "stand_in", pytest.param("s3", marks=pytest.mark.slow)])
def output(request, tmp_path):
    """A place for output, local or remote."""
    if request.param == "disk":
        return str(tmp_path / "new" / "out")
    request.getfixturevalue(request.param)
    return "s3://books/new/out"


def names_in(output):
    """All that is at an output's place, hidden or not."""
    if not storage.is_uri(output):
        return sorted(os.listdir(output)) if os.path.exists(output) else []
    from pyarrow.fs import FileSelector, FileType

    filesystem, path = storage.filesystem_of(output)
    infos = filesystem.get_file_info(FileSelector(path, allow_not_found=True, recursive=True))
    return sorted(info.base_name for info in infos if info.type == FileType.File)


def staged(output, tmp_path, count=2):
    committer = Committer(output, str(tmp_path / "tmp"))
    for number in range(count):
        Path(committer.staging, f"part-{number:05d}").write_bytes(b"%d\n" % number)
    return committer


def test_output_appears_at_once(output, tmp_path):
    committer = staged(output, tmp_path)
    assert names_in(output) == []
    committer.commit()
    assert names_in(output) == ["_SUCCESS", "part-00000", "part-00001"]
    assert storage.parts(output) == [f"{output}/part-00000", f"{output}/part-00001"]
    assert [b"".join(storage.cat(part)) for part in storage.parts(output)] == [b"0\n", b"1\n"]
    assert not os.path.exists(committer.staging)


def test_abort_leaves_nothing(output, tmp_path):
    committer = staged(output, tmp_path)
    committer.abort()
    assert names_in(output) == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("count", [0, 1])
def test_output_that_exists_is_refused(output, tmp_path, count):
    staged(output, tmp_path, count).commit()
    with pytest.raises(OutputExists, match="out already holds output"):
        Committer(output, str(tmp_path / "tmp"))


def test_an_empty_directory_will_do(tmp_path):
    (tmp_path / "out").mkdir()
    staged(str(tmp_path / "out"), tmp_path).commit()
    assert names_in(str(tmp_path / "out")) == ["_SUCCESS", "part-00000", "part-00001"]


def test_output_that_came_in_the_meantime_stays(tmp_path):
    committer = staged(str(tmp_path / "out"), tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "other").touch()
    with pytest.raises(OutputExists):
        committer.commit()
    assert names_in(str(tmp_path / "out")) == ["other"]


@pytest.mark.parametrize("kind", ["file", "dangling link"])
def test_what_is_no_directory_is_refused(tmp_path, kind):
    path = tmp_path / "out"
    path.touch() if kind == "file" else path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(OutputExists):
        Committer(str(path), str(tmp_path))


def test_success_is_uploaded_last(stand_in, tmp_path, monkeypatch):
    filesystem, _ = storage.filesystem_of("s3://books/out")
    written = []

    class Watched:
        def __getattr__(self, name):
            return getattr(filesystem, name)

        def open_output_stream(self, path):
            written.append(path)
            return filesystem.open_output_stream(path)

    monkeypatch.setattr(storage, "filesystem_of", lambda uri: (Watched(), uri.removeprefix("s3://")))
    staged("s3://books/out", tmp_path).commit()
    assert written == ["books/out/part-00000", "books/out/part-00001", "books/out/_SUCCESS"]


def test_an_upload_that_fails_is_taken_back(stand_in, tmp_path):
    committer = staged("s3://books/out", tmp_path)
    in_the_way = tmp_path / "remote" / "books" / "out" / "part-00001"
    in_the_way.mkdir(parents=True)
    with pytest.raises(UsageError, match="s3://books/out: "):
        committer.commit()
    assert names_in("s3://books/out") == []


def test_a_full_disk_is_named():
    for error in (OSError(errno.ENOSPC, "full"), OSError(errno.EDQUOT, "quota"), OSError("No space left on device")):
        with pytest.raises(DiskFull, match="the disk of out"), storage.disk_errors("out"):
            raise error


def test_other_disk_errors_stay_what_they_are():
    with pytest.raises(UsageError, match="out: can't be written: denied"), storage.disk_errors("out"):
        raise PermissionError(errno.EACCES, "denied")
    with pytest.raises(OSError, match="worn out"), storage.disk_errors("out"):
        raise OSError(errno.EIO, "worn out")


@pytest.mark.parametrize(
    "engine_options", [{}, {"workers": 2}, {"output_format": "json"}, {"output_format": "parquet"}]
)
def test_words_are_counted_from_bucket_to_bucket(put, engine_options):
    if "workers" in engine_options and put.__name__ == "put":
        pytest.skip("the stand-in lives in this process only")
    put("in/a.txt", b"the fox\r\nthe dog\n")
    put("in/b.txt.gz", gzip.compress("the café".encode()))
    put("in/_SUCCESS", b"")
    with bigdata.run(WordCount, "s3://books/in/", output="s3://books/out", **engine_options) as result:
        assert dict(result) == {"the": 3, "fox": 1, "dog": 1, "café": 1}
    names = names_in("s3://books/out")
    assert names[0] == "_SUCCESS" and all(name.startswith("part-") for name in names[1:])
    with pytest.raises(OutputExists):
        bigdata.run(WordCount, "s3://books/in", output="s3://books/out")


class Remote:
    """A remote filesystem of one file, which notes what is read of it."""

    def __init__(self, data, fails_at=None):
        self.data, self.fails_at = data, fails_at
        self.read = []
        self.closed = False

    def open_input_file(self, path):
        return self

    def read_at(self, size, place):
        if place == self.fails_at:
            raise OSError("connection reset\nby peer")
        self.read.append((place, size))
        return self.data[place : place + size]

    def close(self):
        self.closed = True


@pytest.fixture
def remote(monkeypatch):
    def make(*args, **options):
        filesystem = Remote(*args, **options)
        monkeypatch.setattr(storage, "filesystem_of", lambda uri: (filesystem, uri))
        monkeypatch.setattr(storage._Fetched, "PIECE", 100)
        return filesystem

    return make


@pytest.mark.parametrize("start, length", [(0, 1000), (150, 600), (999, 1), (300, 0)])
def test_a_remote_range_is_read_once_and_no_byte_beyond_it(remote, start, length):
    data = bytes(number * 7 % 256 for number in range(1000))
    filesystem = remote(data)
    with storage.open_range("s3://books/a", start, length) as stream:
        assert stream.read(7) + stream.read() == data[start : start + length]
    assert sum(size for _, size in filesystem.read) == length
    assert filesystem.closed


def test_a_remote_file_is_fetched_ahead_but_not_all_of_it(remote):
    filesystem = remote(bytes(10_000))
    with storage.open_range("s3://books/a", 0, 10_000) as stream:
        stream.read(1)
    assert storage._Fetched.AHEAD <= len(filesystem.read) <= 2 * storage._Fetched.AHEAD


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a.txt.zst"])
def test_a_remote_file_that_breaks_off(remote, name):
    data = os.urandom(1000)
    remote(pyarrow.compress(data, "zstd", asbytes=True) if name.endswith("zst") else gzip.compress(data), fails_at=300)
    [split] = splits([File(f"s3://books/{name}", 1000)], 10_000)
    with pytest.raises(InputError, match=rf"^s3://books/{name}: can't be read to its end: connection reset\.$"):
        list(blocks(split))


def test_hadoops_names_of_s3_are_s3(s3):
    s3("in/a.txt", b"text\n")
    for scheme in ("s3a", "s3n"):
        (file,) = list_inputs([f"{scheme}://books/in"])
        assert file == File(f"{scheme}://books/in/a.txt", 5)
        assert b"".join(storage.cat(file.path)) == b"text\n"
