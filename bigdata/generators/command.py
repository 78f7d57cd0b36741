"""``bigdata generate``: each data set is a command of its own."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter

from bigdata.arguments import at_least
from bigdata.generators import NAMES, load, write


def configure(parser: ArgumentParser) -> None:
    """Give the command its arguments, and ``run``, which is called with their values."""
    sets = [load(name) for name in NAMES]
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = "data sets:\n" + "\n".join(f"  {dataset.name:<13}{dataset.summary}" for dataset in sets)
    commands = parser.add_subparsers(metavar="NAME", required=True, help="a data set; NAME --help says more of it")
    for dataset in sets:
        command = commands.add_parser(
            dataset.name,
            description=dataset.summary,
            epilog="files:\n" + "\n".join(f"  {name}\n    {columns}" for name, columns in dataset.files.items()),
            formatter_class=RawDescriptionHelpFormatter,
        )
        command.add_argument(
            "--rows",
            type=at_least(dataset.least),
            default=dataset.rows,
            metavar="N",
            help=f"how many {dataset.unit} (default: {dataset.rows:,})",
        )
        if dataset.seeded:
            command.add_argument(
                "--seed",
                type=at_least(0),
                metavar="S",
                help="another seed, other data; the same seed, the same bytes (default: 1)",
            )
        command.add_argument(
            "-o", "--output", required=True, metavar="DIR", help="a new directory, or a URI such as s3://bucket/folder"
        )
        command.set_defaults(run=run, dataset=dataset, seed=1)


def run(options: Namespace) -> None:
    write(options.dataset, options.rows, options.seed, options.output)
