"""Pairs become the bytes that mrjob's protocols write, and come back from them."""

import json

import mrjob.protocol
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mrjob.protocol import (
    BytesProtocol,
    JSONValueProtocol,
    PickleProtocol,
    RawValueProtocol,
    ReprProtocol,
    StandardJSONProtocol,
    TextProtocol,
    TextValueProtocol,
)

from bigdata import codecs

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
LINE = st.binary().map(lambda data: data.replace(b"\n", b""))
PROTOCOLS = {
    name: protocol
    for name, protocol in vars(mrjob.protocol).items()
    if name.endswith("Protocol")
    and not name.startswith("_")
    and (mrjob.protocol.ujson or not name.startswith("Ultra"))
    and (mrjob.protocol.rapidjson or not name.startswith("Rapid"))
    and (mrjob.protocol.simplejson or not name.startswith("Simple"))
}


def decoded(read, key_bytes, value_bytes):
    key, [value] = codecs.group_decoder(read)(key_bytes, [value_bytes])
    return key, value


@pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=PROTOCOLS)
@settings(max_examples=25)
@given(key=JSON, value=JSON)
def test_pairs_are_the_protocols_lines(protocol, key, value):
    if protocol.__name__.startswith(("Bytes", "Raw", "Text")):
        key, value = repr(key), repr(value)
    if protocol.__name__.startswith("Bytes"):
        key, value = key.encode(), value.encode()
    line = protocol().write(key, value)
    pair = codecs.pair_encoder(protocol().write)(key, value)
    assert codecs.join(*pair) == line
    assert codecs.split(line) == pair
    if not codecs.is_keyless(protocol().read):
        assert codecs.key_encoder(protocol().write)(key) == pair[0]
    assert decoded(protocol().read, *pair) == protocol().read(line)


@pytest.mark.parametrize("protocol", [StandardJSONProtocol, PickleProtocol, ReprProtocol])
@given(key=JSON, values=st.lists(JSON, min_size=1))
def test_a_decoder_reads_value_after_value(protocol, key, values):
    pairs = [codecs.split(protocol().write(key, value)) for value in values]
    key_read, values_read = codecs.group_decoder(protocol().read)(pairs[0][0], (value for _, value in pairs))
    assert key_read == key
    assert next(values_read) == values[0]
    assert list(values_read) == values[1:]


@given(JSON)
@example(True)
@example(-0.0)
@example(10**30)
@example('\ud800 \x7f é 😀 " \\ /')
def test_standard_json_is_the_same_byte_for_byte(value):
    write, read = StandardJSONProtocol().write, StandardJSONProtocol().read
    key_bytes, value_bytes = codecs.pair_encoder(write)(value, value)
    assert key_bytes == value_bytes == json.dumps(value).encode()
    assert repr(decoded(read, key_bytes, value_bytes)) == repr((value, value))


@given(st.binary() | st.text('"\\\x00\x1f\x7f0123a\t ').map(str.encode))
@example(b"")
@example(b"00")
@example(b"007")
@example(b'"')
@example(b'""')
@example(b'"\x00"')
@example(b'"\xc3\xa9"')
@example(b'"\xff"')
@example(b"9" * 5000)
def test_standard_json_reads_and_refuses_as_json_does(data):
    def outcome(read):
        try:
            return repr(read())
        except ValueError:
            return ValueError

    read = StandardJSONProtocol().read
    law = outcome(lambda: json.loads(data.decode("utf-8"), strict=True))
    assert outcome(lambda: decoded(read, data, b"1")[0]) == law
    assert outcome(lambda: decoded(read, b"1", data)[1]) == law


@given(LINE)
def test_split_and_join_are_inverse(line):
    pair = codecs.split(line)
    assert codecs.join(*pair) == line
    assert b"\t" not in pair[0] and (pair[1] is None) == (b"\t" not in line)


@pytest.mark.parametrize(
    "protocol, text, keyless",
    [
        (RawValueProtocol, True, True),
        (TextValueProtocol, True, True),
        (JSONValueProtocol, False, True),
        (TextProtocol, False, False),
        (BytesProtocol, False, False),
        (PickleProtocol, False, False),
    ],
)
def test_what_a_protocol_reads(protocol, text, keyless):
    assert codecs.reads_text_lines(protocol().read) == text
    assert codecs.is_keyless(protocol().read) == keyless


class Shouting(TextValueProtocol):
    def read(self, line):
        return None, super().read(line)[1].upper()


def test_a_protocol_of_ones_own_is_not_taken_for_text():
    assert not codecs.reads_text_lines(Shouting().read)
    assert not codecs.reads_text_lines(lambda line: (None, line.decode()))
    assert not codecs.is_keyless(lambda line: (None, line.decode()))


def test_keys_are_shared_between_equal_protocols_only():
    json_read, json_write = StandardJSONProtocol().read, StandardJSONProtocol().write
    assert codecs.shares_keys(json_read, json_write)([1, "a"]) == b'[1, "a"]'
    assert codecs.shares_keys(json_read, ReprProtocol().write) is None
    assert codecs.shares_keys(json_read, JSONValueProtocol().write) is None
    assert codecs.shares_keys(TextProtocol().read, TextProtocol().write) is None
