"""The catalog: what comes back is what was kept, a transaction is all or nothing, two processes lose nothing."""

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bigdata.errors import NameNotFound, TableNotFound, UsageError
from bigdata.sql.catalog import FILE, Catalog, Database, Macro
from bigdata.sql.definitions import partition_of, partition_texts, table_of, text_of
from bigdata.sql.partitions import partition_name, partition_spec
from bigdata.sql.tables import NULL_PARTITION, VIEW, Buckets, Column, Constraint, Partition, Storage, Table
from bigdata.sql.types import BIGINT, INT, STRING, HiveType, array, map_of, struct

IDS = (Column("id", INT),)
DAYS = (Column("day", STRING), Column("hour", INT))


@pytest.fixture
def catalog(tmp_path):
    with_tables = Catalog(str(tmp_path / "warehouse"))
    yield with_tables
    with_tables.close()


def put(catalog, name, **changes):
    table = Table("default", name, IDS, location=catalog.location("default", name))
    table = replace(table, **changes)
    catalog.put(table)
    return table


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
kinds = st.recursive(
    st.sampled_from([INT, STRING, BIGINT, HiveType("decimal", (10, 2)), HiveType("varchar", (5,))]),
    lambda inner: st.one_of(
        inner.map(array),
        st.tuples(inner, inner).map(lambda pair: map_of(*pair)),
        st.lists(st.tuples(texts, inner), min_size=1, max_size=3).map(lambda fields: struct(*fields)),
    ),
    max_leaves=4,
)
columns = st.lists(st.builds(Column, texts, kinds, st.none() | texts), max_size=3).map(tuple)
maps = st.dictionaries(texts, texts, max_size=3)
storages = st.builds(Storage, texts, texts, texts, maps)
names = st.lists(texts, max_size=2).map(tuple)
tables = st.builds(
    Table,
    texts,
    texts,
    columns,
    columns,
    storages,
    properties=maps,
    comment=st.none() | texts,
    buckets=st.none() | st.builds(Buckets, names, st.integers(1, 9), st.lists(st.tuples(texts, texts)).map(tuple)),
    skewed=st.none() | st.tuples(names, st.lists(names, max_size=2).map(tuple)),
    constraints=st.lists(st.builds(Constraint, texts, names, texts), max_size=2).map(tuple),
    view=st.none() | texts,
    created=st.integers(0, 2**40),
    temporary=st.booleans(),
)


@given(tables)
@settings(max_examples=60)
def test_a_table_comes_back_as_it_was(table):
    assert table_of(text_of(table)) == table


@given(st.builds(Partition, names, texts, columns, storages, maps, st.integers(0, 2**40)))
def test_a_partition_comes_back_as_it_was(partition):
    assert partition_of(*partition_texts(partition)) == partition


@given(st.lists(texts.filter(bool), min_size=2, max_size=2))
def test_the_name_of_a_partition_has_its_values(values):
    name = partition_name(["a", "b"], values)
    assert name.count("/") == 1
    assert partition_spec(name) == dict(zip("ab", values))


def test_a_catalog_lasts(tmp_path):
    first = Catalog(str(tmp_path))
    table = put(first, "pages", partition_columns=DAYS)
    held = Partition(("2024-01-01", "7"), "/elsewhere", IDS)
    first.put_partitions(table, [held])
    first.create_database(Database("sales", first.location("sales"), "what was sold", {"team": "a"}))
    first.close()
    second = Catalog(str(tmp_path))
    assert list(second.tables("default")) == [table]
    assert second.partitions(table) == [held]
    assert second.database("sales") == Database("sales", str(tmp_path / "sales.db"), "what was sold", {"team": "a"})


def test_nothing_is_made_until_something_is_asked_for(tmp_path):
    Catalog(str(tmp_path / "warehouse"))
    assert not (tmp_path / "warehouse").exists()


def test_the_default_database_is_always_there(catalog):
    assert catalog.databases() == ["default"]
    assert catalog.database("DEFAULT").location == catalog.warehouse
    with pytest.raises(UsageError, match="can't be dropped"):
        catalog.drop_database("default", cascade=True)


def test_where_tables_lie(catalog):
    catalog.create_database(Database("sales", catalog.location("sales")))
    assert catalog.location("default", "Pages") == f"{catalog.warehouse}/pages"
    assert catalog.location("sales", "pages") == f"{catalog.warehouse}/sales.db/pages"


def test_a_missing_table_is_told_with_those_like_it(catalog):
    put(catalog, "page_views")
    with pytest.raises(TableNotFound, match=r"default\.pageviews.* Did you mean page_views\?"):
        catalog.table("default", "PageViews")
    assert catalog.find("default", "nothing") is None


def test_names_are_found_in_any_case(catalog):
    table = put(catalog, "pages")
    assert catalog.table("DEFAULT", "Pages") == table


