"""Join two tables of text on columns of theirs.

Each line is a record, fields between separators, with or without quotes; lines that hold the names of the columns are
skipped. --left-columns and --right-columns are schemas, "order:int, user, amount:float?": name:type with the types str,
int and float, ? where a column may be empty. --on has columns of one name, "user", or of two, "buyer=user".

--how is inner, left, right, full, semi (left records that match) or anti (that don't). With --replicated every map task
gets a copy of the right table, which must fit in memory, and nothing is shuffled; else both are shuffled by what they
are joined on, and the left records of a key are held in memory while the right ones stream past.
Source: Lin and Dyer, "Data-Intensive Text Processing with MapReduce" (2010), section 3.5; Miner and Shook, "MapReduce
Design Patterns" (2012), chapter 5.
Output: what is joined on (a list, where that is several columns), the joined record.

    python -m jobs.join --left-columns "order:int, user" --right-columns "user, city" --on user --how left \\
        --input left=orders.csv --input right=users.csv
"""

from bigdata import Csv, Job, Join

HOW = ("inner", "left", "right", "full", "semi", "anti")


class TableJoin(Job):
    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--left-columns", default="", metavar="SCHEMA", help="The columns of the left table")
        self.add_passthru_arg("--right-columns", default="", metavar="SCHEMA", help="The columns of the right table")
        self.add_passthru_arg("--on", default="", metavar="COLUMNS", help="The columns to join on")
        self.add_passthru_arg("--how", choices=HOW, default="inner", help="Which records to keep (inner)")
        self.add_passthru_arg("--replicated", action="store_true", help="Give every task the right table")
        self.add_passthru_arg("--separator", default=",", help=r"The character between fields (,); \t is a tab")

    @property
    def INPUTS(self):
        separator = self.options.separator.replace(r"\t", "\t")
        schemas = {"left": self.options.left_columns, "right": self.options.right_columns}
        return {name: Csv(schema, separator=separator) for name, schema in schemas.items()}

    @property
    def JOIN(self):
        return Join("left", "right", self.options.on, self.options.how, self.options.replicated)


if __name__ == "__main__":
    TableJoin.run()
