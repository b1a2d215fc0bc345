"""The other commands, one module each: what a user types comes in here, what it came to is told here."""
