"""`dfs` in scripts: files as Hadoop's shell handles and prints them."""

import os
from pathlib import Path

import pytest

from bigdata import UsageError
from bigdata.sql.hive import dfs


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder ``data`` with a file of 3 bytes, and one of 2,048 below another folder."""
    monkeypatch.chdir(tmp_path)
    Path("data/deep").mkdir(parents=True)
    Path("data/a.txt").write_bytes(b"x\ny")
    Path("data/deep/b.bin").write_bytes(b"\n" * 2048)


def run(words):
    return list(dfs.parse(words.split()).run())


def tree():
    return sorted(str(path) for path in Path().rglob("*"))


def test_ls_has_the_columns_of_hadoop(monkeypatch):
    """From Hadoop's guide: rights, replicas, owner, group, size, date, time, name; each as wide as it must be."""
    os.utime("data/a.txt", (0, 86_400))
    os.utime("data/deep", (0, 86_460))
    os.chmod("data/a.txt", 0o640)
    os.chmod("data/deep", 0o750)
    monkeypatch.setattr(dfs, "_owner", lambda number: "hadoop")
    monkeypatch.setattr(dfs, "_group", lambda number: "hdfsadmingroup")
    assert run("-ls data") == [
        "Found 2 items",
        "-rw-r-----   1 hadoop hdfsadmingroup          3 1970-01-02 00:00 data/a.txt",
        "drwxr-x---   - hadoop hdfsadmingroup          0 1970-01-02 00:01 data/deep",
    ]
    assert [line.split()[-1] for line in run("-ls -R data")] == ["data/a.txt", "data/deep", "data/deep/b.bin"]
    assert [line.split()[-1] for line in run("-ls -d data")] == ["data"]
    assert run("-ls -h data/deep/b.bin")[0].split()[4:6] == ["2", "K"]
    assert [line.split()[-1] for line in run("-ls")] == ["items", "data"]


def test_cat_prints_the_lines_of_files():
    Path("data/c.txt").write_text("z\n")
    assert run("-cat data/a.txt data/c.txt") == ["x", "y", "z"]
    assert run("-cat data/*.txt") == ["x", "y", "z"]


def test_text_inflates():
    import gzip

    Path("data/c.gz").write_bytes(gzip.compress(b"one\ntwo\n"))
    assert run("-text data/c.gz") == ["one", "two"]


def test_du_has_size_space_and_name():
    assert run("-du data") == ["3     3     data/a.txt", "2048  2048  data/deep"]
    assert run("-du -s -h data") == run("-dus -h data") == ["2.0 K  2.0 K  data"]


def test_count_has_folders_files_and_bytes():
    assert run("-count data data/a.txt") == [
        "           2            2               2051 data",
        "           0            1                  3 data/a.txt",
    ]


def test_folders_are_made():
    assert run("-mkdir new") == run("-mkdir -p new/deep/er data") == []
    assert {"new", "new/deep", "new/deep/er"} <= set(tree())


def test_what_is_removed_is_named():
    assert run("-rm data/a.txt") == ["Deleted data/a.txt"]
    assert run("-rm -r -skipTrash data/*") == ["Deleted data/deep"]
    assert run("-rm -f nosuch") == []
    assert run("-rmr data") == ["Deleted data"]
    assert tree() == []


def test_files_and_folders_are_copied_and_moved():
    for verb in ("cp", "put", "get", "copyFromLocal", "copyToLocal"):
        assert run(f"-{verb} data/a.txt {verb}") == []
        assert Path(verb).read_bytes() == b"x\ny"
    run("-mkdir new")
    run("-cp data new")
    run("-cp data/a.txt cp new")
    run("-mv new moved")
    assert [name for name in tree() if name.startswith(("new", "moved"))] == [
        "moved",
        "moved/a.txt",
        "moved/cp",
        "moved/data",
        "moved/data/a.txt",
        "moved/data/deep",
        "moved/data/deep/b.bin",
    ]
    run("-cp -f data/deep/b.bin moved/a.txt")
    assert Path("moved/a.txt").stat().st_size == 2048


