"""The command `diachinh`: every job of the contract as one word, messages in Vietnamese or English."""

from flows.cli.words import app, main

__all__ = ["app", "main"]
