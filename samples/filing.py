"""Which papers go into which file, under what name, and how they are captured."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from numpy.random import Generator

from samples.capture import Mode
from samples.chance import chance, pick, weighted, whole
from samples.estate import Estate
from samples.gazetteer import Commune
from samples.gcn import draw_gcn
from samples.gcn_printing import Printing, printing
from samples.muc_ke import draw_muc_ke
from samples.muc_ke_page import binding
from samples.other import blank_page, draw_letter
from samples.paper import Paper
from samples.stray_texts import STRAYS
from samples.strays import draw_stray
from samples.trich_do import Drafting, drafting, draw_trich_do, extract_pages
from schemas.documents import Kind

Container = Literal["pdf", "tiff", "jpegs", "png"]
Spread = Literal["none", "outer_first", "inner_first"]
#: What the manifest says of a paper later than the merger of communes: nothing, or the commune before it.
Told = Literal["none", "nothing", "before"]


@dataclass(frozen=True, slots=True)
class Job:
    """A paper still to be drawn and how its pages come: singly, or two to an image in either order."""

    draw: Callable[[], Paper]
    images: int
    spread: Spread = "none"


@dataclass(frozen=True, slots=True)
class Filing:
    """A file, or a folder of single pages, with the papers that it holds in their order.

    `stem` is the path inside the batch without its ending; `swapped` are the places of images, from 0, that changed
    places with the next.
    """

    stem: str
    container: Container
    mode: Mode
    jobs: tuple[Job, ...]
    commune: Commune
    kind: Kind
    told: Told = "none"
    swapped: tuple[int, ...] = ()

    @property
    def images(self) -> int:
        """Return how many images the file or folder will hold."""
        return sum(job.images for job in self.jobs)


def file_estates(rng: Generator, estates: tuple[Estate, ...], first_index: int, dpi: int | None) -> tuple[Filing, ...]:
    """Plan the files of one commune: its book, its certificates with some of their extracts, and stray pages.

    `dpi` is the resolution of every page; None draws one for each office.
    """
    commune = estates[0].commune
    filings = [_book(rng, estates, first_index, dpi)]
    gcn_style, drafts = printing(rng, _dpi(rng, dpi)), drafting(rng, _dpi(rng, dpi))
    for offset, estate in enumerate(estates):
        index = first_index + offset
        if chance(rng, 0.25):
            gcn_style = printing(rng, _dpi(rng, dpi))
        if chance(rng, 0.3):
            drafts = drafting(rng, _dpi(rng, dpi))
        jobs: list[Job] = []
        if estate.certificate:
            jobs.append(_certificate_job(rng, estate, index, gcn_style))
        if estate.extract:
            job = _extract_job(rng, estate, index, drafts)
            if jobs and chance(rng, 0.3):
                jobs.append(job)
            else:
                filings.append(_extract_filing(rng, commune, estate, job))
        if jobs:
            filings.append(_certificate_filing(rng, commune, estate, jobs))
    filings += _strays(rng, commune, len(estates))
    return tuple(filings)


def _dpi(rng: Generator, dpi: int | None) -> int:
    drawn = weighted(rng, ((300, 0.45), (200, 0.4), (250, 0.15)))
    return dpi or drawn


def _mode(rng: Generator) -> Mode:
    return weighted(rng, (("scan", 0.55), ("copy", 0.22), ("photo", 0.23)))


def _book(rng: Generator, estates: tuple[Estate, ...], first_index: int, dpi: int | None) -> Filing:
    volume = whole(rng, 1, 6)
    drawn = weighted(rng, ((200, 0.7), (250, 0.2), (300, 0.1)))
    style, child = binding(rng, dpi or drawn), rng.spawn(1)[0]
    indices = range(first_index, first_index + len(estates))
    job = Job(lambda: draw_muc_ke(child, estates, indices, volume, style), 1 + math.ceil(len(estates) / style.rows))
    container: Container = weighted(rng, (("pdf", 0.4), ("tiff", 0.25), ("jpegs", 0.35)))
    mode: Mode = weighted(rng, (("scan", 0.5), ("grey", 0.2), ("copy", 0.2), ("photo", 0.1)))
    folder = pick(rng, ("Sổ mục kê", "So muc ke", "SMK"))
    stem = f"{estates[0].commune.name}/{folder}/Quyen {volume}"
    stem = f"{stem}/smk_{whole(rng, 1, 9) * 10:03d}" if container == "jpegs" else stem
    return Filing(stem, container, settled(mode, container), (job,), estates[0].commune, "so_muc_ke")


def settled(mode: Mode, container: Container) -> Mode:
    """Photographs come as JPEG or PDF only; a TIFF holds copies or grey scans."""
    if container == "tiff" and mode in ("photo", "scan"):
        return "grey"
    return mode


def _certificate_job(rng: Generator, estate: Estate, index: int, style: Printing) -> Job:
    spread: Spread = weighted(rng, (("none", 0.55), ("outer_first", 0.25), ("inner_first", 0.2)))
    child = rng.spawn(1)[0]
    return Job(lambda: draw_gcn(child, estate, index, style), 4 if spread == "none" else 2, spread)


def _extract_job(rng: Generator, estate: Estate, index: int, style: Drafting) -> Job:
    child = rng.spawn(1)[0]
    return Job(lambda: draw_trich_do(child, estate, index, style), extract_pages(estate.plot, style))


def _certificate_filing(rng: Generator, commune: Commune, estate: Estate, jobs: list[Job]) -> Filing:
    serial = estate.certificate.serial if estate.certificate else ""
    container: Container = weighted(rng, (("pdf", 0.6), ("tiff", 0.15), ("jpegs", 0.25)))
    mode = settled(_mode(rng), container)
    if chance(rng, 0.06):
        child = rng.spawn(1)[0]
        jobs = [*jobs, Job(lambda: draw_letter(child, commune, 200), 1)]
    stem = pick(
        rng,
        (
            f"{commune.name}/GCN/{serial}-GCN",
            f"{commune.name}/{serial}/{serial}-GCN",
            f"GCN {commune.code}/{serial.replace(' ', '')}",
        ),
    )
    if container == "jpegs":
        stem = f"{commune.name}/{serial}/{'IMG_' if mode == 'photo' else 'scan_'}{whole(rng, 1, 99) * 10:04d}"
    return Filing(stem, container, mode, tuple(jobs), commune, "gcn")


def _extract_filing(rng: Generator, commune: Commune, estate: Estate, job: Job) -> Filing:
    container: Container = weighted(rng, (("pdf", 0.6), ("jpegs", 0.2), ("tiff", 0.1), ("png", 0.1)))
    if job.images > 1 and container == "png":
        container = "pdf"
    mode = settled(weighted(rng, (("scan", 0.5), ("copy", 0.35), ("photo", 0.15))), container)
    plot = estate.plot
    name = pick(rng, (f"TD {plot.sheet_no}-{plot.parcel_no}", f"trich_do_{plot.sheet_no}_{plot.parcel_no}"))
    folder = f"{commune.name}/Trich do"
    stem = f"{folder}/{name}/trang_" if container == "jpegs" and job.images > 1 else f"{folder}/{name}"
    return Filing(stem, container, mode if container != "png" else "grey", (job,), commune, "trich_do")


def _strays(rng: Generator, commune: Commune, parcels: int) -> list[Filing]:
    child = rng.spawn(1)[0]
    letter = Job(lambda: draw_letter(child, commune, 200), 1)
    blank = Job(lambda: blank_page(200), 1)
    out = [Filing(f"{commune.name}/Khac/Bien ban {whole(rng, 1, 40)}", "pdf", "scan", (letter, blank), commune, "khac")]
    first = whole(child, 0, len(STRAYS) - 1)
    for n in range(max(1, parcels // 6)):
        stray, hand = STRAYS[(first + n) % len(STRAYS)], child.spawn(1)[0]
        container: Container = weighted(child, (("pdf", 0.6), ("tiff", 0.2), ("jpegs", 0.2)))
        mode = settled(_mode(child), container)
        job = Job(partial(draw_stray, hand, commune, first + n, 200), 1)
        stem = f"{commune.name}/Khac/{stray.title[0].capitalize()} {n + 1:02d}"
        out.append(Filing(stem, container, mode, (job,), commune, "khac"))
    return out if parcels >= 4 else []
