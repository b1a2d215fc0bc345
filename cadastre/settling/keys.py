"""The parcel that an entry is about, by its key."""

from __future__ import annotations

from cadastre.settling.in_force import taken
from schemas.documents import Era
from schemas.entries import Entry
from schemas.parcels import ParcelKey


def key_of(entry: Entry) -> ParcelKey | None:
    """Return the parcel's key; None until unit, sheet and parcel number are accepted or confirmed."""
    if entry.status == "rejected" or entry.era is None:
        return None
    unit, sheet, parcel = (taken(entry, name) for name in ("unit_code", "sheet_no", "parcel_no"))
    if unit is None or sheet is None or parcel is None:
        return None
    era: Era = "299" if entry.era == "1988" else entry.era  # papers of 1988 went on with the maps of 1980
    return ParcelKey(str(unit.value), era, str(sheet.value), str(parcel.value))
