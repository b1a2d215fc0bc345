"""Which originals must exist and are not held, which are misread, and where to look."""
