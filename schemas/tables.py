"""The code tables that the rules are handed: units by date, land uses, origins, users, identity prefixes, eras."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Literal, cast

from schemas.documents import Era, Form
from schemas.precedence import GradeReason, Precedence, grade_reasons_of, precedence_of

UnitType = Literal["xa", "phuong", "thi_tran", "dac_khu"]
CentroidState = Literal["approx", "suspect", "none"]
Convert = Literal["yes", "review", "no", "low", "by_commune_type"]
Certainty = Literal["S", "K", "?"]
"""How a row is known: from a source, from practice, or not for certain (an office may set it right)."""
DistrictType = Literal["huyen", "thi_xa", "thanh_pho", "quan"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A commune-level unit (xã, phường, thị trấn, đặc khu) under one name, in one district, between two days.

    `name` carries its type: "Xã Tam Thanh". `valid_from` and `valid_to` are its first and last day in force; None
    where not known or still in force. `successor` is the code of the unit that holds its land
    since 2025-07-01, None where it was divided. `code` is `~` + folded name + `.` + folded district where no source
    knows a code (contract.md, Parcel keys). `comes_from`: codes of units that gave it land on its first day;
    `goes_to`: of those that took its land after its last; a unit that keeps its code names itself in neither.
    `centroid` is (north, east) in metres, EPSG:5899, good to kilometres; use it only where its state is "approx".
    """

    code: str
    name: str
    type: UnitType
    district_code: str | None
    district: str | None
    province: str
    valid_from: date | None
    valid_to: date | None
    successor: str | None
    centroid: tuple[float, float] | None
    centroid_state: CentroidState
    aliases: tuple[str, ...]
    earlier_districts: tuple[str, ...]
    comes_from: tuple[str, ...] = ()
    goes_to: tuple[str, ...] = ()
    certainty: Certainty = "S"
    source: str = ""
    note: str = ""

    def in_force(self, first: date | None, last: date | None) -> bool:
        """Return whether the unit was in force on some day of the period; an open end is without limit."""
        starts_late = self.valid_from is not None and last is not None and self.valid_from > last
        ended_early = self.valid_to is not None and first is not None and self.valid_to < first
        return not starts_late and not ended_early

    @property
    def coded(self) -> bool:
        """Return whether a source knows the unit's five-digit code."""
        return not self.code.startswith("~")

    @property
    def trusted_centroid(self) -> tuple[float, float] | None:
        """Return the centroid where it may be used, else None."""
        return self.centroid if self.centroid_state == "approx" else None


@dataclass(frozen=True, slots=True)
class District:
    """A district (huyện, quận, thị xã, thành phố thuộc tỉnh) under one type between two days; none since 2025-07-01.

    `elsewhere_until` is the last day on which its communes may still have lain in their earlier districts, None where
    it was not made out of others, or where units.csv has a row for each.
    """

    code: str | None
    name: str
    type: DistrictType
    province: str
    valid_from: date | None
    valid_to: date | None
    elsewhere_until: date | None
    certainty: Certainty
    note: str


@dataclass(frozen=True, slots=True)
class LandUseCode:
    """A printed land-use code with its names, the newest first, and its successor in the table of 2024."""

    code: str
    names: tuple[str, ...]
    group: str
    valid: Mapping[str, str]  # law's year ("2003", "2013", "2024") -> yes, no, sub, stat, uncertain
    successor: str | None
    convert: Convert


@dataclass(frozen=True, slots=True)
class LandUseTerm:
    """A word or letter of the papers of 1980 to 2004, with the codes that it may mean."""

    raw: str
    eras: tuple[str, ...]
    candidates: tuple[str, ...]
    convert: Convert


@dataclass(frozen=True, slots=True)
class OriginCode:
    """A code of the origin of use (nguồn gốc sử dụng) or a transfer prefix that stands before one."""

    code: str
    name: str
    prefix: bool


@dataclass(frozen=True, slots=True)
class UserType:
    """A kind of land user or manager (đối tượng sử dụng, quản lý đất)."""

    code: str
    name: str
    role: Literal["user", "user_group", "manager"]


