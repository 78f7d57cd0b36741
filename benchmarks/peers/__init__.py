"""Subjects as each library's own documentation does them: a folder a subject, one whole process a script."""
