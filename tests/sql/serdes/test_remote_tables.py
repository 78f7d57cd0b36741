"""Tables in a bucket, which a local folder stands in for."""

import gzip

import pyarrow
import pyarrow.parquet
import pytest
from pyarrow import orc
from pyarrow.fs import LocalFileSystem, SubTreeFileSystem

from bigdata import storage
from bigdata.errors import InputError
from bigdata.sql import folders, places
from tests.sql.serdes.tables import rows, table

BUCKET = "s3://lake/sales"


@pytest.fixture
def bucket(tmp_path, monkeypatch):
    """The folder behind the bucket."""
    remote = SubTreeFileSystem(str(tmp_path), LocalFileSystem())
    for module in (storage, folders, places):
        monkeypatch.setattr(module, "filesystem_of", lambda uri: (remote, uri.removeprefix("s3://").rstrip("/")))
    folder = tmp_path / "lake" / "sales"
    folder.mkdir(parents=True)
    return folder


def test_text_of_a_bucket_is_read(bucket):
    (bucket / "a.gz").write_bytes(gzip.compress(b"1\x01x\n"))
    (bucket / "b").write_bytes(b"2\x01y\n")
    (bucket / "_SUCCESS").touch()
    read = table(BUCKET, "n: int, s: string")
    found = rows(read, names=["n", "s", "input__file__name"])
    assert found == [f"1\tx\t{BUCKET}/a.gz", f"2\ty\t{BUCKET}/b"]
    assert rows(table("s3://lake/none", "n: int")) == []


@pytest.mark.parametrize("form", ["parquet", "orc"])
def test_typed_files_of_a_bucket_are_read(bucket, form):
    put = pyarrow.parquet.write_table if form == "parquet" else orc.write_table
    put(pyarrow.table({"N": [1, None]}), bucket / "1")
    read = table(BUCKET, "more: string, n: int", form)
    assert rows(read, names=["n", "more", "input__file__name"]) == [f"1\tNULL\t{BUCKET}/1", f"NULL\tNULL\t{BUCKET}/1"]
    assert rows(table(BUCKET, "more: string", form)) == ["NULL", "NULL"]


def test_folders_below_are_refused_as_locally(bucket):
    (bucket / "below").mkdir()
    (bucket / "below" / "x").write_text("1\n")
    with pytest.raises(InputError, match=r"s3://lake/sales/below: a folder among the files"):
        rows(table(BUCKET, "n: int"))
    assert rows(table(BUCKET, "n: int"), settings={"mapred.input.dir.recursive": "true"}) == ["1"]
