"""What every command says of batches: one that is not there, entries whose scans are kept elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from flows.folder import shown
from schemas.errors import BadInput, Message
from store import layers
from store.database import Connection

_SHOWN = 10


def known_batch(conn: Connection, batch_id: str | None) -> None:
    """Refuse a batch id that is not there."""
    if batch_id is not None and all(one.batch_id != batch_id for one in layers.batches(conn)):
        raise BadInput(
            vi=f"không có lô {shown(batch_id)}; xem: diachinh status",
            en=f"no batch {shown(batch_id)}; see: diachinh status",
        )


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
