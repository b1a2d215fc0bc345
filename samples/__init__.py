"""Invented people and parcels of a real commune, and their papers, for trials and tests."""
