"""Papers of a sheet by parcel number, and the eras that they are of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cadastre.numberings.mentions import Mention
from schemas.documents import Era
from schemas.tables import Tables

ERAS: tuple[Era, ...] = ("299", "1988", "1993", "2003", "2009", "2013", "2024")
#: A day after all.
END = "9999-12-31"
#: Papers that list the parcels of a map.
LISTS = ("so_muc_ke", "ban_do", "du_lieu")
Numbers = Mapping[str, Sequence[Mention]]
"""Papers of a sheet, by parcel number."""
Papers = dict[str, list[Mention]]
"""The same, to be filled."""


def span_of(era: Era, tables: Tables) -> tuple[str, str]:
    """Return the first and the last day of an era, ISO; the last era's is far off."""
    span = next(one for one in tables.eras if one.era == era)
    return span.first.isoformat(), span.last.isoformat() if span.last else END
