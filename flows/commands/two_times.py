"""The options --as-of and --known-on: which day is asked for, and what we knew at which moment."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from schemas.errors import BadInput
from schemas.tables import Tables
from store.times import Times

#: Days and times without a zone are Vietnam's; it has no summer time.
VIETNAM = timezone(timedelta(hours=7))


def times_of(as_of: str | None, known_on: str | None, tables: Tables) -> Times:
    """Return what the two options ask for; BadInput names the one that is no day.

    `--known-on DAY` means the end of that day: all that was known on it.
    """
    day = _day("--as-of", as_of) if as_of is not None else None
    starts = {span.era: span.first.isoformat() for span in tables.eras}
    return Times(day, _moment(known_on) if known_on is not None else None, starts)


def _day(option: str, text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise BadInput(
            vi=f"{option}: «{text[:40]}» không phải ngày; ghi như 2025-06-30",
            en=f"{option}: `{text[:40]}` is no day; write it like 2025-06-30",
        ) from None


def _moment(text: str) -> datetime:
    if re.fullmatch(r"\s*\d{4}-\d{2}-\d{2}\s*", text):
        day = date.fromisoformat(_day("--known-on", text))
        return datetime(day.year, day.month, day.day, 23, 59, 59, 999_999, tzinfo=VIETNAM)
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(
            vi=f"--known-on: «{text[:40]}» không phải ngày hay giờ; ghi như 2026-01-15 hoặc 2026-01-15T08:30",
            en=f"--known-on: `{text[:40]}` is no day or moment; write it like 2026-01-15 or 2026-01-15T08:30",
        ) from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=VIETNAM)
