# Sort lines with GNU sort on two threads.
LC_ALL=C sort --parallel=2 -S 2G -o "$2" "$1"
