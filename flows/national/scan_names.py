"""How the national workbook calls a paper's scan and a parcel without a certificate (national_form.md, items 2 and 49).

Pure. Names are made out over all papers that are kept, so that the workbook and the scans agree whatever the batch.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from cadastre.units.successions import unit_now
from cadastre.words.people import name_key
from schemas.documents import Era
from schemas.national_form import FormCodes
from schemas.parcels import ParcelKey
from schemas.tables import Tables
from store.handing_in import CertificateSeen, Paper

Numbers = tuple[str, str, str]
"""Commune code of today, sheet, parcel: what a dossier code is made of."""

Clash = Literal["certificate", "numbers", "newer"]
"""Why a parcel has no row: a certificate that waits names it, another parcel has its numbers, or both are certified."""

_ERAS: tuple[Era, ...] = get_args(Era)
_EVE = date(2025, 6, 30)  # last day of the old communes


@dataclass(frozen=True, slots=True)
class Naming:
    """The scan's file name of each paper, and the dossier codes of the parcels without a certificate.

    `clashes` holds the parcels that have no row because of another one.
    """

    scans: Mapping[str, str]
    dossiers: Mapping[ParcelKey, str]
    clashes: Mapping[ParcelKey, Clash]
    certificates: Mapping[str, str]  # serial -> the scan that bears it in its name
    copies: Mapping[str, tuple[str, ...]]  # serial -> scans of further papers with it
    strays: Mapping[frozenset[str], tuple[str, ...]]  # owners' name keys -> scans of certificates of no known parcel
    elsewhere: frozenset[str] = frozenset()  # scans that the installation holds which the entries came from


def commune_now(unit: str, tables: Tables, era: Era | None = None) -> str | None:
    """Return the code that the commune's land has today; None where that is not known.

    Without the era of the paper the code is taken as on the last day before the merger of 2025.
    """
    now = unit_now(unit, era, tables) if era else unit_now(unit, None, tables) or unit_now(unit, _EVE, tables)
    return now.code if now else None


def numbers_now(key: ParcelKey, tables: Tables) -> Numbers | None:
    """Return what a dossier code of the parcel is made of; None where its commune has no code today."""
    unit = commune_now(key.unit, tables, key.era)
    return (unit, key.sheet, key.parcel) if unit else None


def file_part(text: str) -> str:
    """Return text fit for a file name and for a list joined by commas."""
    return re.sub(r"[^\w .\-]+", "-", text).strip(" .")


def dossier_code(numbers: Numbers, codes: FormCodes) -> str:
    """Return the code that stands for a certificate's serial where there is none."""
    return file_part("_".join((codes.dossier_prefix, *numbers)))


def name_papers(
    papers: Sequence[Paper],
    seen: Sequence[CertificateSeen],
    tables: Tables,
    codes: FormCodes,
    ended: Collection[ParcelKey] = (),
) -> Naming:
    """Return the names of all scans and dossiers; the order of the papers changes nothing.

    `ended` are numbers whose place a newer one took: they stand in nobody's way.
    """
    certified = frozenset(key for paper in papers if paper.kind == "gcn" for key in paper.keys if key not in ended)
    keys = {key for paper in papers for key in paper.keys if key not in ended}
    dossiers, clashes = _dossiers(keys - certified, certified, seen, tables, codes)
    clashes |= _older(certified)
    scans = {paper.document_id: f"{paper.document_id}.pdf" if _was_scanned(paper) else "" for paper in papers}
    certificates: dict[str, str] = {}
    copies: dict[str, tuple[str, ...]] = {}
    by_name: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        if name := _own_name(paper, certified, dossiers, codes):
            by_name[name.casefold()].append(paper)
    for same in by_name.values():
        first, *others = sorted(same, key=lambda paper: (-len(paper.pages), paper.document_id))
        scans[first.document_id] = _own_name(first, certified, dossiers, codes) or scans[first.document_id]
        if first.kind == "gcn":
            certificates[first.serials[0]] = scans[first.document_id]
            copies[first.serials[0]] = tuple(scans[paper.document_id] for paper in others)
    elsewhere = frozenset(scans[paper.document_id] for paper in papers if not paper.pages) - {""}
    return Naming(scans, dossiers, clashes, certificates, copies, _strays(seen, scans), elsewhere)


def _was_scanned(paper: Paper) -> bool:
    """Return whether there is a scan, here or where the entries came from; of an imported map or list there is none."""
    return paper.kind != "du_lieu"


def _older(certified: Iterable[ParcelKey]) -> dict[ParcelKey, Clash]:
    """Return the certified parcels whose numbers a certificate of a later map series bears too."""
    last: dict[Numbers, int] = {}
    for key in certified:
        numbers = (key.unit, key.sheet, key.parcel)
        last[numbers] = max(last.get(numbers, 0), _ERAS.index(key.era))
    return {key: "newer" for key in certified if _ERAS.index(key.era) < last[key.unit, key.sheet, key.parcel]}


def _strays(seen: Iterable[CertificateSeen], scans: Mapping[str, str]) -> dict[frozenset[str], tuple[str, ...]]:
    strays: dict[frozenset[str], tuple[str, ...]] = {}
    for one in seen:
        if one.owners and not (one.placed or (one.sheet and one.parcel)):
            names = frozenset(map(name_key, one.owners))
            strays[names] = (*strays.get(names, ()), scans[one.document_id])
    return strays


def _own_name(
    paper: Paper, certified: Collection[ParcelKey], dossiers: Mapping[ParcelKey, str], codes: FormCodes
) -> str | None:
    """Return the name that the paper would have if no other had it; None where it goes by its document id."""
    end = codes.scans.get(paper.kind)
    if end is None or not _was_scanned(paper):
        return None
    if paper.kind == "gcn":
        return f"{file_part(paper.serials[0])}-{end}.pdf" if len(paper.serials) == 1 else None
    own = sorted(dossiers[key] for key in paper.keys if key not in certified and key in dossiers)
    return f"{own[0]}-{end}.pdf" if own else None


def _dossiers(
    keys: Collection[ParcelKey],
    certified: Collection[ParcelKey],
    seen: Iterable[CertificateSeen],
    tables: Tables,
    codes: FormCodes,
) -> tuple[dict[ParcelKey, str], dict[ParcelKey, Clash]]:
    """Return the dossier codes, and why a parcel has none; of one numbering in several series the newest has it."""
    held = {numbers_now(key, tables) for key in certified}
    waiting = {
        (commune_now(one.unit, tables) or one.unit, one.sheet, one.parcel)
        for one in seen
        if not one.placed and one.unit and one.sheet and one.parcel
    }
    by_code: dict[str, list[ParcelKey]] = defaultdict(list)
    for key in keys:
        if numbers := numbers_now(key, tables):
            by_code[dossier_code(numbers, codes)].append(key)
    dossiers: dict[ParcelKey, str] = {}
    clashes: dict[ParcelKey, Clash] = {}
    for code, same in by_code.items():
        newest = max(_ERAS.index(key.era) for key in same)
        latest = [key for key in same if _ERAS.index(key.era) == newest]
        for key in same:
            if numbers_now(key, tables) in waiting:
                clashes[key] = "certificate"
            elif latest == [key] and numbers_now(key, tables) not in held:
                dossiers[key] = code
            else:
                clashes[key] = "numbers"
    return dossiers, clashes
