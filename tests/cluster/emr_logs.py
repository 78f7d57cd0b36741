"""What EMR and Hadoop log about a step, as far as mrjob reads it: texts by their paths below the cluster's log folder.

A step's syslog holds its counters, or the failed attempt. The job's history leads from the attempt to its container,
whose stderr has the cause.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import groupby

from .streaming import TaskFailed

JAVA_TRACEBACK = """\
java.lang.RuntimeException: PipeMapRed.waitOutputThreads(): subprocess failed with code {code}
\tat org.apache.hadoop.streaming.PipeMapRed.waitOutputThreads(PipeMapRed.java:326)"""


def of_completed(step_id: str, number: str, counters: Mapping[tuple[str, str], int]) -> dict[str, str]:
    """The logs of a step whose job has the ID job_NUMBER."""
    lines = [f"Counters: {len(counters)}"]
    for group, names in groupby(sorted(counters), key=lambda counter: counter[0]):
        lines += [f"\t{group}", *(f"\t\t{name}={counters[group, name]}" for _, name in names)]
    syslog = hadoop_log(f"Running job: job_{number}", f"Job job_{number} completed successfully", "\n".join(lines))
    return of_step(step_id, syslog, stderr="")


def of_failed_task(step_id: str, number: str, error: TaskFailed) -> dict[str, str]:
    attempt = f"attempt_{number}_{'r' if error.task == 'reducer' else 'm'}_{error.number:06}_0"
    container = f"container_{number}_01_{error.number + 2:06}"
    started = {"type": "TASK_ATTEMPT_STARTED", "event": {"": {"attemptId": attempt, "containerId": container}}}
    java = JAVA_TRACEBACK.format(code=error.code)
    syslog = hadoop_log(
        f"Submitted application application_{number}",
        f"Running job: job_{number}",
        f"Task Id : {attempt}, Status : FAILED\nError: {java}",
        f"Job job_{number} failed with state FAILED",
    )
    return of_step(step_id, syslog, stderr="Streaming Command Failed!\n") | {
        f"hadoop-mapreduce/history/job_{number}-0-hadoop-streamjob.jhist": json.dumps(started),
        f"containers/application_{number}/{container}/stderr": error.stderr,
        f"containers/application_{number}/{container}/syslog": hadoop_log(f"Error running child : {java}"),
    }


def of_step(step_id: str, syslog: str, stderr: str) -> dict[str, str]:
    logs = {"controller": "", "syslog": syslog, "stderr": stderr, "stdout": ""}
    return {f"steps/{step_id}/{name}": text for name, text in logs.items()}


def hadoop_log(*messages: str) -> str:
    return "".join(f"2026-01-01 00:00:00,000 INFO org.apache.hadoop.Streaming (main): {text}\n" for text in messages)
