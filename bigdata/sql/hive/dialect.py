"""HiveQL as sqlglot parses it, with every function call left under its own name.

sqlglot reads functions as what it knows of other databases and forgets what was written; here a call is a call, and
:mod:`bigdata.sql.hive.functions` gives it Hive's meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlglot import exp
from sqlglot.dialects.hive import Hive
from sqlglot.errors import ParseError, TokenError
from sqlglot.parser import Parser
from sqlglot.parsers.hive import HiveParser
from sqlglot.tokenizer_core import Token, TokenType

from bigdata.errors import SqlSyntaxError
from bigdata.sql.hive.from_clause import FromParser

E = TypeVar("E", bound=exp.Expr)

#: what is no DDL, LOAD or command
_STATEMENTS = (exp.Query, exp.Values, exp.Insert, exp.MultitableInserts)
#: what no comma stands behind, and what none stands before
_OPENING = {TokenType.COMMA, TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.SELECT, TokenType.ORDER_BY}
_CLOSING = {TokenType.COMMA, TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.FROM, TokenType.WHERE}
_LEADING = {TokenType.ON, TokenType.GROUP_BY}
#: the parts of queries that are Hive's; sqlglot reads those of others too
_ORDERED = {"order", "sort", "distribute", "cluster", "limit", "offset", "with_"}
_SELECT = {"expressions", "distinct", "from_", "joins", "where", "group", "having", "windows"}
_PARTS: dict[type[exp.Expr], set[str]] = {
    exp.Select: _SELECT | _ORDERED,
    exp.SetOperation: {"this", "expression", "distinct"} | _ORDERED,
    exp.Subquery: {"this", "alias", "sample", "joins"} | _ORDERED,
    exp.Table: {"this", "db", "alias", "sample", "joins", "partition"},
    exp.Join: {"this", "on", "using", "side", "kind"},
    exp.Star: set(),
    exp.Distinct: {"expressions"},
    exp.Group: {"expressions", "rollup", "cube", "grouping_sets"},
    exp.Limit: {"expression"},
    exp.Fetch: set(),
}
#: what a part is called that isn't called by its own name
_FOREIGN = {
    "all": "GROUP BY ALL",
    "connect": "CONNECT BY",
    "direction": "FETCH",
    "except_": "* EXCEPT",
    "expressions": "LIMIT ... BY",
    "limit_options": "LIMIT ... PERCENT",
    "locks": "FOR UPDATE",
    "on": "DISTINCT ON",
    "pivots": "PIVOT",
    "version": "FOR SYSTEM_TIME",
}
_PHRASES = ("CASE", "TRANSFORM")
_CALLS = ("CAST", "EXTRACT")


class HiveQL(Hive):
    """sqlglot's Hive without its functions."""

    class Tokenizer(Hive.Tokenizer):
        HEX_STRINGS = []
        KEYWORDS = {
            name: kind
            for name, kind in Hive.Tokenizer.KEYWORDS.items()
            if name not in ("{%", "{%-", "{%+", "%}", "-%}", "+%}", "{{", "{{-", "{{+", "}}", "-}}", "+}}", "/*+")
        } | {"TIMESTAMPLOCALTZ": TokenType.TIMESTAMPLTZ}

    class Parser(FromParser):
        FUNCTIONS = {}
        FUNCTION_PARSERS = {
            **{name: HiveParser.FUNCTION_PARSERS[name] for name in _CALLS},
            "FLOOR": lambda parser: parser._parse_floor(),
        }
        NO_PAREN_FUNCTION_PARSERS = {name: HiveParser.NO_PAREN_FUNCTION_PARSERS[name] for name in _PHRASES}
        ARRAY_CONSTRUCTORS = {}
        # LanguageManual UDF, Operators Precedences: IS NULL before ^, that before * and +, then ||, &, |
        EXPONENT = {TokenType.CARET: exp.BitwiseXor}
        BITWISE = {}

        def _parse_bitwise(self) -> exp.Expr | None:
            this = self._parse_conjoined()
            while self._match(TokenType.PIPE):
                this = exp.BitwiseOr(this=this, expression=self._parse_conjoined())
            return this

        def _parse_conjoined(self) -> exp.Expr | None:
            this: exp.Expr | None = super()._parse_bitwise()
            while self._match(TokenType.AMP):
                this = exp.BitwiseAnd(this=this, expression=super()._parse_bitwise())
            return this

        def _parse_exponent(self) -> exp.Expr | None:
            this = self._parse_tested()
            while self._match(TokenType.CARET):
                this = exp.BitwiseXor(this=this, expression=self._parse_tested())
            return this

        def _parse_tested(self) -> exp.Expr | None:
            """``-a IS NOT NULL``, which stands within ``b + -a IS NOT NULL`` and ``b = -a IS NOT NULL``."""
            this = self._parse_unary()
            start = self._index
            if self._match(TokenType.IS):
                negated = self._match(TokenType.NOT)
                if (asked := self._parse_null() or self._parse_boolean()) is not None:
                    test: exp.Expr = exp.Is(this=this, expression=asked)
                    return exp.Not(this=test) if negated else test
                self._retreat(start)
            return this

        def _parse_types(
            self,
            check_func: bool = False,
            schema: bool = False,
            allow_identifiers: bool = True,
            with_collation: bool = False,
        ) -> exp.Expr | None:
            # the lengths of char and varchar are kept, which Spark drops
            return Parser._parse_types(self, check_func, schema, allow_identifiers, with_collation)

        def _warn_unsupported(self) -> None:
            pass  # what is no statement of Hive is told by parse()

        def _parse_joins(self, alias_tokens: Collection[TokenType] | None = None) -> Iterator[Any]:
            # joins and lateral views are one list, in the order in which they are written
            return iter(lambda: self._parse_join(alias_tokens=alias_tokens) or self._parse_lateral(), None)

        def _parse_join(
            self,
            skip_join_token: bool = False,
            parse_bracket: bool = False,
            alias_tokens: Collection[TokenType] | None = None,
        ) -> exp.Join | None:
            join = super()._parse_join(skip_join_token, parse_bracket, alias_tokens)
            if join is not None and join.args.get("method"):
                self.raise_error(f"No {join.args['method']} JOIN is known to Hive. Write JOIN ... USING (columns)")
            return join

        def _parse_partition_and_order(self) -> tuple[list[exp.Expr], exp.Expr | None]:
            if not self._match(TokenType.CLUSTER_BY):
                return super()._parse_partition_and_order()
            keys = self._parse_csv(self._parse_assignment)
            ordered = [exp.Ordered(this=key.copy(), nulls_first=True) for key in keys]
            return keys, exp.Order(expressions=ordered)

        def _parse_sort(self, exp_class: type[Any], token: TokenType) -> Any:
            # what stands in brackets behind SORT BY is the whole list
            following = self._next.token_type if self._curr.token_type == token and self._next else None
            if token != TokenType.SORT_BY or following != TokenType.L_PAREN:
                return super()._parse_sort(exp_class, token)
            self._match(token)
            return self.expression(exp_class(expressions=self._parse_wrapped_csv(self._parse_ordered)))

        def _parse_table_sample(self, as_modifier: bool = False) -> exp.TableSample | None:
            """Hive's FromClauseParser.g, tableSample."""
            if not self._match(TokenType.TABLE_SAMPLE):
                return None
            if as_modifier:
                self.raise_error("TABLESAMPLE stands behind the name of a table, before its alias")
            self._match_l_paren()
            if self._match_text_seq("BUCKET"):
                bucket = self._parse_size(self._parse_number)
                self._match_text_seq("OUT", "OF")
                count = self._parse_size(self._parse_number)
                on = self._parse_csv(self._parse_assignment) if self._match(TokenType.ON) else []
                keys = exp.Tuple(expressions=on)
                sample = exp.TableSample(bucket_numerator=bucket, bucket_denominator=count, bucket_field=keys)
            else:
                size = self._parse_size(lambda: self._parse_number() or self._parse_var())
                unit = self._match_texts(("PERCENT", "ROWS")) and self._prev.text.upper()
                sample = exp.TableSample(size=size, method=exp.var(unit or "BYTES"))
            self._match_r_paren()
            return sample

        def _parse_size(self, parse: Callable[[], exp.Expr | None]) -> exp.Expr:
            size = parse()
            if size is None:
                self.raise_error("TABLESAMPLE wants a number here")
            return size or exp.null()

        def _parse_schema(self, this: exp.Expr | None = None) -> exp.Expr | None:
            # TRANSFORM ... USING 'script' AS a int, b: without brackets
            is_open = this is None and self._prev.token_type == TokenType.ALIAS
            if not is_open or self._curr.token_type == TokenType.L_PAREN:
                return super()._parse_schema(this)
            return exp.Schema(expressions=self._parse_csv(self._parse_field_def))

        def _parse_floor(self) -> exp.Expr:
            """``floor(moment TO unit)`` is a call of the unit's own function, as in Hive's IdentifiersParser.g."""
            arguments = self._parse_csv(self._parse_disjunction)
            unit = self._parse_var(any_token=True) if self._match_text_seq("TO") else None
            return self.expression(exp.Anonymous(this=f"floor_{unit.name}" if unit else "floor", expressions=arguments))


