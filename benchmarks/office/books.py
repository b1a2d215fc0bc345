"""Books: the parcel index of each map, the register of 1980 by household, books copied for a new commune."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from benchmarks.office.days import era_of, written
from benchmarks.office.folk import Person, holders_of
from benchmarks.office.papers import Archive, Paper
from benchmarks.office.pieces import Node, Piece, Title, said_together
from benchmarks.office.surveys import Survey
from benchmarks.office.uses import origin_of, term_of, uses_of

#: Rows that a clerk passed over.
_SKIPPED = 0.012


def index_of(survey: Survey, nodes: Sequence[Node], archive: Archive, chance: random.Random) -> None:
    """Write the sổ mục kê of a new map; it tells the older numbers as its survey's habit is."""
    day = survey.day + timedelta(days=chance.randrange(20, 120))
    books: dict[str, str] = {}
    for node in nodes:
        if chance.random() < _SKIPPED:
            continue
        book = books.setdefault(node.unit, archive.document("MK"))
        node.row = archive.add("so_muc_ke", node, day, book, _row(node, day, archive))
        if survey.name.endswith("digital") and era_of(day) == "2013" and chance.random() < 0.8:
            _legal(node.row, node.piece.title)
        _tell(survey.tells, node, chance)


def _row(node: Node, day: date, archive: Archive) -> dict[str, Any]:
    piece, early = node.piece, era_of(day) in ("299", "1988")
    owners = [{"name": piece.common}] if piece.common else archive.owners(holders_of(piece.holder, day)[:1], day)
    fields: dict[str, Any] = {"owners": owners, "area_m2": node.area, "land_use": uses_of(piece, node.area, day)}
    if early:
        fields["toponym"] = piece.place
    elif not piece.common:
        fields["user_type"] = "GDC"
    return fields


def _legal(row: Paper, title: Title | None) -> None:
    """Print area and use of the certificate beside those of the survey (TT 25/2014, columns 7 and 8)."""
    if title is not None:
        row.fields |= {"legal_area_m2": title.area, "legal_land_use": title.uses}


def _tell(tells: str, node: Node, chance: random.Random) -> None:
    """Tell in a row the numbers that the parcel came of."""
    olds, row = [old for old, _ in node.before], node.row
    if not olds or row is None:
        return
    if node.piece.exchanged:
        if node.piece.exchanged == "plan":
            row.note(f"Dồn điền đổi thửa, từ các thửa {said_together(olds)}", *olds)
        elif chance.random() < 0.5:
            row.note("Đất nhận do dồn điền đổi thửa")
    elif len(olds) == 1 and tells == "columns" and chance.random() < 0.88:
        row.columns(olds[0])
        if node.before[0][1] == "split" and chance.random() < 0.5:
            row.note(f"Tách từ thửa {olds[0].said}", olds[0])
    elif (tells == "columns" and chance.random() < 0.7) or (tells == "note" and chance.random() < 0.45):
        if len(olds) > 1:
            row.note(f"Hợp thửa {said_together(olds)}", *olds)
        elif node.before[0][1] == "split":
            row.note(f"Tách từ thửa {olds[0].said}", olds[0])
        else:
            row.note(f"Thửa cũ số {olds[0].said}", olds[0])


def added_row(node: Node, day: date, archive: Archive) -> None:
    """Write a new number at the end of the index in use."""
    book = next((old.row.document for old, _ in node.before if old.row is not None), None)
    if book is not None:
        row = next(old.row for old, _ in node.before if old.row is not None)
        node.row = archive.add("so_muc_ke", node, day, book, _row(node, day, archive), era=row.era)
        node.row.fields["land_use"] = uses_of(node.piece, node.area, day)


def register_of_1980(nodes: Sequence[Node], archive: Archive, chance: random.Random) -> None:
    """Write the sổ đăng ký ruộng đất, household by household; some never came."""
    households: dict[Person, list[Node]] = defaultdict(list)
    for node in nodes:
        if not node.piece.common:
            households[node.piece.holder].append(node)
    books: dict[str, str] = {}
    for head, own in households.items():
        if chance.random() < 0.25:
            continue
        for node in own:
            day = node.day + timedelta(days=chance.randrange(200, 500))
            book = books.setdefault(node.unit, archive.document("DK"))
            area = node.area if chance.random() < 0.9 else float(round(node.area * chance.uniform(0.9, 1.1)))
            fields = {
                "owners": archive.owners((head,), day), "area_m2": area, "toponym": node.piece.place,
                "land_use": uses_of(node.piece, area, day),
            }  # fmt: skip
            archive.add("so_dang_ky", node, day, book, fields)


def copied(nodes: Sequence[Node], archive: Archive, chance: random.Random) -> None:
    """Copy the index of the divided commune for the new one."""
    book, day = archive.document("MK"), date(2006, 5, 1) + timedelta(days=chance.randrange(200))
    for node in nodes:
        if chance.random() > 0.02:
            node.row = archive.add("so_muc_ke", node, day, book, _row(node, day, archive))
            if chance.random() < 0.1:
                node.row.note("Chép từ sổ mục kê xã Điện Nam")


def cadastral_register(piece: Piece, day: date, book: str, archive: Archive, chance: random.Random) -> None:
    """Write a parcel with a certificate into the sổ địa chính."""
    node, title = piece.node, piece.title
    if node is None or title is None:
        return
    fields = {
        "owners": archive.owners(title.holders, max(day, date(2004, 7, 1))), "area_m2": title.area,
        "private_m2": title.area, "shared_m2": 0.0, "land_use": uses_of(piece, title.area, day),
        "term": term_of(piece, day), "origin": origin_of(piece), "serial": title.serial,
        "register_no": title.register_no,
    }  # fmt: skip
    title.register = archive.add("so_dia_chinh", node, day, book, fields, title=title)
    title.papers.append(title.register)
    if title.node is not node and title.node.survey != node.survey and chance.random() < 0.55:
        title.register.note(f"Thửa cũ số {title.node.said}, GCN cấp ngày {written(title.day)}", title.node)
