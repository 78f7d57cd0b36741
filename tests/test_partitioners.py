"""A key goes to the reducer that Hadoop sends it to."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bigdata.engines.spills import java_hashes
from bigdata.errors import UnsupportedPlan
from bigdata.partitioners import HASH, KEY_FIELD, java_hash, partitioner

from .cluster import hadoop

OPTIONS = "mapreduce.partition.keypartitioner.options"
SEPARATOR = "mapreduce.map.output.key.field.separator"
MOST = 2**31 - 1


@pytest.mark.parametrize(
    "data, expected",
    [
        (b"", 1),
        (b"a", 31 + 97),
        (b"ab", 31 * (31 + 97) + 98),
        (b"\x7f", 31 + 127),
        (b"\x80", 31 - 128),
        (b"\xff", 31 - 1),
        ("é".encode(), 31 * (31 - 61) - 87),
        (b"\x00\x00", 31 * 31),
        (b"aaaaaa", ((((((31 + 97) * 31 + 97) * 31 + 97) * 31 + 97) * 31 + 97) * 31 + 97) - 2**32),
    ],
)
def test_hash_worked_out_by_hand(data, expected):
    assert java_hash(data) == expected


@pytest.mark.parametrize(
    "text, expected",
    [("", 0), ("hello", 99162322), ("Aa", 2112), ("BB", 2112), ("polygenelubricants", -(2**31)), ("é", 233)],
)
def test_without_options_keys_go_by_javas_published_string_hashes(text, expected):
    assert partitioner(KEY_FIELD, {})(text.encode()) & MOST == expected & MOST
    if text.isascii():
        assert java_hash(text.encode(), seed=0) == expected


@given(st.lists(st.binary(max_size=40)))
def test_hashes_of_many_keys_are_those_of_each(keys):
    assert java_hashes(keys) == [java_hash(key) for key in keys]


@pytest.mark.parametrize(
    "options, hashed",
    [
        ("-k1,1", [b"ab"]),
        ("-k2,2", [b"cd"]),
        ("-k2", [b"cd.ef"]),
        ("-k1,2", [b"ab.cd"]),
        ("-k1,1 -k3,3", [b"ab", b"ef"]),
        ("-k2,2nr", [b"cd"]),
        ("-k4", []),
        ("-k2,9", [b"cd.ef"]),
    ],
)
def test_fields_of_a_key(options, hashed):
    expected = 0
    for piece in hashed:
        expected = java_hash(piece, seed=expected)
    assert partitioner(KEY_FIELD, {OPTIONS: options, SEPARATOR: "."})(b"ab.cd.ef") == expected


def test_old_names_and_the_default_separator():
    old = {"mapred.text.key.partitioner.options": "-k2,2", "map.output.key.field.separator": ","}
    assert partitioner(KEY_FIELD, old)(b"a,b") == java_hash(b"b", seed=0)
    assert partitioner(KEY_FIELD, {OPTIONS: "-k2,2"})(b"a\tb") == java_hash(b"b", seed=0)


@pytest.mark.parametrize("name", [None, HASH, "org.apache.hadoop.mapreduce.lib.partition.HashPartitioner"])
def test_hash_partitioner_by_its_names(name):
    assert partitioner(name, {OPTIONS: "-k1,1"}) is java_hash


@pytest.mark.parametrize(
    "name, jobconf, named",
    [
        ("org.example.Mine", {}, "org.example.Mine"),
        (KEY_FIELD, {OPTIONS: "-k1.2,1.3"}, "-k1.2,1.3"),
        (KEY_FIELD, {OPTIONS: "-n"}, "-n"),
        (KEY_FIELD, {OPTIONS: "-k1", SEPARATOR: "::"}, "::"),
        (KEY_FIELD, {OPTIONS: "-k1", SEPARATOR: "é"}, "é"),
    ],
)
def test_what_only_hadoop_can_do_is_refused_by_name(name, jobconf, named):
    with pytest.raises(UnsupportedPlan, match=named):
        partitioner(name, jobconf)


def random_keys(chance, count):
    for _ in range(count):
        text = "".join(chance.choices("ab.,\t_é中😀\u2028\uffff\0", k=chance.randrange(12))).encode()
        # Java reads a surrogate that is cut short (0xED, then one byte) as one character less than Python
        noise = chance.randbytes(chance.randrange(6)).replace(b"\xed", b"")
        yield chance.choice([text, noise, text + noise, text[: len(text) // 2]])


@pytest.fixture(scope="module")
def jvm():
    """A JVM with Hadoop's classes, which come with pyspark."""
    from pyspark.java_gateway import launch_gateway

    gateway = launch_gateway()
    yield gateway.jvm
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()


@pytest.mark.slow
@pytest.mark.skipif(hadoop.missing() is not None, reason=str(hadoop.missing()))
@pytest.mark.parametrize(
    "name, options",
    [
        (HASH, None),
        *((KEY_FIELD, options) for options in (None, "-k1,1", "-k1", "-k2", "-k2,2", "-k1,2", "-k3", "-k1,1 -k3,3")),
        (KEY_FIELD, "-k2,3 -k1,1"),
        (KEY_FIELD, "-k2nr"),
    ],
)
@pytest.mark.parametrize("separator", [None, "."])
def test_keys_go_where_hadoop_puts_them(jvm, name, options, separator):
    jobconf = {key: value for key, value in ((OPTIONS, options), (SEPARATOR, separator)) if value}
    conf = jvm.org.apache.hadoop.mapred.JobConf(False)
    for key, value in jobconf.items():
        conf.set(key, value)
    java_class = jvm.java.lang.Class.forName(name)
    java_partitioner = jvm.org.apache.hadoop.util.ReflectionUtils.newInstance(java_class, conf)
    for key in random_keys(random.Random(1), 200):
        place = java_partitioner.getPartition(jvm.org.apache.hadoop.io.Text(key), None, MOST)
        assert (partitioner(name, jobconf)(key) & MOST) % MOST == place, key
