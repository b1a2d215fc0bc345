"""The commands `export form` and `export scans`: what an office hands in to the national database."""
