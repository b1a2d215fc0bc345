"""Days as fractions of years (2005.5 is the middle of 2005), and the era and form of a paper of that day."""

from __future__ import annotations

from datetime import date, timedelta

#: The eras of the contract, in order of time.
ERAS = ("299", "1988", "1993", "2003", "2009", "2013", "2024")
_FIRST_DAYS = ("1980-01-01", "1988-01-01", "1993-10-15", "2004-07-01", "2009-12-10", "2014-07-01", "2025-01-01")
#: From here papers name land uses by the codes of the law of 2003.
CODES = 2004.5
#: From here the provinces are merged and communes have new names (1 July 2025).
MERGER = 2025.5
#: The days to which the history runs.
FIRST_YEAR, LAST_YEAR = 1982, 2025


def day_of(t: float) -> str:
    """Return the day as YYYY-MM-DD."""
    return (date(int(t), 1, 1) + timedelta(days=int((t - int(t)) * 365))).isoformat()


def era_of(t: float) -> str:
    """Return the era in which a day lies."""
    return [era for era, first in zip(ERAS, _FIRST_DAYS, strict=True) if day_of(t) >= first][-1]


def certificate_form(t: float) -> str:
    """Return the form on which certificates were printed."""
    day = day_of(t)
    if day < "2004-07-01":
        return "gcn_1993"
    if day < "2009-12-10":
        return "gcn_2003"
    return "gcn_2009" if day < "2025-01-01" else "gcn_2024"


def map_era(era: str) -> str:
    """Return the era in whose name a paper's key stands: papers of 1988 go on with the maps of 1980."""
    return "299" if era == "1988" else era
