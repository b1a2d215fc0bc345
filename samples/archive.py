"""The files of the papers beside the first three: older and newer certificates, registers, lists, applications."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from numpy.random import Generator

from samples.ban_do import draw_ban_do
from samples.blank_form import Filled, Hand, filled
from samples.cap_gcn import draw_cap_gcn, issue_pages, issue_style
from samples.capture import Mode
from samples.chance import chance, pick, weighted, whole
from samples.dang_ky_299 import blocks, draw_so_dang_ky, register_book
from samples.dia_chinh import draw_dia_chinh
from samples.dia_chinh_book import leaves, register_style
from samples.don import draw_new_don, draw_old_don
from samples.filing import Container, Filing, Job, Spread, Told, settled
from samples.gazetteer import Commune
from samples.gcn_1993 import draw_gcn_1993, red_style
from samples.gcn_1994 import draw_gcn_1994
from samples.gcn_2003 import draw_gcn_2003
from samples.gcn_2024 import draw_gcn_2024, sheet_style
from samples.ground_old import Cover
from samples.identity import draw_identity
from samples.muc_ke_299 import draw_muc_ke_299, index_pages, index_style
from samples.paper import Paper
from samples.past import Lot, Past, Title
from samples.quyet_dinh import decided, decision_style, draw_quyet_dinh, list_pages
from samples.trich_do import drafting
from samples.trich_luc import draw_trich_luc, lengths_wanted
from schemas.documents import Era, Kind

_OLD_HANDS: tuple[tuple[Hand, float], ...] = (("typed", 0.5), ("pen", 0.3), ("laser", 0.2))
_SECOND_HANDS: tuple[tuple[Hand, float], ...] = (("laser", 0.65), ("pen", 0.2), ("typed", 0.15))

#: Draws the files of one kind of paper of one commune: rng, past, resolution or None.
Filer = Callable[[Generator, Past, int | None], list[Filing]]


def file_past(rng: Generator, past: Past, dpi: int | None, wanted: Sequence[str]) -> list[Filing]:
    """Plan the files of the wanted kinds; a kind looks the same whichever others are wanted."""
    hands = rng.spawn(len(FILERS))
    return [
        filing
        for (name, filer), hand in zip(FILERS.items(), hands, strict=True)
        if name in wanted
        for filing in filer(hand, past, dpi)
    ]


def _dpi(rng: Generator, dpi: int | None) -> int:
    drawn = weighted(rng, ((300, 0.4), (200, 0.45), (250, 0.15)))
    return dpi or drawn


def _spread(rng: Generator) -> Spread:
    return weighted(rng, (("none", 0.5), ("outer_first", 0.28), ("inner_first", 0.22)))


def _bound(rng: Generator, deep: bool) -> tuple[Container, Mode]:
    """Return a container and a way of capture; a deep red cover is not copied to black and white."""
    container: Container = weighted(rng, (("pdf", 0.6), ("tiff", 0.15), ("jpegs", 0.25)))
    mode: Mode = weighted(rng, (("scan", 0.6), ("grey", 0.1), ("photo", 0.3)))
    if not deep and chance(rng, 0.35):
        mode = "copy"
    return container, settled(mode, container)


def _certificates(
    rng: Generator,
    past: Past,
    titles: Sequence[Title],
    draw: Callable[[Generator, Title, Cover], Callable[[], Paper]],
    folder: str,
) -> list[Filing]:
    out = []
    for title in titles:
        cover: Cover = "deep" if chance(rng, 0.6) else "pale"
        child = rng.spawn(1)[0]
        job = draw(child, title, cover)
        spread = _spread(rng)
        container, mode = _bound(rng, cover == "deep")
        stem = pick(rng, (f"{title.serial}-GCN", title.serial.replace(" ", "")))
        stem = f"{past.commune.name}/{folder}/{stem}"
        if container == "jpegs":
            camera = "IMG_" if mode == "photo" else "scan_"
            stem = f"{past.commune.name}/{title.serial}/{camera}{whole(rng, 1, 99) * 10:04d}"
        images = 4 if spread == "none" else 2
        out.append(Filing(stem, container, mode, (Job(job, images, spread),), past.commune, "gcn"))
    return out


def _red(rng: Generator, past: Past, dpi: int | None) -> list[Filing]:
    style: Filled | None = None

    def draw(child: Generator, title: Title, cover: Cover) -> Callable[[], Paper]:
        nonlocal style
        if style is None or chance(rng, 0.3):
            style = filled(rng, _dpi(rng, dpi), _OLD_HANDS)
        looks = red_style(rng, style, cover)
        return lambda: draw_gcn_1993(child, title, looks)

    return _certificates(rng, past, past.shown("gcn_1993", past.red), draw, "GCN do")


def _second(rng: Generator, past: Past, dpi: int | None) -> list[Filing]:
    style: Filled | None = None

    def draw(child: Generator, title: Title, cover: Cover) -> Callable[[], Paper]:
        nonlocal style
        if style is None or chance(rng, 0.3):
            style = filled(rng, _dpi(rng, dpi), _SECOND_HANDS)
        form = style
        return lambda: draw_gcn_2003(child, title, form, cover)

    held = [title for title in past.second if title.serial not in past.lost]
    return _certificates(rng, past, past.shown("gcn_2003", held), draw, "GCN")


def _newest(rng: Generator, past: Past, dpi: int | None) -> list[Filing]:
    out = []
    style = sheet_style(rng, _dpi(rng, dpi))
    for title in past.shown("gcn_2024", past.newest):
        if chance(rng, 0.3):
            style = sheet_style(rng, _dpi(rng, dpi))
        child = rng.spawn(1)[0]
        container, mode = _bound(rng, False)
        stem = f"{past.commune.name}/GCN 2025/{pick(rng, (f'{title.serial}-GCN', title.serial.replace(' ', '')))}"
        if container == "jpegs":
            stem = f"{past.commune.name}/{title.serial}/{'IMG_' if mode == 'photo' else 'scan_'}{whole(rng, 1, 99):04d}"
        job = Job(partial(draw_gcn_2024, child, title, style), 2)
        told: Told = "none" if title.merged is None else "before" if title.told else "nothing"
        out.append(Filing(stem, container, mode, (job,), past.commune, "gcn", told))
    return out


def _book_file(rng: Generator, past: Past, folder: str, volume: int, job: Job, kind: Kind) -> Filing:
    """Return the file or folder of one volume."""
    container: Container = weighted(rng, (("pdf", 0.45), ("tiff", 0.25), ("jpegs", 0.3)))
    mode: Mode = weighted(rng, (("scan", 0.5), ("grey", 0.2), ("copy", 0.2), ("photo", 0.1)))
    stem = f"{past.commune.name}/{folder}/Quyen {volume}"
    stem = f"{stem}/trang_{whole(rng, 1, 9) * 10:03d}" if container == "jpegs" else stem
    return Filing(stem, container, settled(mode, container), (job,), past.commune, kind)


def _register(rng: Generator, past: Past, dpi: int | None) -> list[Filing]:
    if not past.second:
        return []
    titles = past.shown("so_dia_chinh", past.second)
    style, pages, volume = register_style(rng, dpi or 200), leaves(rng, titles), whole(rng, 1, 9)
    job = Job(partial(draw_dia_chinh, rng.spawn(1)[0], pages, volume, style), 1 + len(pages))
    return [_book_file(rng, past, pick(rng, ("So dia chinh", "Sổ địa chính")), volume, job, "so_dia_chinh")]


def _issues(rng: Generator, past: Past, dpi: int | None) -> list[Filing]:
    if not past.second:
        return []
    style, volume = issue_style(rng, dpi or 200), whole(rng, 1, 9)
    job = Job(
        partial(draw_cap_gcn, rng.spawn(1)[0], past.shown("so_cap_gcn", past.second), volume, style),
        issue_pages(len(past.second), style),
    )
    return [_book_file(rng, past, pick(rng, ("So cap GCN", "Sổ cấp GCN")), volume, job, "so_cap_gcn")]


def _decisions(rng: Generator, past: Past, dpi: int | None) -> list[Filing]:
    out = []
    style = decision_style(rng, _dpi(rng, dpi))
    for titles in (*decided(past.red), *decided(past.second)):
        if chance(rng, 0.4):
            style = decision_style(rng, _dpi(rng, dpi))
        child = rng.spawn(1)[0]
        job = Job(partial(draw_quyet_dinh, child, titles, style), list_pages(titles, style))
        out.append(_loose(rng, past, "Quyet dinh", f"QD {titles[0].decision.replace('/', '-')}", job, "quyet_dinh"))
    return out


def _map_extracts(rng: Generator, past: Past, dpi: int | None) -> list[Filing]:
    out = []
    style = drafting(rng, _dpi(rng, dpi))
    for index, estate in enumerate(past.held, past.first_index):
        if not lengths_wanted(estate) or not chance(rng, 0.6):
            continue
        if chance(rng, 0.3):
            style = drafting(rng, _dpi(rng, dpi))
        job = Job(partial(draw_trich_luc, rng.spawn(1)[0], estate, index, style), 1)
        name = f"TL {estate.plot.sheet_no}-{estate.plot.parcel_no}"
        out.append(_loose(rng, past, "Trich luc", name, job, "trich_luc"))
    return out


def _applications(rng: Generator, past: Past, dpi: int | None) -> list[Filing]:
    out = []
    for titles, draw, hands in (
        (past.red, draw_old_don, _OLD_HANDS),
        (past.second, draw_new_don, _SECOND_HANDS),
        (past.shown("don_2024", past.newest), draw_new_don, _SECOND_HANDS),
    ):
        style = filled(rng, _dpi(rng, dpi), hands)
        for title in titles:
            if not chance(rng, 0.5):
                continue
            if chance(rng, 0.35):
                style = filled(rng, _dpi(rng, dpi), hands)
            job = Job(partial(draw, rng.spawn(1)[0], title, style), 1)
            name = f"Don {title.issued_on.year}-{title.lots[0].sheet_no}-{title.lots[0].parcel_no}"
            out.append(_loose(rng, past, "Don dang ky", name, job, "don_dang_ky"))
    return out


def _old_index(rng: Generator, past: Past, dpi: int | None) -> list[Filing]:
    style, volume = replace(index_style(rng, dpi or 200), off=past.sum_off), whole(rng, 1, 5)
    draw = partial(draw_muc_ke_299, rng.spawn(1)[0], past.commune_299, past.families, volume, style)
    job = Job(draw, index_pages(past.families, style))
    return [_book_file(rng, past, pick(rng, ("299/So muc ke", "Sổ mục kê 299")), volume, job, "so_muc_ke")]


def _old_register(rng: Generator, past: Past, dpi: int | None) -> list[Filing]:
    style, volume = register_book(rng, dpi or 200), whole(rng, 1, 5)
    draw = partial(draw_so_dang_ky, rng.spawn(1)[0], past.commune_299, past.families, volume, style)
    job = Job(draw, 1 + len(blocks(past.families, style)))
    return [_book_file(rng, past, pick(rng, ("299/So dang ky", "Sổ đăng ký ruộng đất")), volume, job, "so_dang_ky")]


def _pink(rng: Generator, past: Past, dpi: int | None) -> list[Filing]:
    out = []
    for title in past.red:
        if not chance(rng, 0.3):
            continue
        style = filled(rng, _dpi(rng, dpi), _OLD_HANDS)
        spread = _spread(rng)
        job = Job(partial(draw_gcn_1994, rng.spawn(1)[0], title, style), 4 if spread == "none" else 2, spread)
        out.append(_loose(rng, past, "GCN nha o", f"HS {title.register_no[:5]}", job, "gcn"))
    return out


def _maps(rng: Generator, past: Past, dpi: int | None) -> list[Filing]:
    """Return the sheets of the map of 1982, and those of today's as they were drawn in the years of the form 2003."""
    old = [lot for family in past.families for lot in family.old_lots]
    now = [title.lots[0] for title in past.second]
    out = []
    sheets: tuple[tuple[list[Lot], Commune, Era], ...] = ((old, past.commune_299, "299"), (now, past.commune, "2003"))
    for lots, commune, era in sheets:
        for number in dict.fromkeys(lot.sheet_no for lot in lots):
            part = [lot for lot in lots if lot.sheet_no == number]
            job = Job(partial(draw_ban_do, rng.spawn(1)[0], commune, part, era, dpi or 200), 1)
            out.append(_loose(rng, past, "Ban do", f"{'299' if era == '299' else 'DC'} to {number}", job, "ban_do"))
    return out


