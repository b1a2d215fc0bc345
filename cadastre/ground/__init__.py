"""Coordinates, map sheets and corner tables: where a parcel lies, and which polygon its paper draws."""
