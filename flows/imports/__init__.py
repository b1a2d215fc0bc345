"""The command `import`: maps, lists and entries that others made, read within limits and told row by row."""
