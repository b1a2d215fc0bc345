"""The ground floor: what the data is. Imports nothing of ours."""