def test_files_are_merged():
    Path("data/c.txt").write_text("z")
    run("-getmerge data/*.txt all")
    assert Path("all").read_bytes() == b"x\nyz"
    run("-getmerge -nl data/*.txt all")
    assert Path("all").read_bytes() == b"x\ny\nz\n"


def test_empty_files_are_made():
    run("-touchz flag")
    assert Path("flag").read_bytes() == b""


@pytest.fixture(params=["stand_in", pytest.param("s3", marks=pytest.mark.slow)])
def bucket(request, monkeypatch, tmp_path):
    """A bucket ``s3://books``: one of S3's, or a folder that stands in for it."""
    if request.param == "s3":
        request.getfixturevalue("s3")
        return
    from pyarrow.fs import LocalFileSystem, SubTreeFileSystem

    (tmp_path / "remote/books").mkdir(parents=True)
    filesystem = SubTreeFileSystem(str(tmp_path / "remote"), LocalFileSystem())
    monkeypatch.setattr("bigdata.sql.places.filesystem_of", lambda uri: (filesystem, uri.removeprefix("s3://")))


def test_a_bucket_is_handled_as_folders_are(bucket):
    run("-put data s3://books")
    run("-mv s3://books/data s3://books/moved")
    run("-touchz s3://books/flag")
    assert run("-cat s3://books/moved/*.txt") == ["x", "y"]
    assert [line.split()[-1] for line in run("-ls -R s3://books")] == [
        "s3://books/flag",
        "s3://books/moved",
        "s3://books/moved/a.txt",
        "s3://books/moved/deep",
        "s3://books/moved/deep/b.bin",
    ]
    listed = run("-ls s3://books/moved")
    assert listed[0] == "Found 2 items"
    assert [line.split()[:2] + line.split()[4:5] for line in listed[1:]] == [
        ["-rw-rw-rw-", "1", "3"],
        ["drwxrwxrwx", "-", "0"],
    ]
    assert run("-du -s s3://books/moved") == ["2051  2051  s3://books/moved"]
    run("-get s3://books/moved here")
    assert Path("here/deep/b.bin").stat().st_size == 2048
    assert run("-rm -r s3://books/*") == ["Deleted s3://books/flag", "Deleted s3://books/moved"]
    assert run("-ls s3://books") == []


@pytest.mark.parametrize(
    "words, message",
    [
        ("-rm nosuch", "dfs -rm: nosuch: No such file or directory."),
        ("-ls data/*.csv", "dfs -ls: data/*.csv: No such file or directory."),
        ("-rm data", "dfs -rm: data: Is a directory. Add -r"),
        ("-cat data", "dfs -cat: data: Is a directory."),
        ("-mkdir data", "dfs -mkdir: data: File exists."),
        ("-mkdir no/such", "dfs -mkdir: no: No such file or directory. Make it with -mkdir -p."),
        ("-cp data/a.txt data/deep/b.bin", "dfs -cp: data/deep/b.bin: File exists."),
        ("-mv data/a.txt data/deep/b.bin", "dfs -mv: data/deep/b.bin: File exists."),
        ("-cp data/a.txt data/deep nosuch", "dfs -cp: nosuch: No such file or directory."),
        ("-cp data/deep data/a.txt data/deep/b.bin", "dfs -cp: data/deep/b.bin: Is not a directory."),
        ("-put data/a.txt no/such", "dfs -put: no: No such file or directory."),
        ("-touchz data/a.txt", "dfs -touchz: data/a.txt: Not a zero-length file."),
        ("-ls ftp2://host/a", "dfs -ls: ftp2://host/a: No such file or directory."),
        ("-chmod 700 data", "dfs -chmod: expected one of -ls, -cat, "),
        ("", "dfs : expected one of -ls, "),
        ("-rm -x data", "dfs -rm -x: there is no such option here. Options of -rm: -r, -R, -f, -skipTrash."),
        ("-cat -x data", "dfs -cat -x: there is no such option here. Options of -cat: none."),
        ("-cp data", "dfs -cp data: expected -cp <source> ... <target>."),
    ],
)
def test_what_cannot_be_is_said(words, message):
    before = tree()
    with pytest.raises(UsageError) as error:
        run(words)
    assert str(error.value).startswith(message)
    assert tree() == before
