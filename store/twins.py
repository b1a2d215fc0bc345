"""Which papers are the same in other bytes, found through what they print and kept page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from schemas.documents import PageRef
from schemas.entries import Entry
from schemas.readings import PageReading, page_reading_from_json
from store.database import Connection, statement
from store.entries import entry_from_row
from store.runs import Run, hold
from store.withdrawal import refuse_withdrawn

Compare = Callable[[Sequence[PageReading], Sequence[PageReading]], Sequence[tuple[PageRef, PageRef]]]
"""Says which pages of two papers are the same; none where the papers are not."""

#: A mark that so many papers have is no sign of a twin.
_COMMON = 60
_Key = tuple[str, str]


def link(conn: Connection, run: Run, batch_id: str, compare: Compare) -> int:
    """Find the twins of the batch's papers in all batches anew and keep them; returns how many pages have one.

    Those who save wait for each other, so that of two batches that come at once the later one sees the first.
    """
    with conn.transaction(), conn.cursor() as cursor:
        hold(conn, run)
        conn.execute(statement("twins", "one_at_a_time"))
        refuse_withdrawn(conn, batch_id)
        rows = conn.execute(statement("twins", "candidates"), {"batch_id": batch_id, "common": _COMMON}).fetchall()
        links: list[dict[str, object]] = []
        for document_id, group in _by_document(rows):
            own = (batch_id, document_id)
            papers = _papers(conn, [own, *group])
            for other in group:
                for a, b in compare(papers.get(own, ()), papers.get(other, ())):
                    links += [_row(own, a, other, b), _row(other, b, own, a)]
        conn.execute(statement("twins", "forget"), {"batch_id": batch_id})
        cursor.executemany(statement("twins", "add"), links)
    return len({(link["sha256"], link["page"]) for link in links if link["batch_id"] == batch_id})


def replaced_entries(conn: Connection, batch_id: str) -> list[tuple[str, str, Entry]]:
    """Return the entries of scans that files of the batch replace: the file's hash, the old batch, the entry."""
    rows = conn.execute(statement("twins", "replaced_entries"), {"batch_id": batch_id})
    return [(sha256, old_batch, entry_from_row(told)) for sha256, old_batch, told in rows]


def out_of_force(conn: Connection, batch_id: str) -> frozenset[str]:
    """Return the batch's papers that make no entries: replaced by a new scan, or the same as one that stands."""
    rows = conn.execute(statement("twins", "out_of_force"), {"batch_id": batch_id})
    return frozenset(row[0] for row in rows)


def _by_document(rows: Iterable[tuple[str, str, str]]) -> Iterable[tuple[str, list[_Key]]]:
    groups: dict[str, list[_Key]] = {}
    for document_id, other_batch, other_document in rows:
        groups.setdefault(document_id, []).append((other_batch, other_document))
    return groups.items()


def _papers(conn: Connection, keys: Sequence[_Key]) -> dict[_Key, list[PageReading]]:
    found: dict[_Key, list[PageReading]] = {}
    values = {"batch_ids": [key[0] for key in keys], "document_ids": [key[1] for key in keys]}
    for batch_id, document_id, content in conn.execute(statement("twins", "pages"), values):
        found.setdefault((batch_id, document_id), []).append(page_reading_from_json(content))
    return found


def _row(own: _Key, ref: PageRef, other: _Key, other_ref: PageRef) -> dict[str, object]:
    return {
        "batch_id": own[0],
        "document_id": own[1],
        "sha256": ref.sha256,
        "page": ref.page,
        "other_batch_id": other[0],
        "other_document_id": other[1],
        "other_sha256": other_ref.sha256,
        "other_page": other_ref.page,
    }
