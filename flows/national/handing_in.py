"""`export form` and `export scans`: what a land office hands in to the national database (national_form.md)."""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from flows.exports.writing import hider
from flows.logs import mask
from flows.national.columns import Cells
from flows.national.form import Laid, Office, lay_out
from flows.national.remarks import Remark
from flows.national.scan_files import Hide, ScanPage, write_scan
from flows.national.scan_names import commune_now, name_papers
from flows.national.sources import taken, value_of
from flows.national.workbook import Written, write_workbook
from flows.terminal import Terminal
from ocr.open import OpenedPage, Opener
from schemas.documents import PageRef
from schemas.entries import Entry
from schemas.errors import BadInput, Message, Unavailable
from schemas.national_form import load_form_codes
from schemas.office_units import load_office_tables
from schemas.readings import PageReading
from store import handing_in, originals, verification
from store.database import Connection
from store.handing_in import Paper

WITHOUT_REASON = "export without identity numbers"
MARK = ".diachinh-scans"
"""Names in the folder the scans of one export, so that only such a folder is ever replaced."""
_LEFTOVER_S = 24 * 3600


def export_form(conn: Connection, at: Terminal, out: Path, batch_id: str | None, identity: str | None) -> Written:
    """Write the collection workbook; identity numbers only with a reason, which is logged."""
    codes, tables = load_form_codes(at.settings.home), load_office_tables(at.settings.home)
    with handing_in.identity_read(conn, "form", identity or WITHOUT_REASON, batch_id=batch_id):
        papers = handing_in.papers(conn, batch_id=batch_id)
        naming = name_papers(papers, handing_in.certificates(conn), tables, codes, handing_in.ended(conn))
        by_id = {paper.document_id: paper for paper in papers}
        states = verification.states(conn) if identity is not None else {}
        office = Office(naming, by_id, tables, codes, identity is not None, states)

        def laid() -> Generator[Laid]:
            yield from (lay_out(holding, office) for holding in handing_in.holdings(conn, batch_id=batch_id))
            yield from (without_parcel(entry, office) for entry in handing_in.unplaced(conn, batch_id=batch_id))

        with closing(laid()) as parcels:  # where the writing fails, the reading ends before its transaction does
            written = write_workbook(out, parcels, at.lang)
    if written.left_out:
        at.say(
            f"{written.parcels} thửa đã ghi; {written.left_out} mục chưa ghi được, xem trang tính thứ hai",
            f"{written.parcels} parcels written; {written.left_out} could not be, see the second sheet",
            style="yellow",
        )
    return written


def without_parcel(entry: Entry, office: Office) -> Laid:
    """Return the remark on an entry of which no parcel could be made, with its numbers as read."""
    unit, serial, sheet, parcel = (
        None if (value := value_of(entry, name)) is None else mask(str(value))
        for name in ("unit_code", "serial", "sheet_no", "parcel_no")
    )
    cells: Cells = {
        "B": unit and (commune_now(unit, office.tables) or unit),
        "C": serial,
        "T": sheet,
        "U": parcel,
        "AX": office.naming.scans[entry.document_id],
    }
    waits = tuple(
        letter
        for letter, name in (("B", "unit_code"), ("T", "sheet_no"), ("U", "parcel_no"))
        if taken(entry, name) is None
    )
    return Laid(cells, (), (Remark("no-parcel", waits, f"{entry.kind} {entry.form or ''}".strip()),))


def export_scans(conn: Connection, at: Terminal, out: Path, batch_id: str | None, identity: str | None) -> int:
    """Write one searchable PDF for each paper into a folder, whole or not at all; returns how many.

    Copies of identity papers are left out without the right.
    """
    codes, tables = load_form_codes(at.settings.home), load_office_tables(at.settings.home)
    with (
        handing_in.identity_read(conn, "scans", identity or WITHOUT_REASON, batch_id=batch_id),
        whole_folder(out) as folder,
        Opener() as opener,
    ):
        papers = handing_in.papers(conn, batch_id=batch_id)
        naming = name_papers(papers, handing_in.certificates(conn), tables, codes, handing_in.ended(conn))
        asked = [one for one in papers if one.asked and one.pages and (identity or one.kind != "giay_to_tuy_than")]
        with at.bar(Message("Ghi bản quét", "Writing scans"), len(asked)) as tick:
            for number, paper in enumerate(asked, start=1):
                readings = handing_in.page_readings(conn, paper.pages)
                numbers = () if identity else handing_in.identity_numbers(conn, paper.document_id)
                pages = _pages(opener, at.settings.home, paper, readings)
                write_scan(folder / naming.scans[paper.document_id], pages, _hide(numbers, shown=bool(identity)))
                tick(number, len(asked))
    return len(asked)


