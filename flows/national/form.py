"""A parcel's rows in the national collection workbook, and what of it did not fit (national_form.md). Pure.

Numbers and codes stand only where they were taken or confirmed. Names and free text, which always wait for a person,
stand with a remark. A parcel whose rows would be sent back has none, and its remarks say why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cadastre.words.area_classes import class_of
from cadastre.words.people import name_key
from flows.exports.writing import hider
from flows.national.columns import MUST, REQUIRED, USES, Cells
from flows.national.people import people_rows
from flows.national.remarks import Remark, Why, together
from flows.national.scan_names import Clash, Naming, commune_now
from flows.national.sources import Sources, taken, value_of
from flows.national.values import coordinates, day_text, origin_text, term_text, use_form
from schemas.entries import LandUse, Ref, value_to_json
from schemas.national_form import FormCodes
from schemas.tables import Tables
from schemas.verification import NumberState
from store.handing_in import Holding, Paper

CELL_MOST = 32_767
"""The most characters that a cell of a workbook holds."""
_MAP_KINDS = ("ban_do", "trich_do", "trich_luc", "so_muc_ke")
_OWN_KINDS = ("don_dang_ky", "trich_do", "trich_luc")
"""Papers of a parcel's own dossier; books, lists and maps are of many."""
_ROUNDING_M2 = 0.05
_AS_READ = ("F", "H", "L", "X", "AO")
"""Columns whose text is as read, where an identity number may stand by mistake."""
_HELD: frozenset[Why] = frozenset(
    {"commune-unknown", "two-certificates", "certificate-waits", "numbers-shared", "newer-certificate"}
)
_OF_PAPERS: frozenset[Why] = frozenset(
    {
        "two-certificates",
        "co-user",
        "certificate-not-held",
        "certificate-may-be-held",
        "scanned-twice",
        "scan-elsewhere",
    }
)
"""Remarks whose value is a serial or the name of a scan: the eight digits of 2024 are no person's number."""
_OF_CLASH: Mapping[Clash, Why] = {
    "certificate": "certificate-waits", "numbers": "numbers-shared", "newer": "newer-certificate",
}  # fmt: skip
_DISPUTED = {
    "issued_on": "D", "register_no": "E", "owners": "H", "address": "X", "area_m2": "Y", "legal_area_m2": "Y",
    "land_use": "Z", "origin": "AB", "private_m2": "AC", "shared_m2": "AC", "term": "AD", "assets": "AO",
    "corners": "BH",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """What a layout needs beside the parcel: names, papers, code tables, whether identity numbers may be shown.

    `states` tells what the authorised verifier found of a number.
    """

    naming: Naming
    papers: Mapping[str, Paper]
    tables: Tables
    codes: FormCodes
    identity: bool
    states: Mapping[str, NumberState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Laid:
    """A parcel's rows, one a person and without column A, and its remarks; `cells` are those that all rows share."""

    cells: Cells
    rows: tuple[Cells, ...]
    remarks: tuple[Remark, ...]


def lay_out(holding: Holding, office: Office) -> Laid:
    """Return the rows and remarks of a parcel."""
    told = Sources(holding, office.tables.precedence)
    shared = _parcel(told, office)
    owners, printed, wait = told.owners()
    people = people_rows(owners, printed, office.codes, office.states, identity=office.identity)
    rows = [{**shared, **person} for person in people]
    remarks = [*_conflicts(told, office), *_differences(told, shared), *_not_written(told, shared),
               *_of_other_series(told, shared, identity=office.identity)]  # fmt: skip
    if wait and rows:
        remarks.append(Remark("waits", ("H" if "H" in rows[0] else "F",)))
    if not office.identity:
        numbers = tuple(owner.id_no for owner in owners if owner.id_no)
        hide, hide_in_names = hider(numbers, any_long=True), hider(numbers, any_long=False)
        rows = [{name: hide(cell) if name in _AS_READ and isinstance(cell, str) else cell for name, cell in row.items()}
                for row in rows]  # fmt: skip
        remarks = [replace(one, value=(hide_in_names if one.why in _OF_PAPERS else hide)(one.value))
                   if one.value else one for one in remarks]  # fmt: skip
    told_why = {letter for remark in remarks if remark.why in _HELD for letter in remark.columns}
    lacking = [Remark("missing", (letter,)) for letter in MUST if not shared.get(letter) and letter not in told_why]
    if not any(row.get("H") or row.get("F") for row in rows):
        lacking.append(Remark("missing", ("H",)))
    held = bool(lacking) or any(remark.why in _HELD for remark in remarks)
    if held:  # what is not written need not be confirmed yet
        remarks = [remark for remark in remarks if remark.why not in ("waits", "scan-elsewhere")]
    remarks += lacking if held else _required(rows)
    return Laid(shared, () if held else tuple(rows), together(remarks))


def _parcel(told: Sources, office: Office) -> Cells:
    """Return the cells that each person's row repeats."""
    key, codes = told.holding.parcel.key, office.codes
    certificate = told.certificate
    serial = told.standing.get("serial")
    address, assets = told.text("address")[0], told.text("assets")[0]
    area_m2 = _area(told)
    named = [name for name in _scans(told, office) if name]
    scans = ", ".join(named)
    cells: Cells = {
        "B": commune_now(key.unit, office.tables, key.era),
        "C": str(serial) if serial else office.naming.dossiers.get(key),
        "T": _text(certificate and serial and taken(certificate, "sheet_no")) or key.sheet,
        "U": _text(certificate and serial and taken(certificate, "parcel_no")) or key.parcel,
        "X": address,
        "Y": area_m2,
        "AO": assets,
        "AX": scans,
        "AY": _parcel_class(told, office, with_asset=bool(assets)),
        "BF": codes.scan_present["yes" if any(name not in office.naming.elsewhere for name in named) else "no"],
        "BH": coordinates(told.holding.parcel.wkb),
    }
    if certificate and serial:
        day, register_no = (
            told.standing.get("issued_on") or taken(certificate, "issued_on"),
            told.standing.get("register_no"),
        )
        cells |= {
            "D": day_text(day, codes) if isinstance(day, str) and len(day) == 10 else None,
            "E": register_no if isinstance(register_no, str) else None,
            "BG": codes.certificate[certificate.form] if certificate.form else None,
        }
    if any(entry.kind in _MAP_KINDS and entry.era in codes.current_map for entry in told.entries):
        cells |= {"V": key.sheet, "W": key.parcel}
    origin = origin_text(told.standing.get("origin") or told.of_kin("origin"))
    form = use_form(told.standing.get("private_m2"), told.standing.get("shared_m2"), codes) or _form_of_kin(
        told, area_m2, codes
    )
    uses = told.land_uses()
    for letters, use in zip(USES, uses, strict=False):
        area = area_m2 if len(uses) == 1 and use.area_m2 is None else use.area_m2
        cells |= dict(
            zip(
                letters,
                (use.code, area, origin, form, term_text(told.standing.get("term"), use.code, codes)),
                strict=True,
            )
        )
    return {letter: None if isinstance(cell, str) and len(cell) > CELL_MOST else cell for letter, cell in cells.items()}


def _form_of_kin(told: Sources, area_m2: float | None, codes: FormCodes) -> str | None:
    """Return the form of use by a paper of another map series whose private and shared areas are all of this parcel."""
    private, shared = (told.of_kin(name) for name in ("private_m2", "shared_m2"))
    parts = [area for area in (private, shared) if isinstance(area, float)]
    whole = parts and area_m2 is not None and abs(sum(parts) - area_m2) <= _ROUNDING_M2
    return use_form(private, shared, codes) if whole else None


def _of_other_series(told: Sources, cells: Cells, *, identity: bool) -> Iterator[Remark]:
    """Yield which cells rest on a paper of another map series."""
    forms = told.standing.get("private_m2"), told.standing.get("shared_m2")
    for letter, said in (("AB", told.standing.get("origin")), ("AC", next(filter(None, forms), None))):
        if cells.get(letter) and not said:
            yield Remark("other-series", (letter,))
    details = {"I": "id_no", "J": "birth_year", "K": "sex", "L": "address"}
    for letter, detail in details.items():
        if (identity or letter != "I") and told.told_by_kin(detail):
            yield Remark("other-series", (letter,))


def _area(told: Sources) -> float | None:
    """Return the certificate's area where one stands, else the measured one, else the legal one."""
    names = ("legal_area_m2", "area_m2") if told.standing.get("serial") else ("area_m2", "legal_area_m2")
    if told.disputed & {names[0]}:
        return None
    areas = (told.standing.get(name) for name in names)
    return next((area for area in areas if isinstance(area, float)), None)


def _parcel_class(told: Sources, office: Office, *, with_asset: bool) -> str:
    codes, certificate = office.codes, told.certificate
    parcel = told.holding.parcel
    apart = None
    if parcel.area_m2 is not None and parcel.legal_area_m2 is not None:
        apart = class_of(parcel.area_m2, parcel.legal_area_m2, parcel.key.era)
    filled = {"grade": parcel.grade, "area_class": apart or ""}
    if certificate is None or not told.standing.get("serial"):
        return codes.parcel_class["no_certificate"].format(**filled)
    paper = office.papers.get(certificate.document_id)
    several = paper is not None and len(paper.keys) > 1
    return codes.parcel_class["one_of_several" if several else "with_asset" if with_asset else "plain"].format(**filled)


def _scans(told: Sources, office: Office) -> list[str]:
    """Return the names of the scans: of the certificate, else of the parcel's own papers, else of all behind it."""
    naming = office.naming
    if serial := told.standing.get("serial"):
        named = naming.certificates.get(str(serial))
        held = (one for one in told.entries if one.kind == "gcn" and value_of(one, "serial") == serial)
        return [named] if named else list(dict.fromkeys(naming.scans[one.document_id] for one in held))
    papers = [office.papers[one] for one in dict.fromkeys(entry.document_id for entry in told.entries)]
    own = [paper for paper in papers if paper.kind in _OWN_KINDS]
    return [naming.scans[paper.document_id] for paper in own or papers]


def _conflicts(told: Sources, office: Office) -> Iterator[Remark]:
    """Yield why a parcel may have no row at all, and what the papers say differently."""
    key = told.holding.parcel.key
    if commune_now(key.unit, office.tables, key.era) is None:
        yield Remark("commune-unknown", ("B",), key.unit)
    if "serial" in told.disputed:
        yield Remark("two-certificates", ("C",), "; ".join(sorted(map(str, told.disputed_values("serial")))))
    elif told.certificate and not told.standing.get("serial"):
        yield Remark("certificate-waits", ("C",), _text(value_of(told.certificate, "serial")))
    elif clash := office.naming.clashes.get(key):
        yield Remark(_OF_CLASH[clash], ("C",))
    for name, letter in _DISPUTED.items():
        if name in told.disputed:
            values = (str(value_to_json(name, one)) for one in told.disputed_values(name))
            yield Remark("disputed", (letter,), None if name == "owners" else "; ".join(sorted(values)))
    yield from _certificates_elsewhere(told, office)


def _certificates_elsewhere(told: Sources, office: Office) -> Iterator[Remark]:
    """Yield the certificates that are not in the rows: further scans, not held, or perhaps this parcel's."""
    serial = told.standing.get("serial")
    if away := [name for name in _scans(told, office) if name in office.naming.elsewhere]:
        yield Remark("scan-elsewhere", ("AX",), ", ".join(away))
    for copy in office.naming.copies.get(str(serial), ()):
        yield Remark("scanned-twice", ("AX",), copy)
    for other in told.standing_values("serial")[1:]:
        yield Remark("co-user", ("C",), str(other))
    if serial and told.certificate is None:
        yield Remark("certificate-not-held", ("C",), str(serial))
    if not serial and told.certificate is None:
        names = frozenset(name_key(owner.name) for owner in told.owners()[0])
        for stray in office.naming.strays.get(names, ()):
            yield Remark("certificate-may-be-held", ("C",), stray)
    if not serial:
        held = office.naming.certificates
        for named in sorted(
            {ref for entry in told.entries for ref in _serials(entry.fields.get("refs")) if ref not in held}
        ):
            yield Remark("certificate-not-held", ("C",), named)


def _serials(field: object) -> Iterable[str]:
    value = getattr(field, "value", None) or ()
    return (ref.value for ref in value if isinstance(ref, Ref) and ref.type == "serial")


def _differences(told: Sources, cells: Cells) -> Iterator[Remark]:
    """Yield what is written and contradicted by what is known beside it."""
    area, measured = cells.get("Y"), told.standing.get("area_m2")
    if not isinstance(area, float):
        return
    if isinstance(measured, float) and abs(measured - area) > _ROUNDING_M2:
        yield Remark("areas-differ", ("Y",), _number(measured))
    uses = told.land_uses()
    if len(uses) > 1 and all(use.area_m2 is not None for use in uses):
        total = sum(use.area_m2 or 0.0 for use in uses)
        if abs(total - area) > _ROUNDING_M2:
            yield Remark("uses-differ", ("AA",), _number(total))


def _not_written(told: Sources, cells: Cells) -> Iterator[Remark]:
    """Yield what waits for a person though it is written, and what found no cell."""
    for name, letter in (("address", "X"), ("assets", "AO")):
        text, waits = told.text(name)
        if waits:
            yield Remark("waits", (letter,))
        if text and len(text) > CELL_MOST:
            yield Remark("too-long", (letter,))
    if told.holding.parcel.wkb and not cells.get("BH"):
        yield Remark("too-long", ("BH",))
    further: Sequence[LandUse] = told.land_uses()[len(USES) :]
    for use in further:
        area = "" if use.area_m2 is None else f": {_number(use.area_m2)} m²"
        yield Remark("more-land-uses", value=use.code + area)


def _required(rows: Sequence[Cells]) -> Iterator[Remark]:
    """Yield the cells that the import asks for and that are empty; once where it is so in every row."""
    for letter in REQUIRED:
        empty = [number for number, row in enumerate(rows) if not row.get(letter)]
        if len(empty) == len(rows):
            yield Remark("required", (letter,))
        else:
            yield from (Remark("required", (letter,), person=number) for number in empty)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: float) -> str:
    return f"{value:.10g}".replace(".", ",")
