"""A batch of invented papers with their truth, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from samples.archive import FILERS, file_past
from samples.chance import pick
from samples.develop import develop
from samples.divided import with_stories
from samples.estate import Estate, estates
from samples.faults import with_faults
from samples.filing import Filing, file_estates
from samples.gazetteer import steady_communes
from samples.history import past_of
from samples.misprints import with_losses, with_mergers, with_misprints
from samples.mixed import bound_together
from samples.record import Record, write_manifest
from samples.wear import Grade
from schemas.errors import Misconfigured
from schemas.tables import load_tables

#: What the first generator's filings are called among `ALL_KINDS`.
_FIRST: dict[str, str] = {"gcn": "gcn_2009", "so_muc_ke": "so_muc_ke", "trich_do": "trich_do", "khac": "khac"}
#: Every name that `kinds` may hold: a kind of the contract, a form of certificate, a book with its era.
ALL_KINDS: tuple[str, ...] = (*_FIRST.values(), *FILERS)


@dataclass(frozen=True, slots=True)
class MadeBatch:
    """What was written: the two folders and how many of each."""

    scans: Path
    truth: Path
    files: int
    pages: int
    documents: int
    entries: int
    parcels: int


def make_samples(
    out: Path,
    *,
    seed: int,
    parcels: int,
    grade: Grade,
    kinds: Sequence[str] | None = None,
    fault_share: float = 0.0,
    mixed: int | None = None,
    on_page: Callable[[int, int], None] | None = None,
) -> MadeBatch:
    """Write `out/scans`, a batch as the contract has it, and `out/truth` with what a flawless reader would find.

    See `make_batch`, which does the same with more choices.
    """
    return make_batch(
        out,
        seed=seed,
        parcels=parcels,
        grades=(grade,),
        fault_share=fault_share,
        kinds=kinds,
        mixed=mixed,
        on_page=on_page,
    )


def make_batch(
    out: Path,
    *,
    seed: int,
    parcels: int,
    grades: Sequence[Grade],
    fault_share: float = 0.0,
    dpi: int | None = None,
    kinds: Sequence[str] | None = None,
    mixed: int | None = None,
    on_page: Callable[[int, int], None] | None = None,
) -> MadeBatch:
    """Write a batch and its truth; each file has one of the grades.

    About 2.3 images come of each parcel: all stand in their commune's sổ mục kê, some 55 % have a certificate
    (four pages, or two spreads), some 35 % an extract of one or two pages; of each 30 parcels a commune, with a
    cover, a letter and an empty page. The same seed gives the same parcels and papers in every grade. `on_page`
    is told images done and images in all. `fault_share` of the parcels, and of their papers of the past, get a fault
    on purpose, named in `truth/faults.csv`; the entries' values are what is printed. `dpi` is the resolution of every
    page, where it is not to differ between 200 and 300 from office to office.
    `kinds` names the papers wanted, of `ALL_KINDS`, or is `"all"`; None gives the first three and stray pages.
    The parcels of a seed are the same whichever papers are wanted. `mixed` binds all papers into files of about so
    many pages, as a feeder does; None leaves each paper in its own file.
    Raises Misconfigured if `parcels` is below 1, a kind is unknown or one of the folders is there already.
    """
    if parcels < 1:
        raise Misconfigured("cần ít nhất một thửa đất: --parcels 1", "at least one parcel is needed: --parcels 1")
    if (out / "scans").exists() or (out / "truth").exists():
        raise Misconfigured(f"{out} đã có bộ mẫu, hãy chọn thư mục khác", f"{out} holds samples already, name another")
    world, captures, faults, old, stories = (np.random.default_rng([seed, part]) for part in (1, 2, 3, 4, 5))
    tables = load_tables()
    known = steady_communes(tables)
    places = world.choice(len(known), size=1 + parcels // 30, replace=False)
    shares = np.array_split(np.arange(parcels), len(places))
    wanted = _wanted(kinds)
    held: list[Estate] = []
    filings: list[Filing] = []
    record = Record()
    for place, share in zip(places, shares, strict=True):
        (teller,) = stories.spawn(1)
        told = with_stories(teller, estates(world, known[int(place)], len(share)))
        more = with_faults(faults, told, fault_share)
        planned = file_estates(world, more, len(held), dpi)
        filings += [filing for filing in planned if _FIRST[filing.kind] in wanted]
        if kinds is not None:
            (elders,) = old.spawn(1)
            past = past_of(elders, tables, more, len(held))
            record.parts |= past.parts()
            past = with_losses(teller, with_mergers(teller, tables, past))
            filings += file_past(elders, with_misprints(teller, tables, past, fault_share), dpi, wanted)
        held += more
    if not filings:
        raise Misconfigured(
            "không có giấy tờ nào thuộc loại đã chọn: hãy tăng --parcels",
            "no paper of that kind came of so few parcels",
        )
    if mixed is not None:
        filings = bound_together(np.random.default_rng([seed, 5]), filings, mixed)
    total = sum(filing.images for filing in filings)
    for filing, child in zip(filings, captures.spawn(len(filings)), strict=True):
        grade = pick(child, grades)
        record.add(develop(out / "scans", filing, grade, child), grade)
        if on_page:
            on_page(len(record.pages), total)
    record.missing += write_manifest(out / "scans", filings, record.files, captures)
    record.write(out / "truth", held)
    return MadeBatch(
        scans=out / "scans",
        truth=out / "truth",
        files=sum(map(len, record.files)),
        pages=len(record.pages),
        documents=record.documents,
        entries=len(record.entries),
        parcels=len(held),
    )


def _wanted(kinds: Sequence[str] | None) -> tuple[str, ...]:
    """Return the names of the wanted papers; raise Misconfigured for a name that is none."""
    if kinds is None:
        return tuple(_FIRST.values())
    if kinds == "all" or tuple(kinds) == ("all",):
        return ALL_KINDS
    names = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    if unknown := [name for name in names if name not in ALL_KINDS]:
        known = ", ".join(ALL_KINDS)
        raise Misconfigured(
            f"không có loại giấy {', '.join(unknown)}; có: {known}", f"no kind {', '.join(unknown)}; there are: {known}"
        )
    return names
