"""What papers claim of a parcel, which claim stands and by which rule, what speaks against it, and the grade."""
