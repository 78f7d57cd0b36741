"""What is measured: a module a subject, each with a `SUBJECT`."""
