r"""The reader of Java's regular expressions: text to the tree of :mod:`.regex_tree`.

It goes through the pattern once, with the flags that hold at its place: ``i``, ``u``, ``s``, ``m`` and ``x``.
"""

from __future__ import annotations

import re
from typing import NoReturn

from bigdata.errors import UsageError
from bigdata.sql.hive.java import charsets
from bigdata.sql.hive.java.charsets import Ranges
from bigdata.sql.hive.java.regex_tree import Anchor, Back, Chars, Choice, Group, Node, Repeat, Sequence

_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "a": "\a", "e": "\x1b"}
_OPENING = re.compile(r"\(\?(<[A-Za-z][A-Za-z0-9]*>|<=|<!|[:>=!])")
_FLAGS = re.compile(r"\(\?([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])")
_COUNTS = re.compile(r"\{(\d+)(,(\d*))?\}")
_CODES = (
    re.compile(r"x([0-9a-fA-F]{2})"),
    re.compile(r"x\{([0-9a-fA-F]+)\}"),
    re.compile(r"u([0-9a-fA-F]{4})"),
)
_OCTAL = re.compile(r"0([0-3]?[0-7]{1,2})")
_PROPERTY = re.compile(r"[pP](?:\{([^}]*)\}|(.))")


class Parser:
    """Reads one pattern."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.flags: frozenset[str] = frozenset()
        self.groups = 0
        self.names: dict[str, int] = {}

    def tree(self) -> Node:
        """The tree of the whole pattern.

        :raises UsageError: for what is no pattern of Java, or isn't supported
        """
        tree = self._choice()
        if self.place < len(self.text):
            self._fail("it closes a group that isn't open")
        return tree

    def _fail(self, why: str) -> NoReturn:
        raise UsageError(f"{self.text!r} is no pattern that can be run: {why}, at character {self.place + 1}.")

    def _choice(self) -> Node:
        branches = [self._sequence()]
        while self._took("|"):
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _sequence(self) -> Node:
        items: list[Node] = []
        while True:
            self._skip_comments()
            if self.place == len(self.text) or self.text[self.place] in "|)":
                return items[0] if len(items) == 1 else Sequence(tuple(items))
            if self._took("\\Q"):
                items += [self._chars(charsets.ranges(char)) for char in self._quoted()]
                if items:
                    items[-1] = self._quantified(items[-1])
                continue
            item = self._item()
            if item is not None:
                items.append(self._quantified(item))

    def _took(self, text: str) -> bool:
        if self.text.startswith(text, self.place):
            self.place += len(text)
            return True
        return False

    def _skip_comments(self) -> None:
        while "x" in self.flags and self.place < len(self.text):
            if self.text[self.place] == "#":
                end = self.text.find("\n", self.place)
                self.place = len(self.text) if end < 0 else end + 1
            elif self.text[self.place] in " \t\n\v\f\r":
                self.place += 1
            else:
                return

    def _quoted(self) -> str:
        end = self.text.find("\\E", self.place)
        end = len(self.text) if end < 0 else end
        quoted = self.text[self.place : end]
        self.place = min(end + 2, len(self.text))
        return quoted

    def _chars(self, chars: Ranges) -> Chars:
        return Chars(charsets.both_cases(chars, "u" in self.flags) if "i" in self.flags else chars)

    def _item(self) -> Node | None:
        """What comes next, without its quantifier; ``None`` for what only sets flags or says nothing."""
        char = self.text[self.place]
        if char == "(":
            return self._parentheses()
        self.place += 1
        if char == "[":
            return Chars(self._class())
        if char == ".":
            return Chars(charsets.ALL if "s" in self.flags else charsets.negate(charsets.LINE_ENDS))
        if char == "^":
            return Anchor("^" if "m" in self.flags else "A")
        if char == "$":
            return Anchor("$" if "m" in self.flags else "Z")
        if char == "\\":
            return self._escape()
        if char in "*+?{":
            self.place -= 1
            self._fail(f"nothing stands before {char!r}")
        return self._chars(charsets.ranges(char))

    def _quantified(self, item: Node) -> Node:
        self._skip_comments()
        counts = _COUNTS.match(self.text, self.place)
        if counts:
            least = int(counts[1])
            most = least if counts[2] is None else int(counts[3]) if counts[3] else None
            self.place = counts.end()
            if most is not None and most < least:
                self._fail("the second count is less than the first")
        elif self.place < len(self.text) and self.text[self.place] in "*+?":
            least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[self.text[self.place]]
            self.place += 1
        else:
            return item
        mode = "?" if self._took("?") else "+" if self._took("+") else ""
        return Repeat(item, least, most, mode)

    def _parentheses(self) -> Node | None:
        opening = _OPENING.match(self.text, self.place)
        flags = None if opening else _FLAGS.match(self.text, self.place)
        outside = self.flags
        if flags:
            self._set_flags(flags[1], flags[2] or "")
            self.place = flags.end()
            if flags[3] == ")":
                return None
            kind = "(?:"
        elif opening:
            self.place = opening.end()
            kind = opening[0]
        else:
            self.place += 1
            if self._took("?"):
                self._fail("a group of an unknown kind begins")
            kind = "("
        if kind.endswith(">") and kind != "(?>":
            if kind[3:-1] in self.names:
                self._fail(f"a second group is named {kind[3:-1]!r}")
            self.names[kind[3:-1]] = self.groups + 1
            kind = "("
        self.groups += kind == "("
        body = self._choice()
        if not self._took(")"):
            self._fail("a group isn't closed")
        self.flags = outside
        return Group(kind, body)

    def _set_flags(self, on: str, off: str) -> None:
        unknown = set(on + off) - set("iusmx")
        if unknown:
            self._fail(f"the flag {sorted(unknown)[0]!r} isn't supported")
        self.flags = (self.flags | set(on)) - set(off)

    def _escape(self) -> Node:
        """What a backslash begins, outside of a class."""
        if self.place == len(self.text):
            self._fail("a character must follow the last backslash")
        char = self.text[self.place]
        if char in "AzZbB":
            self.place += 1
            return Anchor(char)
        if char == "R":
            self.place += 1
            return Group("(?>", Choice((Sequence((_one("\r"), _one("\n"))), Chars(charsets.PREDEFINED["v"]))))
        if char == "k" and (named := re.compile(r"k<(\w+)>").match(self.text, self.place)):
            if named[1] not in self.names:
                self._fail(f"there is no group {named[1]!r}")
            self.place = named.end()
            return self._back(self.names[named[1]])
        if char in "123456789":
            number = int(char)
            self.place += 1
            while self.place < len(self.text) and self.text[self.place].isdigit():
                longer = number * 10 + int(self.text[self.place])
                if longer > self.groups:
                    break
                number = longer
                self.place += 1
            return self._back(number)
        return Chars(self._escaped_set()[0]) if char in "dDwWsShHvVpP" else self._chars(self._escaped_set()[0])

    def _back(self, number: int) -> Node:
        if number > self.groups:
            return Chars(())  # a group that has not matched is found nowhere
        if "i" in self.flags:
            self._fail("a reference back that ignores case isn't supported")
        return Back(number)

    def _escaped_set(self) -> tuple[Ranges, bool]:
        """The characters that an escape stands for, and whether it is but one."""
        char = self.text[self.place]
        if char.lower() in charsets.PREDEFINED:
            self.place += 1
            chars = charsets.PREDEFINED[char.lower()]
            return (chars if char.islower() else charsets.negate(chars)), False
        if char in "pP" and (found := _PROPERTY.match(self.text, self.place)):
            name = found[1] or found[2]
            named = charsets.named(name.removeprefix("^"))
            if named is None:
                self._fail(f"the class \\p{{{name}}} isn't supported")
            self.place = found.end()
            return (named if (char == "p") != name.startswith("^") else charsets.negate(named)), False
        return charsets.ranges(self._escaped_char()), True

    def _escaped_char(self) -> str:
        char = self.text[self.place]
        for form in _CODES:
            if found := form.match(self.text, self.place):
                self.place = found.end()
                return self._with_low_surrogate(int(found[1], 16))
        if found := _OCTAL.match(self.text, self.place):
            self.place = found.end()
            return chr(int(found[1], 8))
        if char == "c" and self.place + 1 < len(self.text):
            self.place += 2
            return chr(ord(self.text[self.place - 1]) ^ 64)
        if char.isascii() and char.isalpha() and char not in _CONTROLS:
            self._fail(f"\\{char} isn't supported")
        self.place += 1
        return _CONTROLS.get(char, char)

    def _with_low_surrogate(self, code: int) -> str:
        """A character beyond the first 65,536 is written as two escapes."""
        low = re.compile(r"\\u([dD][c-fC-F][0-9a-fA-F]{2})").match(self.text, self.place)
        if low and 0xD800 <= code < 0xDC00:
            self.place = low.end()
            return chr(0x10000 + ((code - 0xD800) << 10) + int(low[1], 16) - 0xDC00)
        return chr(code)

    def _class(self) -> Ranges:
        """The characters of a class whose ``[`` has been read."""
        negated = self._took("^")
        whole: Ranges | None = None
        part: Ranges = ()
        first = True
        while first or not self._took("]"):
            self._skip_comments()
            if self.place == len(self.text):
                self._fail("a class isn't closed")
            if self._took("&&"):
                whole = part if whole is None else charsets.intersect(whole, part)
                part, first = (), False
                continue
            part = charsets.union(part, self._class_item())
            first = False
        whole = part if whole is None else charsets.intersect(whole, part)
        return charsets.negate(whole) if negated else whole

    def _class_item(self) -> Ranges:
        """A class within the class, a set, a range or a character."""
        if self._took("["):
            return self._class()
        if self._took("\\Q"):
            return self._chars(charsets.union(*map(charsets.ranges, self._quoted()))).set
        low, one = self._class_char()
        if not one:
            return low
        rest = self.text[self.place : self.place + 2]
        if rest[:1] == "-" and rest[1:] not in ("", "]", "["):
            self.place += 1
            high, one = self._class_char()
            if not one or high[0][0] < low[0][0]:
                self._fail("a range isn't one")
            low = ((low[0][0], high[0][0]),)
        return self._chars(low).set

    def _class_char(self) -> tuple[Ranges, bool]:
        char = self.text[self.place]
        self.place += 1
        if char == "\\":
            if self.place == len(self.text):
                self._fail("a character must follow the last backslash")
            return self._escaped_set()
        return charsets.ranges(char), True


def _one(char: str) -> Chars:
    return Chars(charsets.ranges(char))
