"""The commands that work on batches: digitise, status, report, export and the making of samples."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from rich.table import Table

from flows import exports
from flows.folder import look_into, shown
from flows.reports import as_text
from flows.server import PrefectServer, answers, client_environment
from flows.terminal import Terminal
from flows.two_times import times_of
from schemas.errors import BadInput, Message, Misconfigured, Unavailable
from schemas.office_units import load_office_tables
from store import intake, layers, lineage
from store.database import Connection, connect, retry
from store.layers import PageLine
from store.migrate import prepare
from store.parcels import Published
from store.runs import running

if TYPE_CHECKING:
    from flows.steps import Job

DONE, INCOMPLETE = 0, 5
SET_ASIDE_SHOWN = 20
Grade = Literal["clean", "worn", "bad"]
Where = Literal["here", "plain", "workers"]
"""Where pages are read: in this process under Prefect, in it without Prefect, or by the workers of a pool."""


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
    address = _run_batches(at, job, batch_ids, where=where) if batch_ids else None
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


def _run_batches(at: Terminal, job: Job, batch_ids: list[str], *, where: Where) -> str | None:
    """Run the batches here, as a Prefect flow or plainly, or on workers; returns Prefect's address of it, if any."""
    if where == "plain":
        from flows.plain import digitise_plain

        with _progress(at, job, batch_ids):
            digitise_plain(job, batch_ids)
        return None
    os.environ.update(_prefect_environment(at))
    base = os.environ.get("PREFECT_UI_URL") or os.environ["PREFECT_API_URL"].removesuffix("/api")
    if where == "workers":
        from flows.workers import hand_over, wait_for

        with _progress(at, job, batch_ids):
            wait_for(at, job.url, hand_over(job.url, batch_ids))
        return f"{base}/runs"
    from flows.digitise import digitise as flow  # Prefect reads its settings when it is first imported

    with _progress(at, job, batch_ids):
        flow_run_id = flow(batch_ids)
    return f"{base}/runs/flow-run/{flow_run_id}" if flow_run_id else None


def worker(at: Terminal, name: str | None) -> int:
    """Become a worker that takes batches from `digitise --on-workers`; ends when it is stopped."""
    prepare(at.settings)
    os.environ.update(_prefect_environment(at))
    from flows.workers import become_worker, ensure_deployment

    ensure_deployment()
    at.say("Sẵn sàng nhận việc; dừng bằng Ctrl+C", "Ready to take work; stop with Ctrl+C")
    become_worker(name)
    return DONE


def _prefect_environment(at: Terminal) -> dict[str, str]:
    own = os.environ.get("PREFECT_API_URL")
    server = PrefectServer(at.settings.home)
    if own:
        if not answers(own):
            raise Unavailable(
                vi=f"PREFECT_API_URL={own}: máy chủ Prefect không trả lời; khởi động nó, hoặc chạy với --plain",
                en=f"PREFECT_API_URL={own}: the Prefect server does not answer; start it, or run with --plain",
            )
        return dict(client_environment(server.folder, own))
    at.say(
        "Khởi động Prefect (lần đầu mất khoảng 20 giây) …",
        "Starting Prefect (about 20 s the first time) …",
        style="dim",
    )
    return dict(client_environment(server.folder, server.start()))


