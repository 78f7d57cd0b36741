"""Words near each other, a script a peer."""
