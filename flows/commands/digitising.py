"""The command `digitise`: folders are taken in, the whole job runs on them, and what came of it is told."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.conducting import Where, run_batches
from flows.exit_codes import DONE, INCOMPLETE
from flows.folder import look_into, shown
from flows.reports import as_text
from flows.terminal import Terminal
from schemas.errors import BadInput, Message, Misconfigured
from store import layers
from store.database import connect
from store.layers import PageLine
from store.migrate import prepare
from store.runs import running

if TYPE_CHECKING:
    from flows.steps import Job

_SET_ASIDE_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Taken:
    """A batch that was taken in, and whether its manifest or folder had faults."""

    batch_id: str
    faulty: bool


def digitise(at: Terminal, folders: Sequence[Path], *, where: Where, by: str | None = None, as_json: bool) -> int:
    """Take the folders in, run the whole job on them and report; returns the exit code. `by` names who scanned."""
    if by is not None and not 1 <= len(by.strip()) <= 200:
        raise Misconfigured(vi="--by: ghi họ tên người quét", en="--by: name who scanned")
    at.say("Chuẩn bị cơ sở dữ liệu …", "Preparing the database …", style="dim")
    from flows.steps import Job

    job = Job(at.settings, prepare(at.settings))
    taken: list[Taken] = []
    refused = False
    for root in folders:
        try:
            taken.append(_take_in(at, job, root, by))
        except BadInput as err:
            refused = True
            at.tell(err.message, style="red")
    batch_ids = list(dict.fromkeys(one.batch_id for one in taken))
    address = run_batches(at, job, batch_ids, where=where) if batch_ids else None
    with connect(job.url) as conn:
        told = {batch_id: layers.figures(conn, batch_id=batch_id) for batch_id in batch_ids}
        set_aside = [line for one in batch_ids for line in layers.pages(conn, batch_id=one) if _is_set_aside(line)]
    if as_json:
        at.result({"batches": told, "flow_run": address})
    else:
        for batch_id, figures in told.items():
            title = Message(f"Lô {batch_id}", f"Batch {batch_id}").say(at.lang)
            at.out.print(as_text(figures, at.lang, title=title))
    _list_set_aside(at, set_aside)
    if address:
        at.say(f"Lượt chạy Prefect: {address}", f"Prefect flow run: {address}", style="dim")
    if batch_ids and not as_json:
        what = "parcels thua.gpkg" if sum(told[batch_ids[-1]]["parcels"].values()) else "pages trang.jsonl"
        at.say(
            f"Tiếp theo: diachinh export {what} --batch {batch_ids[-1]}",
            f"Next: diachinh export {what} --batch {batch_ids[-1]}",
        )
    if refused or any(one.faulty for one in taken):
        return BadInput.exit_code
    return INCOMPLETE if set_aside else DONE


def _take_in(at: Terminal, job: Job, root: Path, by: str | None) -> Taken:
    from flows.steps import take_in

    folder = look_into(root)
    for fault in folder.faults:
        at.tell(fault, style="yellow")
    with (
        running(job.url, f"intake {os.getpid()}", lease_s=at.settings.lease_seconds) as run,
        at.bar(Message("Nhận tệp", "Taking in"), len(folder.files)) as tick,
    ):
        return Taken(take_in(job, run, folder, tick, by=by), bool(folder.faults))


def _is_set_aside(line: PageLine) -> bool:
    return line.state in ("quarantined", "failed")


def _list_set_aside(at: Terminal, lines: Sequence[PageLine]) -> None:
    for line in lines[:_SET_ASIDE_SHOWN]:
        page = "" if line.page is None else f" {Message('trang', 'page').say(at.lang)} {line.page}"
        reason = line.reason.message.say(at.lang) if line.reason else line.state
        at.err.print(f"{shown(line.file)}{page}: {reason}", markup=False, style="yellow")
    if len(lines) > _SET_ASIDE_SHOWN:
        rest = len(lines) - _SET_ASIDE_SHOWN
        at.say(
            f"… và {rest} trang nữa: diachinh export pages trang.jsonl",
            f"… and {rest} more: diachinh export pages pages.jsonl",
        )