def parse(text: str, line: int = 1) -> exp.Expr:
    """The tree of a query, or of a statement that writes what a query gives.

    :param line: of the script, on which the text begins
    :raises SqlSyntaxError: with the line and a caret under the place
    """
    dialect = HiveQL()
    try:
        tokens = list(_spans(list(_phrased(dialect.tokenize(text)))))
        _demand_items(tokens, text, line)
        _check_sizes(tokens, text, line)
        condition = _condition(tokens)
        del tokens[condition : condition + 3]
        trees = dialect.parser().parse(tokens, text)
    except ParseError as error:
        raise SqlSyntaxError(_pointed(text, line, error.errors[0])) from None
    except TokenError as error:
        raise SqlSyntaxError(f"line {line}: {str(error).splitlines()[0]}") from None
    [tree] = trees
    if tree is None:
        raise SqlSyntaxError(f"line {line}: a query is missing.")
    if not isinstance(tree, _STATEMENTS):
        raise SqlSyntaxError(f"line {line}: {text.split(maxsplit=1)[0]}: no statement of Hive begins so.")
    _demand_parts(tree, line)
    if condition < len(tokens):
        tree.set("exists", True)
    return _single(tree) if isinstance(tree, exp.MultitableInserts) else tree


def changed(node: E, **arguments: Any) -> E:
    """A node with other arguments; those that stay are shared, as a tree takes long to copy."""
    return type(node)(**{**node.args, **arguments})


