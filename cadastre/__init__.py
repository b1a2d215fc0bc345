"""The first floor: the land trade's rules. Pure: no files, network, clock or database."""
