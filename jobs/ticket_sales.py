"""Tickets sold on each date, or with --top-buyers N the buyers of the most tickets, from the TICKIT database.

Its files are named inputs: sales (sales_tab.txt) with date (date2008_pipe.txt) for the first question, and sales with
users (allusers_pipe.txt) for the second.

The join: sales with the table that the question needs. Map: a joined record to (date, tickets), or to (buyer, tickets).
Reduce: the sum. For the top buyers a second step keeps the N best of each map task, and then of all. Of buyers with
equal sums the one whose last name, first name and number come first goes before.
Source: "Amazon Redshift Getting Started Guide", example queries "Find total sales on a given calendar date" and "Find
top 10 buyers by quantity"; Miner and Shook, "MapReduce Design Patterns" (2012), chapter 3, "Top Ten".
Output: date, tickets; or [first name, last name], tickets, the best first.
"""

from heapq import nsmallest

from bigdata import Csv, Job, Join, MRStep, Sum, Tsv, at_least, columnar

TICKIT = {
    "sales": Tsv(
        "salesid:int, listid:int, sellerid:int, buyerid:int, eventid:int, dateid:int, qtysold:int, pricepaid:float,"
        " commission:float, saletime"
    ),
    "date": Csv("dateid:int, caldate, day, week:int, month, qtr, year:int, holiday", separator="|", quote=None),
    "users": Csv(
        "userid:int, username, firstname, lastname, city, state, email, phone, likesports, liketheatre, likeconcerts,"
        " likejazz, likeclassical, likeopera, likerock, likevegas, likebroadway, likemusicals",
        separator="|",
        quote=None,
    ),
}


class TicketSales(Job):
    aggregator = Sum()

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--top-buyers", type=at_least(1), metavar="N", help="The N buyers of the most tickets")

    @property
    def INPUTS(self):
        return {name: TICKIT[name] for name in ("sales", "users" if self.options.top_buyers else "date")}

    @property
    def JOIN(self):
        return Join("sales", "users", "buyerid=userid") if self.options.top_buyers else Join("sales", "date", "dateid")

    def steps(self):
        best = MRStep(mapper=self.gather, combiner=self.best, reducer=self.present)
        return [*super().steps(), *([best] if self.options.top_buyers else [])]

    @columnar(lambda job: None if job.options.top_buyers else "SELECT caldate AS key, qtysold AS value FROM input")
    def mapper(self, _, sale):
        if self.options.top_buyers:
            yield [sale["lastname"], sale["firstname"], sale["buyerid"]], sale["qtysold"]
        else:
            yield sale["caldate"], sale["qtysold"]

    def gather(self, buyer, tickets):
        yield None, [-tickets, buyer]

    def best(self, _, buyers):
        for buyer in nsmallest(self.options.top_buyers, buyers):
            yield None, buyer

    def present(self, _, buyers):
        for tickets, (last_name, first_name, _) in nsmallest(self.options.top_buyers, buyers):
            yield [first_name, last_name], -tickets


if __name__ == "__main__":
    TicketSales.run()
