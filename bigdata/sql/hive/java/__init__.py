"""What Java's class library does otherwise than Python's: patterns, formats, URLs, borders of sentences."""
