# Count words with GNU's tools: one a line, sorted on two threads, neighbours counted.
export LC_ALL=C
tr -cs "A-Za-z0-9_'" '\n' < "$1" | tr A-Z a-z | grep . | sort --parallel=2 -S 1G | uniq -c > "$2"