def test_patterns(catalog):
    for name in ("page_views", "pages", "users"):
        put(catalog, name)
    assert catalog.table_names("default", "page*") == ["page_views", "pages"]
    assert catalog.table_names("default", "p*s|USERS") == ["page_views", "pages", "users"]
    assert catalog.table_names("default", "page") == []


def test_a_failed_transaction_leaves_all_as_it_was(catalog):
    kept = put(catalog, "kept", partition_columns=DAYS)
    done = []

    def fail():
        with catalog.transaction():
            catalog.on_commit(lambda: done.append("commit"))
            catalog.on_rollback(lambda: done.append("first"))
            catalog.on_rollback(lambda: done.append("second"))
            put(catalog, "other")
            with catalog.transaction():
                catalog.put_partitions(kept, [Partition(("a", "1"), "")])
                catalog.drop("default", "kept")
            raise LookupError("late")

    with pytest.raises(LookupError):
        fail()
    assert list(catalog.tables("default")) == [kept]
    assert catalog.partitions(kept) == []
    assert done == ["second", "first"]


def test_what_waits_for_the_commit_happens_once(catalog):
    done = []
    with catalog.transaction():
        with catalog.transaction():
            catalog.on_commit(lambda: done.append("commit"))
        assert done == []
    with catalog.transaction():
        pass
    assert done == ["commit"]


def test_a_temporary_table_hides_one_that_lasts_and_is_gone_with_the_catalog(tmp_path):
    catalog = Catalog(str(tmp_path))
    lasting = put(catalog, "pages")
    hiding = put(catalog, "pages", temporary=True, columns=(Column("other", STRING),))
    assert catalog.table("default", "pages") == hiding
    assert Catalog(str(tmp_path)).table("default", "pages") == lasting
    catalog.drop("default", "pages")
    assert catalog.table("default", "pages") == lasting


def test_macros_are_temporary(tmp_path):
    catalog = Catalog(str(tmp_path))
    macro = Macro("twice", (Column("x", INT),), "x * 2")
    catalog.put_macro(macro)
    assert catalog.macro("TWICE") == macro
    assert Catalog(str(tmp_path)).macros() == []
    catalog.drop_macro("twice")
    assert catalog.macro("twice") is None


def test_partitions_by_some_of_their_values(catalog):
    table = put(catalog, "logs", partition_columns=DAYS)
    held = [Partition((day, hour), "") for day in ("a", "b", NULL_PARTITION) for hour in ("1", "2")]
    catalog.put_partitions(table, held)
    assert catalog.partitions(table, {"hour": "2", "DAY": "b"}) == [held[3]]
    assert len(catalog.partitions(table, {"hour": "1"})) == 3
    catalog.drop_partitions(table, catalog.partitions(table, {"day": NULL_PARTITION}))
    assert catalog.partitions(table) == held[:4]


def test_renaming_takes_the_partitions_along(catalog):
    table = put(catalog, "logs", partition_columns=DAYS)
    held = Partition(("a", "1"), "/there")
    catalog.put_partitions(table, [held])
    put(catalog, "taken")
    with pytest.raises(UsageError, match="taken exists already"):
        catalog.rename(table, "default", "taken")
    renamed = catalog.rename(table, "default", "new")
    assert catalog.partitions(renamed) == [held]
    assert catalog.table_names("default") == ["new", "taken"]


def test_dropping_a_database(catalog):
    catalog.create_database(Database("sales", catalog.location("sales")))
    catalog.put(Table("sales", "orders", IDS, kind=VIEW))
    with pytest.raises(UsageError, match="holds orders"):
        catalog.drop_database("sales")
    catalog.drop_database("sales", cascade=True)
    with pytest.raises(NameNotFound, match="Database not found: sales"):
        catalog.tables("sales").__next__()


def test_a_remote_warehouse_is_refused():
    with pytest.raises(UsageError, match="LOCATION"):
        Catalog("s3://bucket/warehouse")


def test_a_file_that_is_no_catalog_is_told(tmp_path):
    (tmp_path / FILE).write_text("something else, long enough to be no header of a database" * 20)
    with pytest.raises(UsageError, match="can't be read or written"):
        Catalog(str(tmp_path)).databases()


COUNT = """
import sys
from dataclasses import replace
from bigdata.sql.catalog import Catalog
catalog = Catalog(sys.argv[1])
for number in range(50):
    with catalog.transaction():
        table = catalog.table("default", "counted")
        seen = int(table.properties["seen"]) + 1
        catalog.put(replace(table, properties={"seen": str(seen)}))
        catalog.put(replace(table, name=f"made_{sys.argv[2]}_{number}"))
"""


def test_two_processes_at_once_lose_nothing(catalog):
    put(catalog, "counted", properties={"seen": "0"})
    words = [sys.executable, "-c", COUNT, catalog.warehouse]
    processes = [subprocess.Popen([*words, name]) for name in ("a", "b")]
    assert [process.wait(timeout=60) for process in processes] == [0, 0]
    assert catalog.table("default", "counted").properties["seen"] == "100"
    assert len(catalog.table_names("default", "made_*")) == 100