@contextmanager
def _progress(at: Terminal, job: Job, batch_ids: list[str]) -> Iterator[None]:
    """Show how many pages are read, asked of the database, so that any worker's pages count."""
    from ocr.read import READER_VERSION

    if not at.err.is_terminal:
        yield
        return
    over = threading.Event()

    def watch(tick: Callable[[int, int], None]) -> None:
        most = 0
        with connect(job.url) as conn:
            while not over.wait(0.5):
                waiting = sum(len(intake.pages_to_read(conn, one, READER_VERSION)) for one in batch_ids)
                most = max(most, waiting)
                tick(most - waiting, most)

    with at.bar(Message("Đọc trang", "Reading pages")) as tick:
        watcher = threading.Thread(target=watch, args=(tick,), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()


def _is_set_aside(line: PageLine) -> bool:
    return line.state in ("quarantined", "failed")


def _list_set_aside(at: Terminal, lines: Sequence[PageLine]) -> None:
    for line in lines[:SET_ASIDE_SHOWN]:
        page = "" if line.page is None else f" {Message('trang', 'page').say(at.lang)} {line.page}"
        reason = line.reason.message.say(at.lang) if line.reason else line.state
        at.err.print(f"{shown(line.file)}{page}: {reason}", markup=False, style="yellow")
    if len(lines) > SET_ASIDE_SHOWN:
        rest = len(lines) - SET_ASIDE_SHOWN
        at.say(
            f"… và {rest} trang nữa: diachinh export pages trang.jsonl",
            f"… and {rest} more: diachinh export pages pages.jsonl",
        )


def status(at: Terminal, *, as_json: bool) -> int:
    """List the batches with their pages by state."""
    with connect(prepare(at.settings)) as conn:
        batches = layers.batches(conn)
    if as_json:
        at.result(
            [
                {
                    "batch_id": one.batch_id,
                    "folder": one.folder,
                    "registered_at": one.registered_at.isoformat(),
                    "files": one.files,
                    "pages": dict(one.pages),
                    "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
                }
                for one in batches
            ]
        )
        return DONE
    if not batches:
        at.say("Chưa có lô nào. Gõ: diachinh digitise THƯ_MỤC", "No batch yet. Type: diachinh digitise FOLDER")
        return DONE
    heads = {
        "vi": ("Lô", "Thư mục", "Tệp", "Đã đọc", "Trắng", "Chờ", "Để riêng", "Lỗi"),
        "en": ("Batch", "Folder", "Files", "Read", "Blank", "Waiting", "Quarantined", "Failed"),
    }[at.lang]
    table = Table(*heads, box=None, pad_edge=False)
    for one in batches:
        counts = [str(one.pages.get(state, 0)) for state in ("read", "blank", "waiting", "quarantined", "failed")]
        mark = Message(" (đã rút)", " (withdrawn)").say(at.lang) if one.withdrawn_at else ""
        table.add_row(one.batch_id, shown(one.folder) + mark, str(one.files), *counts)
    at.out.print(table)
    return DONE


def reconcile(at: Terminal, *, as_json: bool) -> int:
    """Put the papers of each land together anew, and say what that changed."""
    from flows.reconcile import lands, settle_land

    tables = load_office_tables(at.settings.home)
    url = prepare(at.settings)
    told: list[dict[str, str | int]] = []
    with running(url, f"reconcile {os.getpid()}", lease_s=at.settings.lease_seconds) as run:
        held = retry(url, lambda conn: lands(conn, tables))
        with at.bar(Message("Đối chiếu", "Reconciling"), total=len(held)) as tick:
            for number, land in enumerate(held, start=1):
                done = retry(url, partial(settle_land, run=run, land=land, tables=tables))
                told.append({"land": land, **_counts(done)})
                tick(number, len(held))
    with connect(url) as conn:
        steps = len(lineage.steps(conn))
    if as_json:
        at.result({"lands": told, "lineage": steps})
        return DONE
    changed = sum(sum(n for n in one.values() if isinstance(n, int)) for one in told)
    at.say(
        f"Đã đối chiếu {len(told)} vùng đất: {changed} thửa có thay đổi, {steps} bước lai lịch. "
        f"Xem: diachinh export lineage lai-lich.csv",
        f"{len(told)} lands reconciled: {changed} parcels changed, {steps} steps of lineage. "
        f"See: diachinh export lineage lineage.csv",
    )
    return DONE


def _counts(done: Published) -> dict[str, int]:
    return {"added": done.added, "changed": done.changed, "withdrawn": done.withdrawn}


def report(at: Terminal, batch_id: str | None, *, as_json: bool) -> int:
    """Print the figures of one batch or of all."""
    with connect(prepare(at.settings)) as conn:
        known_batch(conn, batch_id)
        figures = layers.figures(conn, batch_id=batch_id)
    if as_json:
        at.result(figures)
    else:
        title = Message(f"Lô {batch_id}", f"Batch {batch_id}") if batch_id else Message("Tất cả các lô", "All batches")
        at.out.print(as_text(figures, at.lang, title=title.say(at.lang)))
    return DONE


def export(
    at: Terminal,
    what: str,
    out: Path,
    batch_id: str | None,
    *,
    identity: str | None,
    as_of: str | None = None,
    known_on: str | None = None,
    as_json: bool,
) -> int:
    """Write what is kept to a file in the contract's form."""
    if identity is not None and (what not in ("entries", "claims", "form", "scans") or not identity.strip()):
        raise Misconfigured(
            vi="--identity LÝ_DO chỉ dùng với entries, claims, form, scans, và lý do không được trống",
            en="--identity REASON goes with entries, claims, form and scans only, and the reason must not be empty",
        )
    if (as_of is not None or known_on is not None) and what not in ("parcels", "claims"):
        raise Misconfigured(
            vi="--as-of và --known-on chỉ dùng với parcels và claims",
            en="--as-of and --known-on go with parcels and claims only",
        )
    tables = load_office_tables(at.settings.home)
    times = times_of(as_of, known_on, tables)
    with connect(prepare(at.settings)) as conn:
        known_batch(conn, batch_id)
        match what:
            case "entries":
                reason = identity or "export without identity numbers"
                lines = layers.entries(conn, batch_id=batch_id, reason=reason)
                told = (exports.entry_line(line, at.lang, identity=identity is not None) for line in lines)
                count = exports.write_json_lines(out, told)
            case "pages":
                pages = layers.pages(conn, batch_id=batch_id)
                count = exports.write_json_lines(out, (exports.page_line(line, at.lang) for line in pages))
            case "claims":
                reason = identity or "export without identity numbers"
                claims = layers.claims(conn, batch_id=batch_id, times=times, reason=reason)
                said = (exports.claim_line(line, identity=identity is not None) for line in claims)
                count = exports.write_json_lines(out, said)
            case "lineage":
                count = exports.write_lineage(out, lineage.steps(conn, batch_id=batch_id))
            case "missing":
                count = exports.write_missing(out, layers.missing(conn, batch_id=batch_id))
            case "form":
                from flows.handing_in import export_form

                count = export_form(conn, at, out, batch_id, identity).rows
            case "scans":
                from flows.handing_in import export_scans

                count = export_scans(conn, at, out, batch_id, identity)
            case _:
                from flows.geofiles import write_parcels

                count = write_parcels(out, list(layers.parcels(conn, batch_id=batch_id, times=times)), tables)
    if as_json:
        at.result({"what": what, "file": str(out), "count": count})
    else:
        at.say(f"{out}: {count} dòng", f"{out}: {count} rows")
    return DONE


def known_batch(conn: Connection, batch_id: str | None) -> None:
    """Refuse a batch id that is not there."""
    if batch_id is not None and all(one.batch_id != batch_id for one in layers.batches(conn)):
        raise BadInput(
            vi=f"không có lô {shown(batch_id)}; xem: diachinh status",
            en=f"no batch {shown(batch_id)}; see: diachinh status",
        )


def samples_make(
    at: Terminal,
    out: Path,
    *,
    seed: int,
    parcels: int,
    grade: Grade,
    kinds: str | None,
    faults: float,
    mixed: int | None,
    as_json: bool,
) -> int:
    """Make a batch of invented papers with its truth."""
    from samples.make import make_samples

    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInput(
            vi=f"{out}: đã có dữ liệu; chọn thư mục mới", en=f"{out}: holds something already; choose a new folder"
        )
    with at.bar(Message("Dựng trang", "Making pages")) as tick:
        wanted: str | tuple[str, ...] | None = kinds if kinds in (None, "all") else tuple(kinds.split(","))
        made = make_samples(
            out,
            seed=seed,
            parcels=parcels,
            grade=grade,
            kinds=wanted,
            fault_share=faults,
            mixed=mixed,
            on_page=tick,
        )
    if as_json:
        at.result({"folder": str(made.scans), "truth": str(made.truth), "pages": made.pages})
    else:
        at.say(
            f"{made.scans}: {made.pages} trang. Tiếp theo: diachinh digitise {made.scans}",
            f"{made.scans}: {made.pages} pages. Next: diachinh digitise {made.scans}",
        )
    return DONE
