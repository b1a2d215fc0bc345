"""Rows of earlier projects as entries: which column is what, and what is doubtful."""
