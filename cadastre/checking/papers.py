"""A draft with every vote parsed and its day, era and commune made out: what a rule sees."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from cadastre.checking.votes import CODE, DIGITS, WORDS, Parser, Seen, same_numbers, see
from cadastre.ground.nomenclature import read_nomenclature
from cadastre.ground.survey import SurveyResult, decode
from cadastre.units.sites import Site, make_out_site
from cadastre.words.certificates import (
    fits_serial,
    read_decision_no,
    read_parcel_no,
    read_register_no,
    read_serial,
    read_sheet_no,
)
from cadastre.words.dates import read_date
from cadastre.words.eras import ALWAYS, Period, era_of_form, era_on, period_of, period_of_form
from cadastre.words.folding import fold
from cadastre.words.landuse import LandUses, Namer, read_land_uses
from cadastre.words.number_words import read_number_words
from cadastre.words.numbers import read_area
from cadastre.words.origins import read_origins
from cadastre.words.people import name_key, read_owners, share_address, with_numbers_of
from cadastre.words.terms import read_term
from schemas.documents import Era, Form
from schemas.entries import Draft, Owner, Term
from schemas.readings import Reading
from schemas.tables import Tables

T = TypeVar("T")

AREAS = ("area_m2", "private_m2", "shared_m2", "legal_area_m2", "total_m2")
AREAS_IN_WORDS = ("area_words_m2", "total_words_m2")
NUMBERS: Mapping[str, Callable[[str], str | None]] = {
    "sheet_no": read_sheet_no,
    "parcel_no": read_parcel_no,
    "old_sheet_no": read_sheet_no,
    "old_parcel_no": read_parcel_no,
    "serial": read_serial,
    "register_no": read_register_no,
    "decision_no": read_decision_no,
    "nomenclature": read_nomenclature,
}
_NONE_MARK = re.compile(r"[\s.]*[-–—_]+\s*[/|\\lI1]?\s*[-–—_]*[\s.]*")  # -/- means none: the field is left out
_NONE_WORDS = re.compile(r"[\W_]*khong(?: co)?[\W_]*")  # so do these words, where a text and no number is asked for
_TEXTS = ("assets", "restrictions", "change_note")


@dataclass(frozen=True, slots=True)
class Paper:
    """What one draft says: values with the votes behind them, and the day, era and commune they belong to.

    `day` is the signing day as read, ISO; `period` the days on which the paper may have been made.
    """

    draft: Draft
    tables: Tables
    form: Form | None
    era: Era | None
    day: str | None
    period: Period
    site: Site
    areas: Mapping[str, Seen[float]]  # AREAS and AREAS_IN_WORDS
    codes: Mapping[str, Seen[str]]  # NUMBERS, issued_on, user_type, barcode
    land_uses: Mapping[str, Seen[LandUses]]  # land_use, legal_land_use
    term: Seen[Term | tuple[Term, ...]] | None
    origin: Seen[tuple[str, ...]] | None
    owners: tuple[Owner, ...]
    owners_numbers_agreed: bool  # both engines read the same years and identity numbers
    survey: SurveyResult | None

    def agreed_code(self, name: str) -> str | None:
        """Return a code that was read in one way only; None where there is none."""
        seen = self.codes.get(name)
        return seen.value if seen is not None and seen.agreed else None


def _maybe(parse: Callable[[str], T | None]) -> Parser[T]:
    def parser(text: str) -> tuple[T, ...]:
        value = parse(text)
        return () if value is None else (value,)

    return parser


def is_none_mark(reading: Reading) -> bool:
    """Return whether the paper prints that there is none: `-/-`."""
    return all(_NONE_MARK.fullmatch(text) for text in _texts(reading))


def _says_none(name: str, reading: Reading) -> bool:
    """Return whether assets, restrictions or a note say in words that there are none: `Không`, `Không có`."""
    return name in _TEXTS and all(_NONE_WORDS.fullmatch(fold(text)) for text in _texts(reading))


def _texts(reading: Reading) -> list[str]:
    return [vote.text for vote in reading.votes if vote.text.strip()] or [reading.text]


def places_of(draft: Draft, name: str) -> tuple[Reading, ...]:
    """Return the places where the field has a content."""
    read = draft.fields.get(name, ())
    return tuple(one for one in read if not is_none_mark(one) and not _says_none(name, one))


def _see_all(draft: Draft, parsers: Mapping[str, Parser[T]], prefer: str) -> dict[str, Seen[T]]:
    seen = {name: see(places_of(draft, name), parse, prefer) for name, parse in parsers.items()}
    return {name: field for name, field in seen.items() if field is not None}


def best_text(reading: Reading, engine: str) -> str:
    """Return the engine's text of a place, or the text that is kept as evidence."""
    return next((vote.text for vote in reading.votes if vote.engine == engine and vote.text.strip()), reading.text)


