# Keep the lines that hold a text with GNU grep, which has one thread.
LC_ALL=C grep -F -e "$1" "$2" > "$3"
