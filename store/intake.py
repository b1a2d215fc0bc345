"""Batches, their files and pages, and what still waits to be opened or read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from schemas.documents import Given, MediaType, PageRef
from schemas.outcomes import Quarantine
from store.database import Connection, clean_text, statement
from store.runs import Run, hold

SetAside = Literal["quarantined", "failed"]


@dataclass(frozen=True, slots=True)
class BatchFile:
    """A kept file of a batch; `given.file` is its path in the batch."""

    sha256: str
    size: int
    given: Given


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file of a batch that was not kept, and why."""

    given: Given
    why: Quarantine


@dataclass(frozen=True, slots=True)
class FileLine:
    """A kept file that waits to be opened, with its leading path in the batch."""

    sha256: str
    path: str


def batch_id_of(files: Iterable[tuple[str, str]]) -> str:
    """Return the batch's id: 16 hex digits of the SHA-256 over its sorted (path, file hash) pairs, no manifest.

    A file that was not kept has the hash "".
    """
    digest = hashlib.sha256()
    for path, sha256 in sorted(files):
        digest.update(f"{path}\0{sha256}\n".encode("utf-8", "backslashreplace"))
    return digest.hexdigest()[:16]


def register(
    conn: Connection,
    run: Run,
    folder: str,
    files: Sequence[BatchFile],
    *,
    refused: Sequence[RefusedFile] = (),
    absent: Sequence[Given] = (),
    by: str | None = None,
) -> str:
    """Record a batch and return its id; again renews the folder and what the manifest says.

    A batch that was withdrawn is back with it; the database logs that.

    `refused` lie in the folder and were not kept; `absent` are named by the manifest and not in the folder.
    Who hands in is kept by login and, in `by`, by name: they do not verify the people of its papers.
    """
    batch_id = batch_id_of(
        [(file.given.file, file.sha256) for file in files] + [(file.given.file, "") for file in refused]
    )
    rows = [_file_row(file.given) | {"sha256": file.sha256} for file in files]
    rows += [{**_file_row(file.given), **_reason(file.why)} for file in refused]
    rows += [_file_row(given) | {"in_folder": False} for given in absent]
    with conn.transaction(), conn.cursor() as cursor:
        hold(conn, run)
        cursor.execute(statement("intake", "add_batch"), {"batch_id": batch_id, "folder": clean_text(folder)})
        person = clean_text(" ".join(by.split())) if by else None
        cursor.execute(statement("intake", "add_registration"), {"batch_id": batch_id, "person": person})
        cursor.execute(statement("intake", "bring_back"), {"batch_id": batch_id})
        # In one order everywhere, so that two runs never wait for each other's rows.
        cursor.executemany(
            statement("intake", "add_file"),
            [{"sha256": file.sha256, "size": file.size} for file in sorted(files, key=lambda file: file.sha256)],
        )
        paths = [given.file for given in absent]
        cursor.execute(statement("intake", "forget_absent"), {"batch_id": batch_id, "paths": paths})
        cursor.executemany(
            statement("intake", "add_batch_file"),
            [row | {"batch_id": batch_id} for row in sorted(rows, key=lambda row: str(row["path"]))],
        )
    return batch_id


def paths_of(conn: Connection, batch_id: str) -> dict[str, str]:
    """Return the leading path in the batch of each kept content."""
    return dict(conn.execute(statement("intake", "paths"), {"batch_id": batch_id}).fetchall())


def expected(conn: Connection, batch_id: str) -> tuple[list[Given], dict[str, int | None]]:
    """Return what is given of each file, absent ones too, and the page count of each file that is in the folder.

    The count is None where the file could not be opened.
    """
    given: list[Given] = []
    present: dict[str, int | None] = {}
    for path, *said, in_folder, page_count in conn.execute(statement("intake", "expected"), {"batch_id": batch_id}):
        given.append(Given(path, *said))
        if in_folder:
            present[path] = page_count
    return given, present


def unreadable(conn: Connection, batch_id: str) -> list[tuple[str, int, str | None]]:
    """Return path, page and reason (Vietnamese) of pages that cannot be read; no reason where one was read in vain."""
    rows = conn.execute(statement("holdings", "unreadable"), {"batch_id": batch_id})
    return [(path, page, why) for path, page, why in rows]


def standing_batches(conn: Connection) -> list[str]:
    """Return the batches that were not taken back, in a fixed order."""
    return [row[0] for row in conn.execute(statement("intake", "standing_batches"))]


def kept_files(conn: Connection) -> dict[str, int]:
    """Return the size in bytes of every original that was ever registered, by its hash."""
    return dict(conn.execute(statement("intake", "kept_files")).fetchall())


def files_to_open(conn: Connection, batch_id: str, reader_version: str) -> list[FileLine]:
    """Return the batch's files, each content once, that wait, failed, or were set aside by another version."""
    rows = conn.execute(statement("intake", "files_to_open"), {"batch_id": batch_id, "reader_version": reader_version})
    return [FileLine(*row) for row in rows]


def file_opened(
    conn: Connection, run: Run, sha256: str, page_count: int, reader_version: str, media: MediaType | None = None
) -> None:
    """Record how many pages a file has; they wait from now on."""
    with conn.transaction():
        hold(conn, run)
        values = {"sha256": sha256, "page_count": page_count, "reader_version": reader_version, "media": media}
        conn.execute(statement("intake", "file_opened"), values)
        conn.execute(statement("intake", "add_pages"), {"sha256": sha256})


def file_set_aside(
    conn: Connection, run: Run, sha256: str, why: Quarantine, reader_version: str, *, state: SetAside = "quarantined"
) -> None:
    """Record why a whole file cannot be opened; one that was opened before stays open."""
    with conn.transaction():
        hold(conn, run)
        values = {"sha256": sha256, "reader_version": reader_version, "state": state, **_reason(why)}
        conn.execute(statement("intake", "file_set_aside"), values)


def pages_to_read(conn: Connection, batch_id: str, reader_version: str) -> list[PageRef]:
    """Return the batch's pages, each content once, that wait, failed, or were read by another version."""
    rows = conn.execute(statement("intake", "pages_to_read"), {"batch_id": batch_id, "reader_version": reader_version})
    return [PageRef(*row) for row in rows]


def page_set_aside(
    conn: Connection,
    run: Run,
    ref: PageRef,
    why: Quarantine,
    reader_version: str,
    *,
    state: SetAside = "quarantined",
    width: int | None = None,
    height: int | None = None,
) -> None:
    """Record why a page cannot be read; width and height in pixels where they are known."""
    with conn.transaction():
        hold(conn, run)
        values = {
            "sha256": ref.sha256,
            "page": ref.page,
            "reader_version": reader_version,
            "state": state,
            "width": width,
            "height": height,
            **_reason(why),
        }
        conn.execute(statement("intake", "page_set_aside"), values)


def _file_row(given: Given) -> dict[str, str | int | None]:
    return {
        "path": given.file,
        "sha256": None,
        "code": None,
        "vi": None,
        "en": None,
        "in_folder": True,
        "unit_code": given.unit_code,
        "unit_date": given.unit_date,
        "kind": given.kind,
        "container": given.container,
        "declared_pages": given.declared_pages,
        "custodian": given.custodian,
        "replaces": given.replaces,
    }


def _reason(why: Quarantine) -> dict[str, str]:
    return {"code": why.code, "vi": clean_text(why.message.vi), "en": clean_text(why.message.en)}
