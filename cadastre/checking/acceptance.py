"""What may be taken unseen: each field of a paper with its value and status, once the rules have spoken.

Digits and codes: two engines agree, or the paper's own redundancy confirms. Words: one of a closed list beyond
doubt. Names and free text wait. Whatever a rule doubts waits.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from cadastre.checking.paper_rules import REQUIRED
from cadastre.checking.papers import AREAS, NUMBERS, Paper, best_text, places_of
from cadastre.checking.redundancy import SettledArea
from cadastre.checking.votes import DIGITS, WORDS, Seen, see, text_that_means
from cadastre.ground.grid import place_corners
from cadastre.units.addresses import mend_places
from cadastre.words.certificates import decision_in, is_unknown_number
from cadastre.words.folding import key
from cadastre.words.landuse import LandUses
from cadastre.words.notes import read_old_numbers, read_refs, with_ones
from cadastre.words.numbers import read_area
from cadastre.words.offices import office_name
from schemas.documents import Kind
from schemas.entries import Draft, FieldStatus, FieldValue, Ref, Source, Value
from schemas.outcomes import Finding
from schemas.readings import CornerReading, Reading

#: Text that is kept as printed and waits for a person.
FREE_TEXT = ("address", "issuer", "toponym")
#: The same, printed in several places that belong together.
LISTED_TEXT = ("assets", "restrictions")
#: What a book says of every row, over the row or in it: asked for row by row where nobody can tell which is meant.
_OF_EACH_ROW: Mapping[Kind, tuple[str, ...]] = {"so_dang_ky": ("owners",)}
Fields = dict[str, FieldValue]
_SAME_PLACE = 90  # likeness in per cent of a commune's name and what was read


def _field(
    value: Value, reading: Reading | None, status: FieldStatus, source: Source = "paper", text: str | None = None
) -> FieldValue:
    on_paper = reading if source == "paper" else None
    return FieldValue(
        value=value,
        text=(text or on_paper.text) if on_paper else None,
        p=None,
        status=status,
        source=source,
        ref=on_paper.ref if on_paper else None,
        box=on_paper.box if on_paper else None,
    )


def _joined(readings: Iterable[Reading], text: str | None = None) -> Reading:
    """Return the places of one page as one, with all their texts."""
    places = list(readings)
    first = places[0]
    same_page = [place for place in places if place.ref == first.ref]
    box = first.box
    for place in same_page[1:]:
        box = box.union(place.box)
    return Reading(first.ref, box, text or "; ".join(place.text for place in places), ())


def _status(value: object, accepted: bool) -> FieldStatus:
    if value is None:
        return "unreadable"
    return "accepted" if accepted else "review"


def _areas(paper: Paper, area: SettledArea, doubted: Collection[str]) -> Fields:
    chosen: dict[str, tuple[float | None, bool]] = {}
    for name in (*AREAS, "area_words_m2", "total_words_m2"):
        seen = paper.areas.get(name)
        if seen is not None:
            chosen[name] = (seen.value, seen.agreed)
    if "area_m2" in chosen and area.value is not None:
        agreed = chosen["area_m2"][1] and area.value == paper.areas["area_m2"].value
        sure = (area.proven or agreed) and "area_m2" not in doubted
        chosen["area_m2"] = (area.value, sure)
        if area.words_m2 is not None:
            chosen["area_words_m2"] = (area.words_m2, sure)
        if area.shares is not None:
            for name, share in zip(("private_m2", "shared_m2"), area.shares, strict=True):
                if name in chosen and share is not None:
                    chosen[name] = (share, sure)
        if "twice" in area.proofs:
            chosen["legal_area_m2"] = (area.value, sure)
    fields: Fields = {}
    for name, (value, accepted) in chosen.items():
        reading = paper.areas[name].reading
        text = text_that_means(reading, read_area, value)
        fields[name] = _field(value, reading, _status(value, accepted and name not in doubted), text=text)
    return fields


def _codes(paper: Paper, doubted: Collection[str]) -> Fields:
    fields: Fields = {}
    for name in (*NUMBERS, "issued_on", "user_type"):
        seen = paper.codes.get(name)
        if seen is None:
            continue
        status = _status(seen.value, seen.agreed and name not in doubted)
        if seen.value is None and is_unknown_number(seen.reading.text):
            status = "review"  # printed as 00: the paper does not know it
        fields[name] = _field(seen.value, seen.reading, status)
    return fields


def _agreed(paper: Paper, name: str) -> bool:
    return name in paper.areas and paper.areas[name].agreed


def _one_meaning(seen: Seen[LandUses]) -> bool:
    """Return whether every vote that could be read names the same codes."""
    return len({tuple(use.code for use in read.uses) for read in seen.options}) == 1


def _uses_accepted(seen: Seen[LandUses], proven: LandUses | None, twin: Seen[LandUses] | None) -> bool:
    read = seen.value
    if read is None or not read.sure or not _one_meaning(seen):
        return False
    if proven is None and len({use.area_m2 is None for use in read.uses}) > 1:
        return False  # one purpose with its area and one without: an area was not read
    if read.codes and not seen.agreed:
        # a printed code is digits-like: two engines, or the same code in the other column of the ledger
        return bool(twin and twin.value and twin.value.uses == read.uses and _one_meaning(twin))
    areas_agree = len({option.uses for option in seen.options}) == 1 and (seen.agreed or seen.numbers_agreed)
    return all(use.area_m2 is None for use in read.uses) or areas_agree or proven is not None


def _land_uses(paper: Paper, area: SettledArea, doubted: Collection[str]) -> Fields:
    fields: Fields = {}
    twins = {"land_use": "legal_land_use", "legal_land_use": "land_use"}
    for name, seen in paper.land_uses.items():
        proven = (
            area.uses if name == "land_use" and area.one_sum and (area.proven or _agreed(paper, "area_m2")) else None
        )
        read = proven or seen.value
        accepted = _uses_accepted(seen, proven, paper.land_uses.get(twins[name])) and name not in doubted
        value = read.uses if read else None
        fields[name] = _field(value, seen.reading, _status(value, accepted))
    return fields


def _term(paper: Paper, doubted: Collection[str]) -> Fields:
    seen = paper.term
    if seen is None:
        return {}
    terms = seen.value if isinstance(seen.value, tuple) else (seen.value,)
    in_words = all(term is not None and term.kind == "long" for term in terms) and len(seen.options) == 1
    in_numbers = seen.numbers_agreed and len(seen.options) == 1
    accepted = (seen.agreed or in_words or in_numbers) and "term" not in doubted
    return {"term": _field(seen.value, seen.reading, _status(seen.value, accepted))}


def _origin(paper: Paper, doubted: Collection[str]) -> Fields:
    seen = paper.origin
    if seen is None:
        return {}
    if seen.value is None:  # not in the list: the printed words stand, and wait
        return {"origin": _field(best_text(seen.reading, WORDS), seen.reading, "review")}
    printed_codes = all(code in seen.reading.text.upper().replace(" ", "") for code in seen.value)
    accepted = (seen.agreed or (len(seen.options) == 1 and not printed_codes)) and "origin" not in doubted
    return {"origin": _field(seen.value, seen.reading, _status(seen.value, accepted))}


def _worded(draft: Draft, name: str) -> tuple[Reading, ...]:
    """Return the places where more stands than a stray letter."""
    return tuple(place for place in places_of(draft, name) if len(key(place.text)) > 1)


def _people_and_text(paper: Paper) -> Fields:
    draft = paper.draft
    fields: Fields = {}

    def mended(text: str) -> str:
        unit = paper.site.unit if paper.site.sure else None
        return mend_places(text, unit, paper.tables) if unit else text

    if owners := places_of(draft, "owners"):
        named = tuple(replace(one, address=mended(one.address)) if one.address else one for one in paper.owners)
        fields["owners"] = _field(named or None, _joined(owners), _status(named or None, False))
    for name in FREE_TEXT:
        if places := _worded(draft, name):
            text = best_text(places[0], WORDS)
            if name != "toponym":
                text = mended(office_name(text) if name == "issuer" else text)
            fields[name] = _field(text, places[0], "review")
    for name in LISTED_TEXT:
        if places := _worded(draft, name):
            text = "; ".join(best_text(place, WORDS) for place in places)
            fields[name] = _field(text, _joined(places), "review")
    if notes := _worded(draft, "change_note"):
        text = "\n".join(with_ones(best_text(note, WORDS)) for note in notes)
        fields["change_note"] = _field(text, _joined(notes, text), "review")
    fields |= _names(notes, _worded(draft, "refs"))
    return fields


def _names(notes: Sequence[Reading], others: Sequence[Reading]) -> Fields:
    """Return what a paper names in its notes of change and, on a certificate, in its own notes (Ghi chú)."""
    naming = (*notes, *others)
    if not naming:
        return {}
    fields: Fields = {}
    texts = ["\n".join(best_text(note, engine) for note in naming) for engine in (WORDS, DIGITS)]
    place = _joined(naming, texts[0])
    if refs := tuple(dict.fromkeys(ref for text in texts for ref in read_refs(text))):
        fields["refs"] = _field(refs, place, "review")
    told = zip(*map(read_old_numbers, texts), strict=True)
    for name, numbers in zip(("old_sheet_no", "old_parcel_no"), told, strict=True):
        if number := next(filter(None, numbers), None):
            fields[name] = _field(number, place, "review")
    return fields


def _pages(draft: Draft) -> Fields:
    """Return the pages that a register's page goes on from and to (`Tiếp theo`, `Chuyển tiếp trang số`)."""
    places = [place for name in ("page_before", "page_after") for place in places_of(draft, name)]
    seen = [(place, see((place,), _page_number, DIGITS)) for place in places]
    known = [(place, found) for place, found in seen if found is not None and found.value]
    if not known:
        return {}
    refs = tuple(Ref("page", found.value) for _, found in known if found.value)
    agreed = all(found.agreed for _, found in known)
    return {"refs": _field(refs, _joined(place for place, _ in known), _status(refs, agreed))}


