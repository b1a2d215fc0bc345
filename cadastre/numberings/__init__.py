"""Map series: which papers of a sheet share one numbering of its parcels."""
