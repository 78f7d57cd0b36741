"""What stands for Java's class library answers as Java does, asked at random."""

import math
import random
import re
import shutil
import struct
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

import pytest

from bigdata import UsageError
from bigdata.sql.hive import xpath
from bigdata.sql.hive.functions.documents import parse_url
from bigdata.sql.hive.functions.patterns import regexp_replace, split
from bigdata.sql.hive.java import decimals, floating, formatter
from bigdata.sql.hive.java.regex import compiled
from bigdata.sql.hive.java.sentences import sentences

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("java") is None, reason="no java"),
]
ANSWERS = Path(__file__).parent / "java" / "Answers.java"
REFUSED = "refused"


def ask(kind, questions):
    """Java's answers to questions of a kind."""
    encoded = ("\t".join([kind, *(b64encode(part.encode()).decode() for part in each)]) for each in questions)
    done = subprocess.run(["java", ANSWERS], input="\n".join(encoded), capture_output=True, text=True, check=True)
    return [b64decode(line).decode() for line in done.stdout.split("\n")[: len(questions)]]


def made(generator, *choices):
    """A choice from each, one after the other; a choice may be empty."""
    return "".join(generator.choice(each) for each in choices)


def wrong(questions, answers, own):
    """The questions that are answered otherwise."""
    return [(each, java, own(*each)) for each, java in zip(questions, answers) if own(*each) not in (java, None)]


