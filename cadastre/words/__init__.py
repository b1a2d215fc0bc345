"""The vocabulary of papers: numbers, dates, land use, names certificates, as printed and as meant."""