@dataclass(frozen=True, slots=True)
class EraSpan:
    """The first and last day on which papers of an era were made, and the certificate form of those days."""

    era: Era
    first: date
    last: date | None
    form: Form | None


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """All code tables; two loads are equal in content, and an instance is its own key for caches."""

    units: tuple[Unit, ...]
    land_uses: Mapping[str, LandUseCode]
    land_use_terms: tuple[LandUseTerm, ...]
    origins: Mapping[str, OriginCode]
    user_types: Mapping[str, UserType]
    identity_prefixes: Mapping[str, str]  # first three digits of a 12-digit number -> province of birth registration
    eras: tuple[EraSpan, ...]
    precedence: Precedence
    grade_reasons: Mapping[str, GradeReason]
    districts: tuple[District, ...] = ()


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("schemas") / "codes" / f"{name}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _many(text: str, mark: str = ";") -> tuple[str, ...]:
    return tuple(text.split(mark)) if text else ()


def _unit(row: dict[str, str]) -> Unit:
    placed = bool(row["north_m"])
    return Unit(
        code=row["code"],
        name=row["name"],
        type=cast(UnitType, row["type"]),
        district_code=row["district_code"] or None,
        district=row["district"] or None,
        province=row["province"],
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        successor=row["successor_2025"] or None,
        centroid=(float(row["north_m"]), float(row["east_m"])) if placed else None,
        centroid_state=cast(CentroidState, row["centroid"]),
        aliases=_many(row["aliases"]),
        earlier_districts=_many(row["earlier_districts"]),
        comes_from=_many(row["comes_from"]),
        goes_to=_many(row["goes_to"]),
        certainty=cast(Certainty, row["certainty"]),
        source=row["source"],
        note=row["note"],
    )


def _district(row: dict[str, str]) -> District:
    return District(
        code=row["code"] or None,
        name=row["name"],
        type=cast(DistrictType, row["type"]),
        province=row["province"],
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        elsewhere_until=_day(row["communes_elsewhere_until"]),
        certainty=cast(Certainty, row["certainty"]),
        note=row["note"],
    )


def _land_use(row: dict[str, str]) -> LandUseCode:
    return LandUseCode(
        code=row["code"],
        names=_many(row["names"], "|"),
        group=row["group"],
        valid={year: row[f"valid_{year}"] for year in ("2003", "2013", "2024")},
        successor=row["successor_2024"] or None,
        convert=cast(Convert, row["convert"]),
    )


def _era(row: dict[str, str]) -> EraSpan:
    return EraSpan(
        era=cast(Era, row["era"]),
        first=date.fromisoformat(row["first_day"]),
        last=_day(row["last_day"]),
        form=cast("Form | None", row["certificate_form"] or None),
    )


def load_tables() -> Tables:
    """Return the tables that come with the package, schemas/codes/*.csv."""
    return Tables(
        units=tuple(_unit(row) for row in _rows("units")),
        land_uses={row["code"]: _land_use(row) for row in _rows("land_uses")},
        land_use_terms=tuple(
            LandUseTerm(row["raw_term"], _many(row["eras"]), _many(row["candidates"]), cast(Convert, row["convert"]))
            for row in _rows("land_use_terms")
        ),
        origins={
            row["code"]: OriginCode(row["code"], row["name_vi"], row["kind"] == "transfer_prefix")
            for row in _rows("origins")
        },
        user_types={
            row["code"]: UserType(
                row["code"], row["name_vi"], cast('Literal["user", "user_group", "manager"]', row["role"])
            )
            for row in _rows("user_types")
        },
        identity_prefixes={row["prefix"]: row["name_vi"] for row in _rows("identity_prefixes")},
        eras=tuple(_era(row) for row in _rows("eras")),
        districts=tuple(_district(row) for row in _rows("districts")),
        precedence=precedence_of(_rows("precedence")),
        grade_reasons=grade_reasons_of(_rows("grade_reasons")),
    )
