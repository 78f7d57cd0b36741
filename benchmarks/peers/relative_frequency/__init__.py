"""The word that follows a word, a script a peer."""
