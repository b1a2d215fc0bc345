"""A parcel as a row on its way into a publication: content hash, geometry, and no personal data."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import shapely

from schemas.entries import IDENTITY_FIELDS, value_to_json
from schemas.errors import Message
from schemas.outcomes import Finding
from schemas.parcels import Parcel, ParcelKey
from store.database import dump_json

SRID = 5899
_ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Staged:
    """The row for `cadastre.staged_parcel` from `parcel_id` on, the claims that go to people, and what is wrong."""

    parcel_id: str
    row: tuple[Any, ...]
    identity_claims: tuple[Mapping[str, Any], ...]
    findings: tuple[Finding, ...]


def parcel_id_of(key: ParcelKey) -> str:
    """Return the parcel's id, made from its key alone so that the order of arrival does not matter."""
    return hashlib.sha256(str(key).encode()).hexdigest()[:20]


def stage(parcel: Parcel) -> Staged:
    """Return the parcel's row; ValueError where personal data stands among its attributes."""
    personal = IDENTITY_FIELDS & parcel.attributes.keys()
    if personal:
        raise ValueError(f"personal data among a parcel's attributes: {', '.join(sorted(personal))}")
    findings: list[Finding] = []
    geometry = _multipolygon(parcel, findings)
    valid_from = _iso_date(parcel.valid_from)
    if valid_from != parcel.valid_from:
        findings.append(
            Finding(
                "valid-from-unusable",
                "warning",
                (),
                Message("ngày bắt đầu của thửa không phải ngày ISO", "the parcel's first day is not an ISO date"),
            )
        )
    valid_to = _iso_date(parcel.valid_to)
    told = sorted(((dump_json(claim), claim) for claim in _claims_json(parcel)), key=itemgetter(0))
    attributes = dump_json({name: value_to_json(name, value) for name, value in parcel.attributes.items()})
    land_use = dump_json([{"code": use.code, "area_m2": use.area_m2} for use in parcel.land_use])
    entry_ids = sorted(set(parcel.entry_ids))
    standing = [parcel.area_m2, parcel.legal_area_m2, parcel.user_type, parcel.grade]
    reasons = list(parcel.grade_reasons)
    content = _json_list(
        dump_json(valid_from),
        dump_json(valid_to),
        dump_json(standing),
        dump_json(reasons),
        dump_json(parcel.status),
        attributes,
        land_use,
        _json_list(*(text for text, _ in told)),
        dump_json(entry_ids),
        dump_json(parcel.geometry_note),
        dump_json(geometry),
    )
    key = parcel.key
    parcel_id = parcel_id_of(key)
    row = (
        parcel_id,
        *(str(key), key.unit, key.era, key.sheet, key.parcel),
        hashlib.sha256(content.encode()).hexdigest(),
        valid_from,
        valid_to,
        *standing,
        reasons,
        parcel.status,
        attributes,
        land_use,
        _json_list(*(text for text, claim in told if claim["attribute"] not in IDENTITY_FIELDS)),
        entry_ids,
        parcel.geometry_note if geometry is not None or not findings else findings[0].message.en,
        geometry,
    )
    identity = (claim for _, claim in told if claim["attribute"] in IDENTITY_FIELDS)
    return Staged(parcel_id, row, tuple(_identity_rows(identity)), tuple(findings))


def geometry_finding(reason: str) -> Finding:
    """Return the finding that a parcel is published without its geometry, and why."""
    return Finding(
        "geometry-unusable",
        "error",
        ("corners",),
        Message(f"ranh giới không dùng được: {reason}", f"the boundary cannot be used: {reason}"),
    )


def _multipolygon(parcel: Parcel, findings: list[Finding]) -> str | None:
    """Return the shape or the ring as hex EWKB, None where there is none or it is none at all."""
    if parcel.ring is None and parcel.shape is None:
        return None
    try:
        parts = [shapely.Polygon(parcel.ring)] if parcel.shape is None else _parts(parcel.shape)
        polygon = shapely.MultiPolygon(parts)
    except (ValueError, shapely.errors.GEOSException):
        polygon = shapely.MultiPolygon()
    if polygon.is_empty or not all(abs(value) < 1e9 for value in polygon.bounds):
        findings.append(geometry_finding("too few corners or no numbers"))
        return None
    return str(shapely.to_wkb(shapely.set_srid(polygon, SRID), hex=True, include_srid=True))


def _parts(shape: str) -> list[shapely.Polygon]:
    return [part for part in shapely.get_parts(shapely.from_wkt(shape)) if isinstance(part, shapely.Polygon)]


def _json_list(*texts: str) -> str:
    """Return JSON texts as one list: what is kept and hashed is put into JSON once."""
    return f"[{','.join(texts)}]"


def _claims_json(parcel: Parcel) -> Iterator[dict[str, Any]]:
    for claim in parcel.claims:
        yield {
            "attribute": claim.attribute,
            "value": value_to_json(claim.attribute, claim.value),
            "entry_id": claim.entry_id,
            "era": claim.era,
            "asserted_on": _iso_date(claim.asserted_on),
            "standing": claim.standing,
            "rule": claim.rule,
            "claimed_key": str(claim.key) if claim.key != parcel.key else None,
        }


def _identity_rows(claims: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    for ord_, claim in enumerate(claims, start=1):
        yield {**claim, "ord": ord_}


def _iso_date(text: str | None) -> str | None:
    return text if text is not None and _ISO_DATE.fullmatch(text) else None