def renamed(tree: E, names: Mapping[str, str]) -> E:
    """A tree whose calls of some functions are calls of others.

    :param names: of these functions, by theirs, which may begin with that of a database

    >>> renamed(parse("SELECT mine(a), lake.other(b)"), {"mine": "upper", "lake.other": "lower"}).sql()
    'SELECT UPPER(a), LOWER(b)'
    """
    for call in list(tree.find_all(exp.Anonymous)) if names else ():
        name, whole = call.name.lower(), call.parent
        if isinstance(whole, exp.Dot) and whole.expression is call:
            found = names.get(f"{whole.text('this').lower()}.{name}")
        else:
            found, whole = names.get(name), call
        if found is not None:
            whole.replace(exp.Anonymous(this=found, expressions=call.expressions))
    return tree


def _demand_parts(tree: exp.Expr, line: int) -> None:
    """Make sure that a statement has the parts that it needs, and none that only other databases have.

    :raises SqlSyntaxError: where it isn't so
    """
    for node in tree.find_all(exp.Insert, *_PARTS):
        is_empty = isinstance(node, exp.Select) and not node.expressions
        if is_empty or (isinstance(node, exp.Insert) and node.expression is None):
            raise SqlSyntaxError(f"line {line}: expected columns after SELECT, and SELECT or VALUES after INSERT.")
        known = next((names for kind, names in _PARTS.items() if isinstance(node, kind)), node.args)
        foreign = next((name for name, held in node.args.items() if held and name not in known), None)
        if foreign is not None:
            said = _FOREIGN.get(foreign, foreign.upper())
            raise SqlSyntaxError(f"line {line}: {said} is no part of Hive's language.")


def _demand_items(tokens: Sequence[Token], text: str, line: int) -> None:
    """Make sure that something stands on both sides of a comma, and behind ON and GROUP BY, which sqlglot doesn't.

    :raises SqlSyntaxError: where nothing does
    """
    for before, token, behind in zip([None, *tokens], tokens, [*tokens[1:], None]):
        kind = token.token_type
        if kind != TokenType.COMMA and kind not in _LEADING:
            continue
        if behind is None or behind.token_type in _CLOSING or (kind == TokenType.COMMA and _opens(before)):
            said = "expected something before and behind the comma"
            said = said if kind == TokenType.COMMA else f"expected something behind {token.text}"
            place = {"highlight": token.text, "col": token.col, "line": token.line, "description": said}
            raise SqlSyntaxError(_pointed(text, line, place))


def _opens(token: Token | None) -> bool:
    return token is None or token.token_type in _OPENING


#: bits of a whole number with a letter behind it
_LETTERS = {"Y": 8, "S": 16, "L": 64}


def _check_sizes(tokens: Sequence[Token], text: str, line: int) -> None:
    """Make sure that whole numbers with a letter fit, as Hive's TypeCheckProcFactory does; their sign isn't theirs.

    :raises SqlSyntaxError: for one that doesn't
    """
    for number, _, letter in zip(tokens, tokens[1:], tokens[2:]):
        bits = _LETTERS.get(letter.text.upper(), 0) if letter.start == number.start else 0
        if bits and number.text.isdecimal() and int(number.text) >> (bits - 1):
            said = f"{number.text}{letter.text} is too large for {bits} bits"
            place = {"highlight": letter.text, "col": letter.col, "line": letter.line, "description": said}
            raise SqlSyntaxError(_pointed(text, line, place))