ATOMS = [
    *"abcéAB1- ._",
    *(r"\.", r"\n", r"\x41", r"\u00e9", r"\s", r"\S", r"\d", r"\D", r"\w", r"\W", r"\h", r"\R", r"\Qa.\E"),
    *("[a-c]", "[^a]", r"[\w&&[^b]]", "[a-c[x]]", r"[^\d\s]", "[]a]", "[.-]", r"\p{Alpha}", r"\p{L}", r"\P{Lu}"),
    *("[a-z&&[def]&&[^e]]", r"[\p{Punct}a]", r"[a\]b]", "(?:a|b)", "(a|b)", "(?<n>a+)", "(b)", "(?>a*)", "(?i:A)"),
    *("(?=a)", "(?!a)", "(?<=a)", "(?<!b)", "(?<=a|bc)", "^", "$", r"\b", r"\B", r"\A", r"\z", r"\Z", "|"),
    *("(?i)", "(?s)", "(?m)", "(?x) a b "),
]
QUANTIFIERS = ["", "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "a++", "b?+"]


def regex(pattern, text):
    try:
        read = compiled(pattern)
        found = "".join(
            "".join("~" if group is None else f"<{group}>" for group in (match[0], *match.groups()))
            for match in read.matches(text)
        )
        return f"{found}[{', '.join(split(text, pattern))}]{regexp_replace(text, pattern, '[$0]')}"
    except UsageError:
        return REFUSED


def test_patterns_match_what_java_matches():
    generator = random.Random(11)
    questions = []
    for _ in range(3000):
        pattern = "".join(
            atom
            + ("" if atom in ("|", "^", "$") or atom[:2] in ("\\b", "\\B", "(?") else generator.choice(QUANTIFIERS))
            for atom in generator.choices(ATOMS, k=generator.randint(1, 5))
        )
        for _ in range(3):
            questions.append(
                (pattern, "".join(generator.choices([*"abcéAB1- \n._x", "\r\n"], k=generator.randint(0, 6))))
            )
    assert not wrong(questions, ask("regex", questions), regex)


def test_numbers_are_formatted_as_java_formats_them():
    generator = random.Random(12)
    numbers = [0, 0.125, -0.001, 1.005, 12332.123456, 2.5, 1e20, 1e-10, math.nan, math.inf, 99999.95, 0.00001]
    numbers = [repr(number) for number in [*numbers, *(generator.gauss(0, 10**power) for power in range(-6, 12))]]
    java = {"nan": "NaN", "inf": "Infinity"}
    patterns = ["#,##0.00", "#.##", "000.0", "$#,##0.0;(#)", "0%", "'a'#", "#.00", ".00", "#", "00,000", "0.0###"]
    patterns += ["0.###E0", "##0.##E0", "00.0E00", "#.##E0", "##E0", "#0.0E0", "0.E0", ".00E0", "#E0", "0.0E0;(0.0E0)"]
    questions = [(pattern, java.get(number, number)) for pattern in patterns for number in numbers]
    own = {name: number for number, name in java.items()}
    assert not wrong(
        questions,
        ask("decimal", questions),
        lambda form, number: decimals.formatted(float(own.get(number, number)), form),
    )
    forms = ["%f", "%.2f", "%10.3f|", "%-10.1f|", "%e", "%.3e", "%g", "%.3g", "%010.2f", "%+,.2f", "%(.1f", "% f", "%E"]
    questions = [(form, java.get(number, number)) for form in forms for number in numbers]
    assert not wrong(
        questions, ask("real", questions), lambda form, number: formatter.formatted(form, ["double"], [number])
    )
    forms = ["%d", "%5d|", "%-5d|", "%05d", "%+d", "%,d", "%x", "%X", "%o", "%#x", "%(d", "% d", "%08x", "%s", "%b"]
    questions = [(form, str(number)) for form in forms for number in (0, 5, -5, 1234567, -(2**31), 2**31 - 1)]
    assert not wrong(
        questions, ask("whole", questions), lambda form, number: formatter.formatted(form, ["int"], [number])
    )


def java_release():
    said = subprocess.run(["java", "-version"], capture_output=True, text=True, check=True).stderr
    return int(re.search(r'version "(?:1\.)?(\d+)', said)[1])


@pytest.mark.parametrize("single", [False, True])
def test_floating_numbers_have_java_s_digits(single):
    if java_release() > 18:
        pytest.skip("Java 19 has the fewest digits instead")
    generator = random.Random(16)
    size = 31 if single else 63
    codes = [generator.getrandbits(size) for _ in range(20000)]
    near = (10 ** generator.uniform(-12, 22) for _ in range(20000))
    powers = (2.0**power for power in (range(-149, 128) if single else range(-1074, 1024)))
    forms = (">i", ">f") if single else (">q", ">d")
    codes += [struct.unpack(forms[0], struct.pack(forms[1], number))[0] for number in (*near, *powers)]
    numbers = [struct.unpack(forms[1], struct.pack(forms[0], code))[0] for code in codes]
    pairs = [(str(code), number) for code, number in zip(codes, numbers) if math.isfinite(number) and number]
    answers = ask("shown single" if single else "shown", [(code,) for code, _ in pairs])
    own = [floating.text(number, single) for _, number in pairs]
    assert [each for each in zip(pairs, answers, own) if each[1] != each[2]] == []


def test_sentences_end_where_java_ends_them():
    generator = random.Random(13)
    words = [
        "Hello",
        "there",
        "I",
        "am",
        "a",
        "UDF",
        "3.14",
        "1,000",
        "don't",
        "e-mail",
        "x_y",
        "val_0",
        "a\u203fb",
        "_z",
        "e\u0301t\u00e9",
        "1\u0301",
        "a\u00adb",
        "1&2",
        "5%",
        "2nd",
        "日本",
    ]
    ends = ["", "", "", ",", ";", ".", ". ", "!", "?", "...", '."', ")", ".\n"]
    questions = [
        (" ".join(generator.choice(words) + generator.choice(ends) for _ in range(generator.randint(0, 9))),)
        for _ in range(3000)
    ]
    own = wrong(
        questions,
        ask("sentences", questions),
        lambda text: "".join("".join(f"<{word}>" for word in each) + "|" for each in sentences(text)),
    )
    assert not own


def test_urls_have_java_s_parts():
    generator = random.Random(14)
    questions = [
        (
            made(
                generator,
                ["http", "https", "ftp", "HTTP", "foo", "mailto", "file", ""],
                [":", "://", ":/", ":///", ""],
                ["", "u@", "u:p@", "a@b@"],
                ["h", "facebook.com", "[::1]", "[::1", "1.2.3.4", "h_x", "", ":"],
                ["", ":80", ":", ":x", ":-1", ":99999999999"],
                ["", "/", "/p/q.php", "/a b", "p"],
                ["", "?", "?a=1", "?a?b"],
                ["", "#", "#r", "#r?x"],
            ),
        )
        for _ in range(3000)
    ]
    names = ("HOST", "PATH", "QUERY", "REF", "PROTOCOL", "FILE", "AUTHORITY", "USERINFO")

    def own(url):
        parts = [parse_url(url, name) for name in names]
        return REFUSED if parts[4] is None else "|".join("null" if part is None else part for part in parts)

    assert not wrong(questions, ask("url", questions), own)


XML = """<r id='1'><!--hi--><x k='v'>é</x><?pi data?><y lang='en'><z>1</z><z>-2.5</z><z/></y>tail<x>2</x></r>"""
STEPS = ["r", "x", "y", "z", "*", "@k", "@*", "text()", "node()", "comment()", "..", ".", "ancestor::*", "self::z"]
STEPS += ["following-sibling::*", "preceding-sibling::node()", "descendant::z", "following::*", "preceding::*"]
PREDICATES = ["", "", "", "[1]", "[last()]", "[2]", "[.>0]", "[@k]", "[position()<3]", "[not(z)]", "[text()='1']"]
CALLS = ["{}", "{}", "count({})", "sum({})", "string({})", "name({})", "{} = 1", "{} > 1 or {} < 0", "not({})"]
CALLS += [
    "string-length({})",
    "substring('12345', count({}), 2)",
    "concat({}, '-', {})",
    "number({}) * 2 - 1",
    "{} | {}",
]
CALLS += ["contains({}, 't')", "round(sum({}) div 2)", "{} mod 2", "normalize-space({})", "translate({}, 'tail', 'TA')"]


def test_paths_find_what_java_finds():
    generator = random.Random(15)

    def path():
        steps = [made(generator, STEPS, PREDICATES) for _ in range(generator.randint(1, 3))]
        return made(generator, ["", "/", "//", "/r/"]) + generator.choice(["/", "//"]).join(steps)

    questions = []
    for _ in range(2000):
        call = generator.choice(CALLS)
        questions.append((XML, call.format(*(path() for _ in range(call.count("{}"))))))

    def own(xml, expression):
        try:
            value = xpath.evaluate(xml, expression)
        except xpath.InvalidPath:
            return REFUSED
        number = xpath.number(value)
        shown = "NaN" if math.isnan(number) else repr(number).replace("inf", "Infinity")
        return f"{xpath.text(value)}|{shown}|{str(xpath.truth(value)).lower()}"

    assert not wrong(questions, ask("xpath", questions), own)
