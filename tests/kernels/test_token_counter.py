"""TokenCounter counts what the Python mappers of the jobs yield, for any bytes."""

import ctypes
import itertools
import json
import os
import random
import re
import string
import subprocess
import sys
import threading
from collections import Counter

import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bigdata import words
from bigdata.formats import text_lines
from bigdata.kernels import missing, native
from jobs.cooccurrence import neighbours

pytestmark = pytest.mark.skipif(native is None, reason=f"needs the native kernels: {missing}")

WORD = string.ascii_letters + string.digits + "_'"
FORMS = [
    ("each", 1),
    ("ngrams", 1),
    ("ngrams", 2),
    ("ngrams", 3),
    ("ngrams", 4),
    ("ngrams", 5),
    ("ngrams", 9),
    ("pairs", 1),
    ("pairs", 3),
    ("pairs", 1 << 40),
    ("successors", 1),
]
# what goes wrong: cases that change a length or depend on a place, marks, bytes that are no UTF-8, long tokens, borders
PIECES = st.sampled_from(
    [
        *(piece.encode() for piece in "aB'_ \n\r\0-.é²ßİŉΣσςÆ—ﬀⅠ日😀𐐀\u0307\u0345\u0660\u1e9e\u212a\u2028"),
        *(b"the ", b"Fox\n", b"\r\n", b"fifteen_letters", b"Sixteen_letters_", b"x" * 63, b" " * 64, b"A" * 4096),
        *(b"\xe9", b"\xc3", b"\xff\xb2", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\x80"),
    ]
)
BLOCKS = st.one_of(
    st.lists(PIECES, max_size=60).map(b"".join),
    st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(max_size=80),
)


def keys_of(line, form, size):
    tokens = words(line)
    if form == "each":
        return tokens
    if form == "ngrams":
        return [tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1)]
    if form == "pairs":
        return [(word, neighbour) for word, near in neighbours(line, size) for neighbour in near]
    return [pair for word, after in itertools.pairwise(tokens) for pair in ((word, ""), (word, after))]


def wanted(blocks, form, size):
    return Counter(key for block in blocks for line in text_lines(block) for key in keys_of(line, form, size))


def counter_of(*blocks, form="each", size=1, memory=1 << 20):
    counter = native.TokenCounter(WORD, True, form, size, memory)
    for block in blocks:
        counter.update(block)
    return counter


def read(ranges):
    """All lines, of ranges that know their number."""
    return b"".join(ranges.read(number) for number in range(len(ranges)))


def counts(counter):
    batch = pyarrow.record_batch(counter)
    batch.validate(full=True)
    assert batch.schema.names == ["key", "value"] and batch.num_rows == len(counter)
    keys = [tuple(key) if isinstance(key, list) else key for key in batch["key"].to_pylist()]
    result = dict(zip(keys, batch["value"].to_pylist()))
    assert len(result) == len(counter)
    return result


@pytest.mark.parametrize("form, size", FORMS)
@given(st.lists(BLOCKS, max_size=3))
@settings(deadline=None)
def test_keys_are_those_of_the_python_mapper(form, size, blocks):
    assert counts(counter_of(*blocks, form=form, size=size)) == wanted(blocks, form, size)


@pytest.mark.parametrize("form, size", FORMS)
@given(st.lists(BLOCKS, max_size=3), st.lists(BLOCKS, max_size=3))
@settings(deadline=None, max_examples=30)
def test_merging_is_counting_both(form, size, ours, theirs):
    counter, other = counter_of(*ours, form=form, size=size), counter_of(*theirs, form=form, size=size)
    counter.merge(other)
    assert counts(counter) == wanted(ours + theirs, form, size)
    assert counts(other) == wanted(theirs, form, size)


@pytest.mark.parametrize("memory", [1 << 10, 1 << 20])
@pytest.mark.parametrize("form, size", [("ngrams", 1), ("ngrams", 2), ("pairs", 2), ("successors", 1)])
def test_keys_of_early_and_late_tokens_are_all_counted(form, size, memory):
    """Over 512 tokens, some pairs of which come often; a small memory is full many times."""
    draw = random.Random(7)
    texts = [
        "\n".join(" ".join(f"t{int(draw.paretovariate(0.3)) % 2000}" for _ in range(30)) for _ in range(400)).encode()
        for _ in range(2)
    ]
    counted = wanted(texts, form, size)
    counters = [counter_of(text, form=form, size=size, memory=memory) for text in texts]
    lines = "".join(f"{key}\t{count}\n" for key, count in sorted((json.dumps(k), n) for k, n in counted.items()))
    whole, other = (counter_of(text, form=form, size=size, memory=memory) for text in texts)
    whole.merge(other)
    assert counts(whole) == counted
    assert read(native.SortedLines(counters)) == lines.encode()


def test_every_character_is_classified_and_lowered_as_python_does():
    characters = [chr(code) for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000 and code not in (10, 13)]
    blocks = [
        "\n".join(f"{character}A{character} A{character}bΣ" for character in characters[i : i + 10_000]).encode()
        for i in range(0, len(characters), 10_000)
    ]
    assert counts(counter_of(*blocks)) == wanted(blocks, "each", 1)