def _owners(readings: Sequence[Reading]) -> tuple[Owner, ...]:
    """Return all persons of all places in order; one who stands at two places is kept once."""
    found: dict[str, Owner] = {}
    for reading in readings:
        for owner in with_numbers_of(read_owners(best_text(reading, WORDS)), read_owners(best_text(reading, DIGITS))):
            found.setdefault(name_key(owner.name), owner)
    return share_address(tuple(found.values()))


def _user_type(tables: Tables) -> Parser[str]:
    def parser(text: str) -> tuple[str, ...]:
        code = re.sub(r"[^\w]", "", text).upper().replace("0", "O")
        return (code,) if code in tables.user_types else ()

    return parser


def _barcode(text: str) -> str | None:
    digits = re.sub(r"\s", "", text)
    return digits if re.fullmatch(r"\d{13}", digits) else None


def _when(draft: Draft, issued: Seen[str] | None, tables: Tables) -> tuple[str | None, Era | None, Period]:
    """Return the signing day, the era and the days on which the paper may have been made."""
    day = issued.value if issued else None
    eras = {era_on(option, tables) for option in issued.options} if issued else set()
    dated = eras.pop() if len(eras) == 1 else None  # days of two eras tell none
    printed = era_of_form(draft.form, tables) if day is None or not eras else None
    era = draft.era or dated or printed or (era_on(draft.given.unit_date, tables) if day is None else None)
    if day and issued and issued.agreed:
        return day, era, Period.on(date.fromisoformat(day))
    if draft.form and (printed_in := period_of_form(draft.form, tables)):
        return day, era, printed_in
    return day, era, period_of(draft.era, tables) if draft.era else ALWAYS


def _seconded(seen: Seen[str]) -> Seen[str]:
    """Return what a machine code says, where an engine read the same in print; its Đ may be the engine's D."""
    for option in seen.options:
        alike = [other for other in seen.options if other.replace("Đ", "D") == option.replace("Đ", "D")]
        if CODE in seen.backers(option) and any(seen.backers(other) - {CODE} for other in alike):
            backing = (seen.backers(option),)
            return replace(seen, value=option, options=(option,), agreed=True, two_ways=False, backing=backing)
    return seen


def _with_bar(serial: Seen[str], form: Form | None) -> Seen[str]:
    """Return the serial with the Đ that only one engine can read, where the engines differ in that alone."""
    if len({option.replace("Đ", "D") for option in serial.options}) != 1:
        return serial
    fitting = [option for option in serial.options if fits_serial(option, form)]
    return replace(serial, value=max(fitting or serial.options, key=lambda option: option.count("Đ")))


def examine(draft: Draft, tables: Tables) -> Paper:
    """Return the draft with every vote parsed; nothing is accepted or refused here."""
    issued = see(places_of(draft, "issued_on"), _maybe(read_date), DIGITS)
    day, era, period = _when(draft, issued, tables)
    site = make_out_site(draft, period, tables)
    namer = Namer(tables, era, site.unit.type if site.unit else None)
    areas = _see_all(draft, dict.fromkeys(AREAS, read_area), DIGITS)
    areas |= _see_all(draft, dict.fromkeys(AREAS_IN_WORDS, _maybe(read_number_words)), WORDS)
    codes = _see_all(draft, {name: _maybe(parse) for name, parse in NUMBERS.items()}, DIGITS)
    codes |= _see_all(draft, {"user_type": _user_type(tables), "barcode": _maybe(_barcode)}, DIGITS)
    codes |= {name: _seconded(codes[name]) for name in ("serial", "barcode") if name in codes}
    if serial := codes.get("serial"):
        codes["serial"] = _with_bar(serial, draft.form)
    uses: Parser[LandUses] = _maybe(lambda text: read_land_uses(text, namer))
    terms: Parser[Term | tuple[Term, ...]] = _maybe(lambda text: read_term(text, namer))
    area = areas.get("area_m2")
    return Paper(
        draft=draft,
        tables=tables,
        form=draft.form,
        era=era,
        day=day,
        period=period,
        site=site,
        areas=areas,
        codes=codes if issued is None else {**codes, "issued_on": issued},
        land_uses=_see_all(draft, {"land_use": uses, "legal_land_use": uses}, WORDS),
        term=see(places_of(draft, "term"), terms, WORDS),
        origin=see(places_of(draft, "origin"), _maybe(lambda text: read_origins(text, tables)), WORDS),
        owners=_owners(places_of(draft, "owners")),
        owners_numbers_agreed=all(map(same_numbers, places_of(draft, "owners"))),
        survey=decode(draft.corners, area.value if area else None) if draft.corners else None,
    )
