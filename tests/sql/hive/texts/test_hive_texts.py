"""Functions of texts agree with Hive's own classes, which PySpark brings along, asked at random.

PySpark has those of Hive 2.3; functions that 3.1 changed are left out: mask_hash, and masks of the number 0.
"""

import random
import shutil
import subprocess
from base64 import b64decode, b64encode
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest

from bigdata.sql.hive import library
from bigdata.sql.hive.functions import functions
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.types import BIGINT, DOUBLE, INT, STRING, literal

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        find_spec("pyspark") is None or shutil.which("java") is None, reason="Hive's classes need pyspark and Java"
    ),
]
PROGRAM = Path(__file__).parents[2] / "java" / "Texts.java"
TYPES = {"s": STRING, "i": INT, "l": BIGINT, "d": DOUBLE}
CHARACTERS = [*"abcAZ éß日.,-_%1'", "\t", "\\", "\n"]


def text(generator, longest=7):
    return "".join(generator.choices(CHARACTERS, k=generator.randint(0, longest)))


def part(generator):
    return text(generator, 2)


def small(generator):
    return generator.randint(-4, 7)


def size(generator):
    return generator.randint(0, 9)


def large(generator):
    return generator.choice([generator.randint(-99, 99), generator.getrandbits(63), -generator.getrandbits(63)])


def real(generator):
    return generator.choice([generator.gauss(0, 1), generator.gauss(0, 1e6), 0.125, 2.5, -0.001])


def pattern(generator):
    return part(generator) + generator.choice(["%", "_", "\\%", "\\_", ""]) + part(generator) + generator.choice("%_")


def json(generator, depth=3):
    if depth == 0 or generator.random() < 0.3:
        return generator.choice(
            ["1", "2.50", "1e3", '"x"', '"\\u00e9\\n"', '"\\q"', "true", "null", "[]", "{}", "-0.25"]
        )
    below = [json(generator, depth - 1) for _ in range(generator.randint(0, 3))]
    if generator.random() < 0.5:
        return f"[{', '.join(below)}]"
    return "{" + ",".join(f'"{generator.choice(["a", "b", "c d", "e:f"])}": {each}' for each in below) + "}"


def path(generator):
    steps = [".a", ".b", ".c d", ".e:f", "[0]", "[1]", "[*]", ".", ".*"]
    return "$" + "".join(generator.choices(steps, k=generator.randint(0, 4)))


def digits(generator):
    return "".join(generator.choices("abcdefABCDEF0123456789xg", k=generator.randint(0, 4)))


def letter(generator):
    return generator.choice("XxN#é")


#: functions, Hive's class of each, and what makes its arguments: letters of types, and functions
QUESTIONS = {
    "ascii": ("UDFAscii", "s", text),
    "bin": ("UDFBin", "l", large),
    "concat": ("generic.GenericUDFConcat", "sls", text, large, text),
    "crc32": ("UDFCrc32", "s", text),
    "elt": ("generic.GenericUDFElt", "iss", small, text, text),
    "field": ("generic.GenericUDFField", "sss", part, part, part),
    "find_in_set": ("UDFFindInSet", "ss", part, text),
    "format_number": ("generic.GenericUDFFormatNumber", "di", real, size),
    "get_json_object": ("UDFJson", "ss", json, path),
    "hash": ("generic.GenericUDFHash", "sild", text, small, large, real),
    "hex": ("UDFHex", "l", large),
    "initcap": ("generic.GenericUDFInitCap", "s", text),
    "instr": ("generic.GenericUDFInstr", "ss", text, part),
    "levenshtein": ("generic.GenericUDFLevenshtein", "ss", text, text),
    "like": ("UDFLike", "ss", text, pattern),
    "locate": ("generic.GenericUDFLocate", "ssi", part, text, small),
    "lower": ("generic.GenericUDFLower", "s", text),
    "lpad": ("generic.GenericUDFLpad", "sis", text, size, part),
    "ltrim": ("generic.GenericUDFLTrim", "s", text),
    "mask": ("generic.GenericUDFMask", "ssss", text, letter, letter, letter),
    "mask_first_n": ("generic.GenericUDFMaskFirstN", "si", text, small),
    "mask_last_n": ("generic.GenericUDFMaskLastN", "si", text, small),
    "mask_show_first_n": ("generic.GenericUDFMaskShowFirstN", "si", text, small),
    "mask_show_last_n": ("generic.GenericUDFMaskShowLastN", "si", text, small),
    "md5": ("UDFMd5", "s", text),
    "printf": ("generic.GenericUDFPrintf", "sild", lambda _: "%d %x %.3f", small, large, real),
    "regexp_extract": ("UDFRegExpExtract", "ssi", text, lambda _: "([a-c]+)|(.)", lambda r: r.randint(0, 2)),
    "regexp_replace": ("UDFRegExpReplace", "sss", text, lambda _: "[^a-c]*", lambda _: "<$0>"),
    "repeat": ("UDFRepeat", "si", text, small),
    "replace": ("UDFReplace", "sss", text, part, part),
    "reverse": ("UDFReverse", "s", text),
    "rpad": ("generic.GenericUDFRpad", "sis", text, size, part),
    "sha2": ("generic.GenericUDFSha2", "si", text, lambda r: r.choice([0, 224, 256, 384, 512, 1])),
    "soundex": ("generic.GenericUDFSoundex", "s", text),
    "substr": ("UDFSubstr", "sii", text, small, small),
    "substring_index": ("generic.GenericUDFSubstringIndex", "ssi", text, part, small),
    "translate": ("generic.GenericUDFTranslate", "sss", text, part, part),
    "trim": ("generic.GenericUDFTrim", "s", text),
    "upper": ("generic.GenericUDFUpper", "s", text),
    "xpath_string": ("xml.UDFXPathString", "ss", lambda r: f"<a>{part(r).strip('_%')}<b/></a>", lambda _: "a"),
}


def ask(questions):
    """Hive's answers."""
    encoded = (
        "\t".join([kind, *(letter + b64encode(str(value).encode()).decode() for letter, value in zip(letters, values))])
        for kind, letters, values in questions
    )
    jars = Path(find_spec("pyspark").origin).parent / "jars" / "*"
    done = subprocess.run(
        ["java", "-cp", jars, PROGRAM],
        input="\n".join(encoded),
        capture_output=True,
        text=True,
        check=True,
    )
    return [b64decode(line).decode() for line in done.stdout.split("\n")[: len(questions)]]


def sql(value, letter):
    if letter == "s":
        return Typed(literal(value), STRING, value)
    return Typed(f"({value})::{TYPES[letter].duckdb}", TYPES[letter], value)


def test_functions_of_texts():
    generator = random.Random(31)
    questions = [
        (name, kind, letters, [make(generator) for make in makers])
        for name, (kind, letters, *makers) in QUESTIONS.items()
        for _ in range(150)
    ]
    answers = ask([question[1:] for question in questions])
    connection, known, wrong = duckdb.connect(), set(), []
    for (name, _, letters, values), java in zip(questions, answers):
        arguments = [sql(value, letter) for value, letter in zip(values, letters)]
        made = next(filter(None, (rule.apply(arguments) for rule in functions()[name])))
        library.define(connection, made.sql, known)
        [[found]] = connection.execute(f"SELECT {made}").fetchall()
        shown = str(found).lower() if isinstance(found, bool) else "null" if found is None else str(found)
        if shown != java:
            wrong.append((name, values, java, shown))
    assert not wrong
