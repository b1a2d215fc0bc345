"""The second floor, left: pixels to readings."""
