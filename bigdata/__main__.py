"""``python -m bigdata``."""

from bigdata.cli import main

main()
