"""Run a benchmark, or write the published tables and plots anew from the stored results.

python -m benchmarks wordcount --size 200MB
python -m benchmarks memory --memory-limit 512MB
python -m benchmarks report
"""

import sys
from collections.abc import Sequence

from benchmarks import memory, report, wordcount
from benchmarks.measure import CommandFailed
from benchmarks.wordcount import WrongAnswer

SUBJECTS = {"wordcount": wordcount, "memory": memory}


def main(argv: Sequence[str]) -> None:
    """Run one subject, or render the stored results of all."""
    command = argv[0] if argv else ""
    if command in SUBJECTS:
        SUBJECTS[command].main(argv[1:])
    elif command == "report":
        report.publish({name: subject.render for name, subject in SUBJECTS.items()})
    else:
        sys.exit(f"{__doc__}\nexpected one of: {', '.join(SUBJECTS)}, report; got {command!r}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (CommandFailed, WrongAnswer) as error:
        sys.exit(f"{type(error).__name__}: {error}")
