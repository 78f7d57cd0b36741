"""Functions of databases last, as tables do; temporary ones are the session's."""

import pytest

from bigdata import Session
from bigdata.errors import BigdataError, NameNotFound

CLASS = "'org.apache.hadoop.hive.ql.udf.UDFRepeat'"


def test_functions_last_in_the_warehouse_until_their_database_is_dropped(tmp_path):
    with Session("hive", warehouse=tmp_path) as session:
        session.sql(f"CREATE DATABASE lake; CREATE FUNCTION lake.twice AS {CLASS}")
        session.sql(f"CREATE TEMPORARY FUNCTION passing AS {CLASS}")
        assert list(session.sql("SELECT passing('a', 2)")) == [("aa",)]
    with Session("hive", warehouse=tmp_path) as session:
        assert list(session.sql("SELECT lake.twice('b', 2)")) == [("bb",)]
        assert list(session.sql("USE lake; SELECT twice('c', 2)")) == [("cc",)]
        with pytest.raises(NameNotFound, match="no function is named passing"):
            session.sql("SELECT passing('a', 2)")
        session.sql("USE default; DROP DATABASE lake; CREATE DATABASE lake")
        with pytest.raises(BigdataError):
            session.sql("SELECT lake.twice('b', 2)")
        assert list(session.sql("SHOW FUNCTIONS LIKE 'lake*'").lines()) == []
