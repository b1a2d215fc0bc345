"""The commands `questions`: what waits for a person as a workbook, and what came back of it."""
