"""The tables of AMPLab's Big Data Benchmark as every peer reads them: columns, their types, and the two queries."""

VISITS = {
    "ip": "VARCHAR",
    "url": "VARCHAR",
    "day": "VARCHAR",
    "revenue": "DOUBLE",
    "agent": "VARCHAR",
    "country": "VARCHAR",
    "language": "VARCHAR",
    "word": "VARCHAR",
    "seconds": "BIGINT",
}
RANKINGS = {"url": "VARCHAR", "rank": "BIGINT", "length": "BIGINT"}

JOINED = (*VISITS, "rank", "length")
JOIN = "SELECT visits.*, rank, length FROM visits JOIN rankings ON visits.url = rankings.url"
REVENUE = "SELECT substr(ip, 1, 8) AS prefix, sum(revenue) AS revenue FROM visits GROUP BY substr(ip, 1, 8)"
