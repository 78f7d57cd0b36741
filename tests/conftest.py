"""Imports bigdata before any test imports mrjob, which newer Pythons need; holds CI to running everything."""

import os
import signal

import bigdata  # noqa: F401

# a run in the background may ignore these, and its children would too; the tests send them
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_sessionfinish(session, exitstatus):
    """Where everything is to run, a test skipped for a missing component (its reason says what it "needs") fails."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("BIGDATA_REQUIRE_ALL") or reporter is None:
        return
    missing = {report.longrepr[2] for report in reporter.stats.get("skipped", []) if "needs" in report.longrepr[2]}
    if missing and not exitstatus:
        reporter.write_line("skipped for a missing component: " + "; ".join(sorted(missing)), red=True)
        session.exitstatus = 1
