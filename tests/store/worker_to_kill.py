"""A worker that takes a folder through the store and kills itself at the n-th step, for test_kills.

`python worker_to_kill.py URL HOME FOLDER N KEEPER LOADER`: every statement, every row of a COPY and every fsync is a
step; N = 0 lets it live. It prints how many steps it took.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
from store_papers import KEY, READER, document, entry, parcel, reading

from schemas.documents import Given
from store import entries, intake, originals, parcels, readings
from store.database import Connection, connect
from store.intake import BatchFile
from store.originals import Kept
from store.runs import Run, begin_run, end_run


class Steps:
    """Counts the steps of the process and kills it at one of them."""

    def __init__(self, fatal: int) -> None:
        self.fatal = fatal
        self.taken = 0

    def before(self, action: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*args: Any, **named: Any) -> Any:
            self.taken += 1
            if self.taken == self.fatal:
                os.kill(os.getpid(), signal.SIGKILL)
            return action(*args, **named)

        return stepped


def work(url: str, home: Path, folder: Path, keep: Callable[[Path, Path], Kept], load: Callable[..., None]) -> None:
    """Do what a run does with a folder whose files name the paper that they hold."""
    with connect(url) as conn:
        run = begin_run(conn, "digitise")
        files = []
        for path in sorted(folder.iterdir()):
            kept = keep(home, path)
            files.append(BatchFile(kept.sha256, kept.size, Given(path.name)))
        batch_id = intake.register(conn, run, str(folder), files)
        for line in intake.files_to_open(conn, batch_id, READER):
            intake.file_opened(conn, run, line.sha256, 1, READER)
        contents = [path.read_text() for path in sorted(folder.iterdir())]
        waiting = {ref.sha256 for ref in intake.pages_to_read(conn, batch_id, READER)}
        for content in contents:
            page = reading(content)
            if page.ref.sha256 in waiting:
                readings.save_reading(conn, run, page, READER)
        load(conn, run, batch_id, contents)
        end_run(conn, run)


def load(conn: Connection, run: Run, batch_id: str, contents: list[str]) -> None:
    """Derive and publish as the store means it."""
    made = [entry(content) for content in contents]
    keys = {one.entry_id: replace(KEY, parcel=str(number)) for number, one in enumerate(made, start=1)}
    entries.save_entries(conn, run, batch_id, [document(content) for content in contents], made, keys)
    with parcels.settling(conn, run):
        touched = parcels.keys_touched(conn, batch_id)
        found = {keys[one.entry_id]: one for one in parcels.entries_of_keys(conn, touched)}
        settled = [parcel(key, entry_ids=(one.entry_id,)) for key, one in found.items()]
        parcels.publish(conn, run, settled, batch_id=batch_id, keys=touched)


def hasty_load(conn: Connection, run: Run, batch_id: str, contents: list[str]) -> None:
    """Commit paper by paper, and take a batch that has any entry for done: right while nobody is killed."""
    if conn.execute("select 1 from reading.entry where batch_id = %s", [batch_id]).fetchone():
        return
    made = [entry(content) for content in contents]
    keys = {one.entry_id: replace(KEY, parcel=str(number)) for number, one in enumerate(made, start=1)}
    for count, one in enumerate(made, start=1):
        papers = [document(content) for content in contents[:count]]
        entries.save_entries(conn, run, batch_id, papers, made[:count], keys)
        settled = [parcel(keys[one.entry_id], entry_ids=(one.entry_id,))]
        parcels.publish(conn, run, settled, batch_id=batch_id)


def hasty_keep(home: Path, path: Path) -> Kept:
    """Write under the final name at once, and take what stands there for whole: right while nobody is killed."""
    content = path.read_bytes()
    kept = Kept(hashlib.sha256(content).hexdigest(), len(content))
    target = originals.path_of(home, kept.sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        with target.open("wb") as copy:
            for byte in content:
                copy.write(bytes([byte]))
                copy.flush()
                os.fsync(copy.fileno())
    return kept


def main() -> None:
    url, home, folder, fatal, keeper, loader = sys.argv[1:]
    steps = Steps(int(fatal))
    psycopg.Cursor.execute = steps.before(psycopg.Cursor.execute)  # type: ignore[method-assign]
    psycopg.Cursor.executemany = steps.before(psycopg.Cursor.executemany)  # type: ignore[method-assign]
    psycopg.Copy.write_row = steps.before(psycopg.Copy.write_row)  # type: ignore[method-assign]
    os.fsync = steps.before(os.fsync)
    sys.stdout.write(">")  # it is about to begin
    sys.stdout.flush()
    keep = {"safe": originals.keep, "hasty": hasty_keep}[keeper]
    work(url, Path(home), Path(folder), keep, {"safe": load, "hasty": hasty_load}[loader])
    sys.stdout.write(str(steps.taken))


if __name__ == "__main__":
    main()
