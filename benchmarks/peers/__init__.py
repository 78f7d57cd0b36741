"""Word count as each library's own documentation writes it, one whole process a script: `python -m … INPUT OUTPUT`."""
