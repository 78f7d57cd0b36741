"""How often each URL of an access log was asked for, how many bytes were sent, and with what success.

The log is in Apache's combined format, or with --common in its common format. A URL is the path of the request as it is
logged, with its query. Requests that are no HTTP, which scanners send, come under the empty one; a response without a
body has 0 bytes.

Map: a request to (URL, {status, bytes}). Reduce: counts and a sum.
Source: Dean and Ghemawat, "MapReduce" (2004), section 2.3, "Count of URL Access Frequency"; Miner and Shook, "MapReduce
Design Patterns" (2012), chapter 2, "Numerical Summarizations".
Output: URL, {"requests", "bytes", "1xx", ..., "5xx"}: how many requests, and how many of them for each class of status.
"""

from bigdata import Aggregator, CombinedLog, CommonLog, Job, columnar

CLASSES = (1, 2, 3, 4, 5)


class Traffic(Aggregator):
    """Requests, bytes and classes of status, of values {status, bytes}."""

    def prepare(self, value):
        return [1, value["bytes"], *(int(value["status"] // 100 == number) for number in CLASSES)]

    def merge(self, a, b):
        return [x + y for x, y in zip(a, b)]

    def present(self, state):
        return dict(zip(["requests", "bytes", *(f"{number}xx" for number in CLASSES)], state))

    def sql(self, value):
        classes = (
            f"'{number}xx': sum(CASE WHEN {value}.status // 100 = {number} THEN 1 ELSE 0 END)" for number in CLASSES
        )
        return f"{{'requests': count(*), 'bytes': sum({value}.bytes), {', '.join(classes)}}}"


class URLFrequency(Job):
    aggregator = Traffic()

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--common", action="store_true", help="The log is in the common format")

    @property
    def RECORDS(self):
        return CommonLog() if self.options.common else CombinedLog()

    @columnar("SELECT path AS key, {'status': status, 'bytes': coalesce(bytes, 0)} AS value FROM input")
    def mapper(self, _, request):
        yield request["path"], {"status": request["status"], "bytes": request["bytes"] or 0}


if __name__ == "__main__":
    URLFrequency.run()
