"""What people answered on scans that a batch's files replace."""

from __future__ import annotations

from cadastre.checking.carrying import Earlier
from store import review, twins
from store.database import Connection


def earlier_of(conn: Connection, batch_id: str) -> list[Earlier]:
    """Return the entries of the scans that files of this batch replace, each with its answers."""
    old = twins.replaced_entries(conn, batch_id)
    told = {batch: review.answers_of(conn, batch) for batch in sorted({old_batch for _, old_batch, _ in old})}
    return [Earlier(sha256, entry, tuple(told[batch].get(entry.entry_id, ()))) for sha256, batch, entry in old]