@given(st.text(st.sampled_from(string.printable.replace("\n", "").replace("\r", "") + "\0\x7f")), BLOCKS)
@settings(deadline=None)
def test_the_characters_of_tokens_are_chosen(ascii, block):
    counter = native.TokenCounter(ascii, False, "each")
    counter.update(block)
    token = re.compile("[" + re.escape(ascii) + "]+" if ascii else "(?!)")
    assert counts(counter) == Counter(found.lower() for line in text_lines(block) for found in token.findall(line))


@pytest.mark.parametrize("length", [1, 15, 16, 17, 63, 64, 65, 1023, 1024, 1025, 4097, 1 << 18, (1 << 18) + 1])
@pytest.mark.parametrize("before", [0, 1, 48, 63, 64])
def test_tokens_across_the_borders_of_what_is_looked_at_together(length, before):
    block = b" " * before + b"X" * length + b" y " + b"z" * length
    assert counts(counter_of(block)) == Counter(["x" * length, "y", "z" * length])


@pytest.mark.parametrize("form, size", FORMS[:9])
@pytest.mark.parametrize("many", ["a×" * 3000, "a " * 3000, "a\n" * 3000, "\n" * 3000, "a×" * 511 + "b " * 3000])
def test_as_many_tokens_as_bytes_can_hold(many, form, size):
    blocks = [f"A {many}b É{many}\n{many}".encode()]
    assert counts(counter_of(*blocks, form=form, size=size)) == wanted(blocks, form, size)


@pytest.mark.parametrize("letter", ["A", "Ä"])
def test_a_token_of_many_megabytes(letter):
    assert counts(counter_of(f"a {letter * 10_000_000} a".encode())) == {"a": 2, letter.lower() * 10_000_000: 1}


def test_lines_of_many_pieces():
    block = b"one two\n" * 100_000 + b"\xe9t\xe9 " * 100_000 + b"\n" + "été\n".encode() * 100_000
    assert counts(counter_of(block)) == {"one": 100_000, "two": 100_000, "été": 200_000}
    assert counts(counter_of(block, form="ngrams", size=2)) == {("one", "two"): 100_000, ("été", "été"): 99_999}


@pytest.mark.parametrize("memory", [0, 1 << 20])
@pytest.mark.parametrize("form, size", FORMS[:9])
def test_many_distinct_keys(form, size, memory):
    blocks = [" ".join(f"w{i * i:x}" + "é" * (i % 97 == 0) for i in range(n, n + 9999)).encode() for n in (0, 5000)]
    counter = counter_of(*blocks, form=form, size=size, memory=memory)
    assert counts(counter) == wanted(blocks, form, size)
    whole = counter_of(form=form, size=size, memory=memory)
    whole.merge(counter)
    assert counts(whole) == counts(counter)
    if form != "ngrams" or size <= 4:
        lines = read(native.SortedLines([whole, counter_of(form=form, size=size)]))
        keys = (line.partition("\t")[0] for line in lines.decode().splitlines())
        assert sorted(map(json.dumps, counts(counter))) == list(keys)


