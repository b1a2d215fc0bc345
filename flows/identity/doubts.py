"""The command `identity doubts`: pairs of mentions that stay two persons until a reviewer looks at their papers."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from flows.exit_codes import DONE
from flows.exports.writing import literal, whole_or_nothing
from flows.identity.verifying import gather
from flows.terminal import Terminal
from schemas.errors import Message
from schemas.office_units import load_office_tables
from schemas.persons import DoubtKind
from store import persons
from store.database import connect
from store.migrate import prepare
from store.persons import Place
from store.runs import running

COLUMNS = ("kind", "file", "page", "row", "owner_no", "other_file", "other_page", "other_row", "other_owner_no", "what")
_WHAT: Mapping[DoubtKind, Message] = {
    "number-misread": Message(
        "hai số giấy tờ chỉ khác một chữ số dễ đọc nhầm, mọi điều khác đều khớp; xem lại số trên hai giấy, sửa bằng "
        "questions export --identity",
        "two numbers differ by one digit that is easily misread, all else agrees; look at both papers, answer with "
        "questions export --identity",
    ),
    "number-shared": Message(
        "một số giấy tờ ghi cho hai tên khác nhau; xem lại hai giấy, sửa bằng questions export --identity",
        "one number stands under two names; look at both papers, answer with questions export --identity",
    ),
}


def doubts(at: Terminal, out: Path, *, as_json: bool) -> int:
    """Write where the doubtful pairs stand, as CSV; no name and no number is in it. Needs the worker's rights."""
    url = prepare(at.settings)
    with whole_or_nothing(out) as partial, connect(url) as conn:
        with running(url, "persons", lease_s=at.settings.lease_seconds) as run:
            gather(conn, run, load_office_tables(at.settings.home))
        found = persons.told_doubts(conn)
        with partial.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for kind, one, other in found:
                writer.writerow([kind, *_cells(one), *_cells(other), _WHAT[kind].say(at.lang)])
    if as_json:
        at.result({"file": str(out), "doubts": len(found)})
    else:
        at.say(f"{out}: {len(found)} cặp cần xem lại", f"{out}: {len(found)} pairs to look at")
    return DONE


def _cells(place: Place) -> list[object]:
    return [literal(place.file), place.page, "" if place.row is None else place.row, place.owner_no]
