"""Draft to entry: the rules of the land trade, what people answered, and what may be accepted unseen."""