def _page_number(text: str) -> tuple[str, ...]:
    found = re.fullmatch(r"\D{0,2}0*([1-9]\d{0,3})\D{0,2}", text)
    return (found[1],) if found else ()


def _named(notes: Fields, pages: Fields) -> Fields:
    """Return both; a paper that names pages and other papers names them in one field."""
    if "refs" not in notes or "refs" not in pages:
        return {**pages, **notes}
    said, leads = notes["refs"], pages["refs"]
    value = (*said.value, *leads.value) if isinstance(said.value, tuple) and isinstance(leads.value, tuple) else None
    return {**notes, "refs": replace(said, value=value)}


def _decision(fields: Fields) -> Fields:
    """Return the references with the decision that a register number of 1993 holds (domain.md 3.4)."""
    number = fields.get("register_no")
    decision = decision_in(number.value) if number and isinstance(number.value, str) else None
    if number is None or decision is None:
        return {}
    ref, named = Ref("decision", decision), fields.get("refs")
    if named is None or not isinstance(named.value, tuple):
        return {"refs": replace(number, value=(ref,))}
    return {"refs": replace(named, value=tuple(dict.fromkeys((*named.value, ref))))}


def _site(paper: Paper) -> Fields:
    site = paper.site
    fields: Fields = {}
    status: FieldStatus = "accepted" if site.sure else "review"
    if site.code is not None:
        fields["unit_code"] = _field(site.code, None, status, site.source)
    name = site.unit.name if site.unit else None
    if site.printed is not None:
        words = best_text(site.printed, WORDS)
        # a manifest may know the predecessor of the commune that the paper prints
        told = name if name and fuzz.partial_ratio(key(name), key(words)) >= _SAME_PLACE else None
        if told is None and site.source == "paper":
            told = name
        fields["unit_name"] = _field(told or words[:1].upper() + words[1:], site.printed, status if told else "review")
    elif name is not None:
        fields["unit_name"] = _field(name, None, status, site.source)
    return fields


