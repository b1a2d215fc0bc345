"""The commands `status` and `report`: which batches there are, and their figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from rich.table import Table

from flows.exit_codes import DONE
from flows.folder import shown
from flows.import_tables import BESIDE_A_SHAPEFILE
from flows.reports import as_text
from flows.terminal import Terminal
from schemas.errors import BadInput, Message
from store import imports, layers
from store.database import Connection, connect
from store.layers import BatchLine
from store.migrate import prepare

_SHOWN = 10


def status(at: Terminal, *, as_json: bool) -> int:
    """List the batches with their pages by state."""
    with connect(prepare(at.settings)) as conn:
        batches, elsewhere = layers.batches(conn), imports.waiting_elsewhere(conn)
    if as_json:
        at.result(
            [
                {
                    "batch_id": one.batch_id,
                    "folder": one.folder,
                    "file": _data_file(one),
                    "registered_at": one.registered_at.isoformat(),
                    "files": one.files,
                    "pages": dict(one.pages),
                    "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
                    "waiting_elsewhere": elsewhere.get(one.batch_id, 0),
                }
                for one in batches
            ]
        )
        return DONE
    if not batches:
        at.say("Chưa có lô nào. Gõ: diachinh digitise THƯ_MỤC", "No batch yet. Type: diachinh digitise FOLDER")
        return DONE
    heads = {
        "vi": ("Lô", "Thư mục, tệp dữ liệu", "Tệp", "Đã đọc", "Trắng", "Chờ", "Để riêng", "Lỗi"),
        "en": ("Batch", "Folder, data file", "Files", "Read", "Blank", "Waiting", "Quarantined", "Failed"),
    }[at.lang]
    table = Table(*heads, box=None, pad_edge=False)
    for one in batches:
        counts = [str(one.pages.get(state, 0)) for state in ("read", "blank", "waiting", "quarantined", "failed")]
        mark = Message(" (đã rút)", " (withdrawn)").say(at.lang) if one.withdrawn_at else ""
        file = _data_file(one)
        place = f"{one.folder.rstrip('/')}/{file}" if file else one.folder
        table.add_row(one.batch_id, shown(place) + mark, str(one.files), *counts)
    at.out.print(table)
    if elsewhere:
        at.tell(waits_elsewhere(sum(elsewhere.values()), list(elsewhere)))
    return DONE


def _data_file(batch: BatchLine) -> str | None:
    """Return the name of the file that was imported, the .shp of a shapefile; None for a folder of scans."""
    main = [name for name in batch.data if PurePath(name).suffix.lower() not in BESIDE_A_SHAPEFILE]
    return next(iter([*main, *batch.data]), None)


def waits_elsewhere(many: int, batch_ids: Sequence[str]) -> Message:
    """Return what to do with entries that wait and whose scans are not here."""
    shown_ids = ", ".join(sorted(batch_ids)[:_SHOWN])
    return Message(
        f"{many} mục nhập từ nơi khác đang chờ người xem (lô {shown_ids}). Bản quét không có ở đây nên không hỏi được: "
        "trả lời ở nơi giữ bản quét, rồi ở đây rút lô cũ (diachinh batch withdraw) và nhập tệp mục mới của nơi ấy.",
        f"{many} entries of other installations wait for a person (batch {shown_ids}). Their scans are not here, so "
        "nothing is asked: answer where the scans are, then withdraw the batch here (diachinh batch withdraw) and "
        "import that installation's new entries.",
    )


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


def known_batch(conn: Connection, batch_id: str | None) -> None:
    """Refuse a batch id that is not there."""
    if batch_id is not None and all(one.batch_id != batch_id for one in layers.batches(conn)):
        raise BadInput(
            vi=f"không có lô {shown(batch_id)}; xem: diachinh status",
            en=f"no batch {shown(batch_id)}; see: diachinh status",
        )