def _hide(numbers: Sequence[str], *, shown: bool) -> Hide:
    if shown:
        return lambda text, _: text
    anywhere, of_people = hider(tuple(numbers), any_long=False), hider(tuple(numbers), any_long=True)
    return lambda text, person: of_people(text) if person else anywhere(text)


def _pages(opener: Opener, home: Path, paper: Paper, readings: dict[PageRef, PageReading]) -> Iterator[ScanPage]:
    for ref in paper.pages:
        opened = opener.open_page(originals.path_of(home, ref.sha256), ref.page, ref.sha256)
        if not isinstance(opened, OpenedPage):
            raise Unavailable(
                vi=f"bản gốc {ref.sha256} trang {ref.page} không mở được: {opened.message.vi}",
                en=f"original {ref.sha256} page {ref.page} cannot be opened: {opened.message.en}",
            )
        yield ScanPage(opened, readings.get(ref))


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """Yield a temporary folder beside `out` that takes its place once all is written.

    What stands at `out` is replaced where it is empty or an earlier export; any other folder is refused.
    """
    out = out.absolute()
    _sweep(out)
    _may_replace(out)
    try:
        partial = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent))
    except OSError as err:
        raise BadInput(
            vi=f"{out.parent}: không ghi được vào thư mục này ({err.strerror})",
            en=f"{out.parent}: cannot write into this folder ({err.strerror})",
        ) from err
    fresh, old = partial / "new", partial / "old"
    try:
        fresh.mkdir(mode=0o750)
        yield fresh
        names = sorted(path.name for path in fresh.iterdir())
        (fresh / MARK).write_text("\n".join(names) + "\n", encoding="utf-8")
        for path in fresh.iterdir():
            path.chmod(0o640)
            _sync(path)
        _sync(fresh)
        if out.exists():
            out.replace(old)
        try:
            fresh.replace(out)
        except OSError:
            if old.exists():
                old.replace(out)
            raise
        _sync(out.parent)
    except OSError as err:
        raise Unavailable(
            vi=f"{out}: không ghi được ({err.strerror}); thư mục cũ còn nguyên",
            en=f"{out}: could not be written ({err.strerror}); what stood there is untouched",
        ) from err
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _prefix(out: Path) -> str:
    return f".{out.name}.diachinh-"


def _sweep(out: Path) -> None:
    """Put back what a killed export had moved away, and remove what killed exports left more than a day ago."""
    for leftover in out.parent.glob(f"{glob.escape(_prefix(out))}*"):
        with suppress(OSError):
            if (leftover / "old").is_dir() and not os.path.lexists(out):
                (leftover / "old").replace(out)
            if time.time() - leftover.stat().st_mtime > _LEFTOVER_S:
                shutil.rmtree(leftover)


def _may_replace(out: Path) -> None:
    if not out.parent.is_dir():
        raise BadInput(
            vi=f"{out.parent}: không có thư mục này; tạo trước rồi chạy lại",
            en=f"{out.parent}: no such folder; make it first and run again",
        )
    if not os.path.lexists(out):
        return
    mark = out / MARK
    ours = set(mark.read_text("utf-8").splitlines()) | {MARK} if mark.is_file() else set()
    if out.is_symlink() or not out.is_dir() or any(path.name not in ours for path in out.iterdir()):
        raise BadInput(
            vi=f"{out}: đã có dữ liệu khác; chọn thư mục mới hoặc trống",
            en=f"{out}: holds something else; choose a folder that is new or empty",
        )


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
