"""What Hive has in FROM beside tables and joins: functions of partitioned tables, UNIQUEJOIN, TABLE(VALUES ...).

Source: Hive's FromClauseParser.g (partitionedTableFunction, uniqueJoinSource, virtualTableSource).
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from sqlglot import exp
from sqlglot.parsers.hive import HiveParser
from sqlglot.tokenizer_core import TokenType

#: the functions of partitioned tables
PARTITIONED = ("noop", "noopwithmap", "noopstreaming", "noopwithmapstreaming", "matchpath")


class TableFunction(exp.Expression):
    """``name(ON input [PARTITION BY ...] [ORDER BY ...] [argument(expression), ...]) [alias]``."""

    arg_types = {
        "this": True,
        "input": True,
        "partition_by": False,
        "order": False,
        "expressions": False,
        "alias": False,
        "joins": False,
    }


class UniqueJoin(exp.Expression):
    """``UNIQUEJOIN [PRESERVE] table (key, ...), ...``; its members are :class:`UniqueJoinSource`."""

    arg_types = {"expressions": True, "joins": False}


class UniqueJoinSource(exp.Expression):
    """A table of a UNIQUEJOIN, its keys, and whether its rows are kept where others have none."""

    arg_types = {"this": True, "expressions": True, "preserve": False}


class FromParser(HiveParser):
    """sqlglot's parser of Hive with these forms of FROM."""

    def _parse_table(
        self,
        schema: bool = False,
        joins: bool = False,
        alias_tokens: Collection[TokenType] | None = None,
        parse_bracket: bool = False,
        is_db_reference: bool = False,
        parse_partition: bool = False,
        consume_pipe: bool = False,
    ) -> exp.Expr | None:
        self._skip_table_of_values()
        made = self._parse_table_function() or self._parse_unique_join()
        if made is None:
            return super()._parse_table(
                schema, joins, alias_tokens, parse_bracket, is_db_reference, parse_partition, consume_pipe
            )
        for join in self._parse_joins() if joins else ():
            made.append("joins", join)
        return made

    def _skip_table_of_values(self) -> None:
        """The word TABLE of ``TABLE(VALUES (...), ...) alias(column, ...)``."""
        kinds = [token.token_type for token in self._tokens[self._index : self._index + 3]]
        if kinds == [TokenType.TABLE, TokenType.L_PAREN, TokenType.VALUES]:
            self._advance()

    def _parse_table_function(self) -> exp.Expr | None:
        kinds = [token.token_type for token in self._tokens[self._index + 1 : self._index + 3]]
        if kinds != [TokenType.L_PAREN, TokenType.ON]:
            return None
        name = self._parse_id_var()
        self._match_l_paren()
        self._match(TokenType.ON)
        rows = self._parse_input()
        partition, order = self._parse_partition_and_order()
        arguments = self._parse_csv(self._parse_argument)
        self._match_r_paren()
        alias = self._parse_name()
        return self.expression(
            TableFunction(
                this=name,
                input=rows,
                partition_by=partition,
                order=order,
                expressions=arguments,
                alias=alias,
            )
        )

    def _parse_input(self) -> exp.Expr | None:
        if self._curr.token_type != TokenType.L_PAREN:
            return self._parse_table_function() or self._parse_named_table(self._parse_name)
        rows = self._parse_table()
        if isinstance(rows, exp.Subquery) and not rows.alias:
            self.raise_error("A subquery after ON has a name of its own")
        return rows

    def _parse_named_table(self, name: Callable[[], exp.TableAlias | None]) -> exp.Expr:
        # what stands in brackets behind the table is no list of arguments of its own
        table = self._parse_table_parts(schema=True) or exp.Table()
        table.set("sample", self._parse_table_sample())
        table.set("alias", name())
        return table

    def _parse_name(self) -> exp.TableAlias | None:
        """The name of a table or function, unless it begins an argument."""
        if self._next.token_type == TokenType.L_PAREN or self._can_parse_limit_or_offset():
            return None
        name = self._parse_id_var(any_token=False, tokens=self.TABLE_ALIAS_TOKENS)
        return exp.TableAlias(this=name) if name else None

    def _parse_argument(self) -> exp.Expr | None:
        """An argument, whose name says nothing."""
        if self._curr.token_type == TokenType.R_PAREN or self._parse_id_var() is None:
            return None
        self._match_l_paren()
        argument = self._parse_assignment()
        self._match_r_paren()
        return argument

    def _parse_unique_join(self) -> exp.Expr | None:
        if not self._match_text_seq("UNIQUEJOIN"):
            return None
        sources = self._parse_csv(self._parse_unique_source)
        if len(sources) < 2:
            self.raise_error("UNIQUEJOIN is of two tables or more")
        return self.expression(UniqueJoin(expressions=sources))

    def _parse_unique_source(self) -> exp.Expr:
        preserve = self._match_text_seq("PRESERVE")
        table = self._parse_named_table(self._parse_unique_name)
        keys = self._parse_wrapped_csv(self._parse_assignment)
        return self.expression(UniqueJoinSource(this=table, expressions=keys, preserve=bool(preserve)))

    def _parse_unique_name(self) -> exp.TableAlias | None:
        self._match(TokenType.ALIAS)
        at_keys = self._curr.token_type == TokenType.L_PAREN
        return None if at_keys else exp.TableAlias(this=self._parse_id_var())