def _single(tree: exp.MultitableInserts) -> exp.Expr:
    """``FROM source INSERT ... SELECT`` as ``INSERT ... SELECT ... FROM source``; one of several INSERTs as it is."""
    insert: exp.Expr = tree.expressions[0]
    if len(tree.expressions) > 1:
        return tree
    insert.expression.set("from_", exp.From(this=tree.args["source"]))
    insert.set("with_", tree.args.get("with_"))
    return insert


#: parts of sqlglot's messages, and what they mean to who wrote the statement
_SAID = {
    "Unexpected token": "unexpected {!r}",
    "Required keyword": "something is missing at {!r}",
    "Expected table name": "expected the name of a table",
}


def _pointed(text: str, first: int, error: Mapping[str, Any]) -> str:
    """A message with the line that it is about, and a caret under the place."""
    word = error["highlight"] or ""
    column = max(error["col"] - len(word) + 1, 1)
    description = error["description"]
    said = next((said.format(word) for part, said in _SAID.items() if part in description), description.rstrip("."))
    shown = text.split("\n")[error["line"] - 1].replace("\t", " ")
    said = said if said[:2].isupper() else said[:1].lower() + said[1:]
    return f"line {first + error['line'] - 1}, column {column}: {said}.\n    {shown}\n    {' ' * (column - 1)}^"


def _phrased(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens with ``MAP a, b USING`` and ``REDUCE a, b USING`` written as ``SELECT TRANSFORM(a, b) USING``."""
    ends: set[int] = set()
    for place, token in enumerate(tokens):
        if place in ends:
            yield Token(TokenType.R_PAREN, ")", token.line, token.col, token.start, token.end)
        end = _using(tokens, place) if token.text.upper() in ("MAP", "REDUCE") else None
        if end is None:
            yield token
            continue
        ends.add(end)
        for kind, text in (
            (TokenType.SELECT, "SELECT"),
            (TokenType.VAR, "TRANSFORM"),
            (TokenType.L_PAREN, "("),
        ):
            yield Token(kind, text, token.line, token.col, token.start, token.end)


#: units of intervals, whose plurals are keywords too
_UNITS = {f"{unit}{end}" for unit in ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND") for end in ("", "S")}
_LITERALS = (TokenType.NUMBER, TokenType.STRING)


def _spans(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens with ``1 day`` and ``(1) day`` written as ``INTERVAL 1 day``.

    Source: Hive's IdentifiersParser.g.
    """
    if not any(token.text.upper() in _UNITS for token in tokens):
        yield from tokens
        return
    kinds = [token.token_type for token in tokens]
    for place, token in enumerate(tokens):
        size = 3 if kinds[place : place + 3 : 2] == [TokenType.L_PAREN, TokenType.R_PAREN] else 1
        unit = tokens[place + size].text.upper() if place + size < len(tokens) else ""
        before = kinds[place - 1] if place else None
        if (
            unit in _UNITS
            and kinds[place + size // 2] in _LITERALS
            and kinds[place + size] not in _LITERALS
            and before not in (TokenType.INTERVAL, TokenType.VAR if size == 3 else None)
        ):
            yield Token(TokenType.INTERVAL, "INTERVAL", token.line, token.col, token.start, token.end)
        yield token


def _condition(tokens: Sequence[Token]) -> int:
    """Where the IF NOT EXISTS of INSERT OVERWRITE ... PARTITION (...) stands; behind the end if there is none."""
    if not tokens or tokens[0].text.upper() != "INSERT":
        return len(tokens)
    words = [token.text.upper() for token in tokens]
    places = (place for place in range(len(words)) if words[place : place + 3] == ["IF", "NOT", "EXISTS"])
    return next(places, len(tokens))


def _using(tokens: Sequence[Token], place: int) -> int | None:
    """Where the USING of a MAP or REDUCE clause stands; ``None`` if the word at `place` begins none."""
    if place + 1 == len(tokens) or tokens[place + 1].token_type in (TokenType.L_PAREN, TokenType.LT, TokenType.DOT):
        return None
    before = tokens[place - 1].token_type if place else TokenType.L_PAREN
    if before in (TokenType.SELECT, TokenType.COMMA, TokenType.DOT, TokenType.ALIAS):
        return None
    depth = 0
    for number in range(place + 1, len(tokens)):
        kind = tokens[number].token_type
        depth += (kind == TokenType.L_PAREN) - (kind == TokenType.R_PAREN)
        if depth < 0 or (kind in (TokenType.SELECT, TokenType.FROM) and depth == 0):
            return None
        if kind == TokenType.USING and depth == 0:
            return number
    return None
