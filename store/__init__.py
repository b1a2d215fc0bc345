"""The second floor, right: all that is kept; the only home of SQL calls."""