def _cells(rows: Iterable[CornerReading]) -> list[list[Reading]]:
    return [[cell for cell in (row.no, row.x, row.y, row.edge) if cell is not None] for row in rows]


def corners_of(paper: Paper, ruled: Collection[Finding] = ()) -> tuple[Fields, tuple[Finding, ...]]:
    """Return the corners with their status, and what the corner table's own checks found (R4, R5, place).

    `ruled` is what the rules found; corners that one of them doubts wait.
    """
    survey = paper.survey
    rows = [row for row in _cells(paper.draft.corners) if row]
    if survey is None or not rows:
        return {}, ()
    centroid = paper.site.unit.trusted_centroid if paper.site.unit and paper.site.sure else None
    placed, where = place_corners(survey.corners, centroid)
    findings = (*survey.findings, *where)
    doubted = any("corners" in finding.fields and finding.severity != "note" for finding in ruled)
    faulty = any(finding.severity == "error" for finding in findings)
    accepted = survey.outcome != "review" and not faulty and not doubted
    text = "\n".join(" ".join(cell.text for cell in row) for row in rows)
    place = _joined((cell for row in rows for cell in row), text)
    return {"corners": _field(placed or None, place, _status(placed or None, accepted))}, findings


def accept(paper: Paper, area: SettledArea, findings: Iterable[Finding]) -> Fields:
    """Return every field but the corners; what an error or a warning names waits."""
    doubted = {name for finding in findings if finding.severity != "note" for name in finding.fields}
    fields: Fields = {
        **_site(paper),
        **_codes(paper, doubted),
        **_areas(paper, area, doubted),
        **_land_uses(paper, area, doubted),
        **_term(paper, doubted),
        **_origin(paper, doubted),
        **_named(_people_and_text(paper), _pages(paper.draft)),
    }
    fields |= _decision(fields)
    kind = paper.draft.kind
    for name in (*REQUIRED.get(kind, ()), *_OF_EACH_ROW.get(kind, ())):
        fields.setdefault(name, _field(None, None, "unreadable"))
    return fields
