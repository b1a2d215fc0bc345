"""The commands `status` and `report`: which batches there are, and their figures."""

from __future__ import annotations

from pathlib import PurePath

from rich.table import Table

from flows.batches import known_batch, waits_elsewhere
from flows.exit_codes import DONE
from flows.folder import shown
from flows.imports.tables import BESIDE_A_SHAPEFILE
from flows.reports import as_text
from flows.terminal import Terminal
from schemas.errors import Message
from store import imports, layers
from store.database import connect
from store.layers import BatchLine
from store.migrate import prepare


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