def test_counters_of_several_threads_add_up():
    blocks = [f"The {i % 7} fox été{i % 5}\n".encode() * 1000 for i in range(40)]
    counters = [counter_of() for _ in range(4)]

    def count(number):
        for block in blocks[number::4]:
            counters[number].update(block)

    threads = [threading.Thread(target=count, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for other in counters[1:]:
        counters[0].merge(other)
    assert counts(counters[0]) == wanted(blocks, "each", 1)


def test_any_buffer_is_counted_and_none_is_kept():
    block = bytearray(b"one two")
    counter = counter_of(
        memoryview(block)[4:], block, pyarrow.py_buffer(b"one"), b"", ctypes.create_string_buffer(b"x")
    )
    block.clear()
    assert counts(counter) == {"two": 2, "one": 2, "x": 1}


def test_clear_forgets_and_gives_memory_back():
    counter = counter_of(" ".join(map(str, range(100_000))).encode())
    full = counter.nbytes
    counter.clear()
    assert len(counter) == 0 and counts(counter) == {} and counter.nbytes < full / 10
    counter.update(b"again")
    assert counts(counter) == {"again": 1}


@pytest.mark.parametrize(
    "arguments, words",
    [
        (("a\n", True, "each", 1), "line ends"),
        (("é", True, "each", 1), "ASCII"),
        (("a", True, "all", 1), "form"),
        (("a", True, "pairs", 0), "size"),
        (("a", True, "ngrams", -1), "size"),
    ],
)
def test_arguments_out_of_range_are_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        native.TokenCounter(*arguments)


def test_misuse_is_refused():
    counter = counter_of(b"a")
    with pytest.raises(TypeError):
        counter.update("text")
    with pytest.raises(BufferError):
        counter.update(memoryview(b"abcd")[::2])
    with pytest.raises(ValueError, match="same form and size"):
        counter.merge(counter_of(form="ngrams", size=2))
    with pytest.raises(RuntimeError, match="in use"):
        counter.merge(counter)
    assert counts(counter) == {"a": 1}


def printed(code, **environment):
    """What code prints in a process of its own."""
    words = [sys.executable, "-c", code]
    result = subprocess.run(words, capture_output=True, text=True, timeout=60, env={**os.environ, **environment})
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_control_c_ends_a_long_count():
    code = (
        "import signal, threading\n"
        "from bigdata.kernels import native\n"
        "counter = native.TokenCounter('abcdefghijklmnopqrstuvwxyz', True, 'pairs', 9)\n"
        "block = b'the quick brown fox\\n' * 15_000_000\n"
        "threading.Timer(0.1, signal.raise_signal, [signal.SIGINT]).start()\n"
        "try:\n"
        "    counter.update(block)\n"
        "except KeyboardInterrupt:\n"
        "    print(len(counter))\n"
    )
    assert printed(code) == "12\n"


@pytest.mark.skipif("libasan" in os.environ.get("LD_PRELOAD", ""), reason="AddressSanitizer reserves its memory")
def test_memory_that_runs_out_is_a_memory_error():
    code = (
        "import resource\n"
        "from bigdata.kernels import native\n"
        "counter = native.TokenCounter('abcdefghijklmnopqrstuvwxyz0123456789', True, 'each')\n"
        "counter.update(b'before')\n"
        "block = ' '.join(f'{i:x}' for i in range(1_000_000)).encode()\n"
        "size = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (size + 8_000_000, size + 8_000_000))\n"
        "try:\n"
        "    counter.update(block)\n"
        "except MemoryError:\n"
        "    print(len(counter) > 1)\n"
    )
    assert printed(code) == "True\n"


def test_kernels_can_be_switched_off():
    code = "from bigdata import kernels; print(kernels.native, kernels.missing)"
    assert printed(code, BIGDATA_KERNELS="off") == "None switched off by BIGDATA_KERNELS\n"


@pytest.mark.parametrize("separator", ["", " "])
@pytest.mark.parametrize("form, size", [(form, size) for form, size in FORMS if form != "ngrams" or size <= 4])
@given(st.lists(st.lists(BLOCKS, max_size=2), min_size=1, max_size=4), st.integers(1, 20))
@settings(deadline=None, max_examples=30)
def test_lines_are_those_of_json_in_order(form, size, separator, blocks, rows):
    counters = [counter_of(*some, form=form, size=size) for some in blocks]
    lines = native.SortedLines(counters, separator, size=rows)
    assert [len(counter) for counter in counters] == [0] * len(counters)
    counted = wanted(itertools.chain(*blocks), form, size)
    shown = separator.join if separator and form != "each" else list
    texts = {json.dumps(key if form == "each" else shown(key)): count for key, count in counted.items()}
    assert read(lines) == b"".join(f"{key}\t{count}\n".encode() for key, count in sorted(texts.items()))


@given(st.lists(st.text(st.sampled_from(string.printable.replace("\n", "").replace("\r", "") + "\0\x7f"), min_size=1)))
@settings(deadline=None)
def test_lines_of_tokens_that_json_escapes(texts):
    counter = native.TokenCounter("".join(map(chr, range(128))).translate({10: None, 13: None}), True, "ngrams", 1)
    counter.update("\n".join(texts).encode())
    counted = Counter(json.dumps([text.lower()]) for text in texts)
    assert read(native.SortedLines([counter])).decode() == "".join(
        f"{key}\t{count}\n" for key, count in sorted(counted.items())
    )


@pytest.mark.parametrize("form", ["each", "successors"])
def test_lines_come_in_ranges_and_counts_of_all_counters_are_one_line(form):
    words = [f"w{i * i:x}" for i in range(20_000)]
    texts = [" ".join(some).encode() for some in (words[:15_000], words[5_000:])]
    lines = native.SortedLines([counter_of(text, form=form) for text in texts], size=1000)
    assert 20 <= len(lines) <= 70
    assert all(450 <= bytes(lines.read(number)).count(b"\n") <= 1500 for number in range(len(lines) - 1))
    counted = wanted(texts, form, 1)
    keys = {json.dumps(list(key) if isinstance(key, tuple) else key): count for key, count in counted.items()}
    assert read(lines) == "".join(f"{key}\t{keys[key]}\n" for key in sorted(keys)).encode()
    with pytest.raises(IndexError, match="no such range"):
        lines.read(len(lines))


def test_lines_are_refused_of_other_counters():
    two, three, five = (counter_of(form="ngrams", size=size) for size in (2, 3, 5))
    with pytest.raises(ValueError, match="of one form and size"):
        native.SortedLines([two, three])
    with pytest.raises(ValueError, match="at most 4 tokens"):
        native.SortedLines([five])
    with pytest.raises(ValueError, match="one at least"):
        native.SortedLines([])
    with pytest.raises(RuntimeError, match="in use"):
        native.SortedLines([two, two])
    with pytest.raises(ValueError, match="size: expected at least 1"):
        native.SortedLines([two], size=0)
