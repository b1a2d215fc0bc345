"""Mentions of invented parcels, with what a test names and nothing else."""

from __future__ import annotations

from typing import Any

from cadastre.numberings.mentions import Mention
from schemas.documents import Era
from schemas.parcels import ParcelKey

UNIT = "20335"


def told(
    number: int,
    era: Era,
    place: str,
    *,
    area: float | None = None,
    name: str | None = None,
    unit: str = UNIT,
    kind: Any = "so_muc_ke",
    **more: Any,
) -> Mention:
    """Return the mention with this number of a parcel `sheet/parcel`, its area in m² and its holder's name key."""
    sheet, parcel = place.split("/")
    words = name.split() if name else []
    values: dict[str, Any] = {
        "day": None, "numbers": (), "hamlet": None, "toponym": None, "groups": frozenset(), "serial": None,
        "named_serials": (), "olds": (), "carved": False, "joined": False, "corners": (),
        "body": False, **more,
    }  # fmt: skip
    return Mention(
        entry_id=f"E{number}",
        document_id=f"D{number}",
        kind=kind,
        key=ParcelKey(unit, era, sheet, parcel),
        areas=(area,) if area else (),
        names=("".join(words),) if words else (),
        kin=(f"{words[0]} {words[-1]}",) if words else (),
        surnames=(words[0],) if words else (),
        **values,
    )
