"""Two times: the day on which something held on the land, and the moment at which we knew it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from schemas.documents import Era
from store.database import as_jsonb


@dataclass(frozen=True, slots=True)
class Times:
    """What is asked of parcels: those that held on a day (ISO), as we knew them at a moment; None is no limit, and now.

    `era_starts` gives the first day of each map series, for parcels that no paper dates.
    """

    as_of: str | None = None
    known_on: datetime | None = None
    era_starts: Mapping[Era, str] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """Return the parameters of a statement."""
        return {"as_of": self.as_of, "known_on": self.known_on, "era_starts": as_jsonb(dict(self.era_starts))}


NOW = Times()
