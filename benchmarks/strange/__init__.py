"""A second maker of districts, written apart from samples/, by which the linking of parcels across eras is judged."""
