"""Count the links of documents: a line in is a page's URL, a TAB and its HTML; out come the two pages and how often."""

import re
import sys
from collections import Counter

LINK = re.compile(r'href="(http[^"]*)"')

for line in sys.stdin:
    source, _, page = line.rstrip("\n").partition("\t")
    for target, count in Counter(LINK.findall(page)).items():
        print(source, target, count, sep="\t")
