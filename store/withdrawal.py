"""Taking a batch back: nothing of it is exported any more, its originals and all that was published stay."""

from __future__ import annotations

from schemas.errors import BadInput
from store.closing import unlink_batch
from store.database import Connection, statement
from store.runs import Run, hold


class BatchWithdrawn(BadInput):
    """The batch was taken back while work on it was under way."""

    def __init__(self, batch_id: str) -> None:
        super().__init__(
            f"lô {batch_id} đã được rút lại trong khi đang xử lý; muốn dùng lại thì chạy digitise với thư mục đó",
            f"the batch {batch_id} was taken back while it was worked on; digitise its folder to bring it back",
        )


def withdraw(conn: Connection, run: Run, batch_id: str) -> int | None:
    """Take a batch back and return how many entries went with it; None where it was taken back already.

    To be called inside `parcels.settling`, so that the parcels are settled without it in the same transaction.
    The database logs it. BadInput where there is no such batch.
    """
    values = {"batch_id": batch_id}
    with conn.transaction():
        hold(conn, run)
        # In the order in which those who save entries and cases take them, the batch itself last.
        conn.execute(statement("entries", "one_at_a_time"), values)
        conn.execute(statement("recovery", "one_at_a_time"))
        if is_withdrawn(conn, batch_id):
            return None
        row = conn.execute(statement("withdrawal", "count_entries"), values).fetchone()
        conn.execute(statement("intake", "withdraw"), values)
        assert row is not None
        conn.execute(statement("withdrawal", "remove_documents"), values)
        unlink_batch(conn, batch_id)
        return int(row[0])


def is_withdrawn(conn: Connection, batch_id: str) -> bool:
    """Tell whether the batch is taken back; inside a transaction it stays so until the end."""
    row = conn.execute(statement("intake", "is_withdrawn"), {"batch_id": batch_id}).fetchone()
    if row is None:
        raise BadInput(
            f"không có lô {batch_id}; xem: diachinh status",
            f"no batch {batch_id}; see: diachinh status",
        )
    return bool(row[0])


def refuse_withdrawn(conn: Connection, batch_id: str) -> None:
    """Refuse to write what was derived from a batch that was taken back meanwhile; first thing after `hold`."""
    if is_withdrawn(conn, batch_id):
        raise BatchWithdrawn(batch_id)
