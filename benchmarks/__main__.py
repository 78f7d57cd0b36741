"""Run benchmarks, or write the published tables and plots anew from the stored results.

python -m benchmarks all --repeat 2
python -m benchmarks wordcount --sizes 20MB,200MB
python -m benchmarks micro
python -m benchmarks memory --memory-limit 512MB
python -m benchmarks hive
python -m benchmarks report
"""

import sys
from collections.abc import Sequence

from benchmarks import hive, memory, micro, report, runner
from benchmarks.answers import WrongAnswer
from benchmarks.measure import CommandFailed
from benchmarks.subject import names

APART = {"micro": micro, "memory": memory, "hive": hive}


def main(argv: Sequence[str]) -> None:
    """Run one subject or all, or render the stored results."""
    command, arguments = (argv[0], argv[1:]) if argv else ("", [])
    if command in APART:
        APART[command].main(arguments)
    elif command in names():
        runner.main(command, arguments)
    elif command == "all":
        rest = [option for option in arguments if option == "--no-publish"]
        micro.main(rest)
        hive.main(rest)
        for name in names():
            print(f"== {name}", file=sys.stderr)
            runner.main(name, arguments)
    elif command == "report":
        report.publish()
        for module in APART.values():
            module.publish()
    else:
        expected = ", ".join([*names(), *APART, "all", "report"])
        sys.exit(f"{__doc__}\nexpected one of: {expected}; got {command!r}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (CommandFailed, WrongAnswer) as error:
        sys.exit(f"{type(error).__name__}: {error}")
