"""Values of the contract as the national collection workbook writes them. Pure."""

from __future__ import annotations

from datetime import date

import shapely

from cadastre.ground.grid import to_wgs84
from schemas.entries import Term, Value
from schemas.national_form import FormCodes


def day_text(day: str, codes: FormCodes) -> str:
    """Return an ISO day as the workbook writes it."""
    return date.fromisoformat(day).strftime(codes.day)


def term_text(value: Value, code: str, codes: FormCodes) -> str | None:
    """Return the term of one purpose; None where the paper prints terms for other purposes only."""
    terms = value if isinstance(value, tuple) else (value,)
    for term in terms:
        if isinstance(term, Term) and term.code in (None, code):
            ends = "/".join(reversed(term.date.split("-"))) if term.date else ""
            return codes.term[term.kind].format(date=ends, years=term.years)
    return None


def origin_text(value: Value) -> str | None:
    """Return the origin's codes, or the printed words."""
    if isinstance(value, tuple):
        return "; ".join(part for part in value if isinstance(part, str)) or None
    return value if isinstance(value, str) else None


def use_form(private_m2: Value, shared_m2: Value, codes: FormCodes) -> str | None:
    """Return private, shared or both, by which area is printed."""
    private, shared = (isinstance(area, float) and area > 0 for area in (private_m2, shared_m2))
    if not private and not shared:
        return None
    return codes.use["both" if private and shared else "private" if private else "shared"]


def coordinates(wkb: bytes | None) -> str | None:
    """Return the boundary as WKT in WGS 84, longitude before latitude; None where there is none.

    `wkb` is a MultiPolygon in EPSG:5899. Eight decimals are a millimetre.
    """
    if wkb is None:
        return None
    parts = [
        f"({', '.join(_ring(ring) for ring in (part.exterior, *part.interiors))})"
        for part in shapely.get_parts(shapely.from_wkb(wkb))
    ]
    return f"POLYGON {parts[0]}" if len(parts) == 1 else f"MULTIPOLYGON ({', '.join(parts)})"


def _ring(ring: shapely.LinearRing) -> str:
    points = (to_wgs84(north, east) for east, north in ring.coords)
    return f"({', '.join(f'{longitude:.8f} {latitude:.8f}' for latitude, longitude in points)})"