def _identities(rng: Generator, past: Past, dpi: int | None) -> list[Filing]:
    out = []
    for i in range(1 + len(past.held) // 12):
        job = Job(partial(draw_identity, rng.spawn(1)[0], past.commune, dpi or 200), 1)
        out.append(_loose(rng, past, "Giay to", f"GT {i + 1:02d}", job, "giay_to_tuy_than"))
    return out


def _loose(rng: Generator, past: Past, folder: str, name: str, job: Job, kind: Kind) -> Filing:
    """Return the file or folder of a paper of loose leaves."""
    container: Container = weighted(rng, (("pdf", 0.65), ("jpegs", 0.2), ("tiff", 0.15)))
    mode: Mode = settled(weighted(rng, (("scan", 0.5), ("copy", 0.3), ("photo", 0.2))), container)
    stem = f"{past.commune.name}/{folder}/{name}"
    stem = f"{stem}/trang_01" if container == "jpegs" and job.images > 1 else stem
    return Filing(stem, container, mode, (job,), past.commune, kind)


#: The files of each kind of paper; the order is part of what a seed gives.
FILERS: dict[str, Filer] = {
    "gcn_2003": _second,
    "gcn_1993": _red,
    "gcn_2024": _newest,
    "so_dia_chinh": _register,
    "so_cap_gcn": _issues,
    "quyet_dinh": _decisions,
    "trich_luc": _map_extracts,
    "don_dang_ky": _applications,
    "so_muc_ke_299": _old_index,
    "so_dang_ky": _old_register,
    "gcn_1994": _pink,
    "ban_do": _maps,
    "giay_to_tuy_than": _identities,
}
