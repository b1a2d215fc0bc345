"""The commands that keep what is kept: originals looked through, copies of the database, a batch taken back."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from cadastre.missing.gaps import gaps_of
from flows.exit_codes import DONE, INCOMPLETE
from flows.folder import shown
from flows.reconcile import settle_keys
from flows.terminal import Terminal
from schemas.errors import Message
from schemas.office_units import load_office_tables
from schemas.tables import Tables
from store import audit, backup, imports, intake, originals, parcels, recovery
from store.backup import Copied
from store.database import Connection, connect, retry
from store.migrate import owning_url, prepare
from store.parcels import Published
from store.runs import Run, running
from store.withdrawal import withdraw as take_back

SHOWN = 20


def verify_originals(at: Terminal, *, as_json: bool) -> int:
    """Read every kept original and compare it with its hash; exit code 5 where one is not as it was kept."""
    home = at.settings.home
    url = prepare(at.settings)
    lying = originals.listed(home)
    with connect(url) as conn:
        recorded = intake.kept_files(conn)
    with at.bar(Message("Đọc bản gốc", "Reading originals"), len(recorded)) as tick:
        held = originals.examine(home, recorded, lying, tick)
    lists = {"changed": held.changed, "missing": held.missing, "untracked": held.untracked}
    counts = {"whole": held.whole, **{name: len(found) for name, found in lists.items()}}
    with connect(url) as conn:
        audit.append(conn, "verify-originals", "originals", counts)
    if as_json:
        at.result({"whole": held.whole, **{name: list(found) for name, found in lists.items()}})
    else:
        heads = {
            "changed": Message("Bị thay đổi: {}; lấy lại từ bản sao", "Changed: {}; take them from a copy"),
            "missing": Message("Bị mất: {}; lấy lại từ bản sao", "Missing: {}; take them from a copy"),
            "untracked": Message("Tệp lạ trong kho: {}", "Files that no batch knows: {}"),
        }
        at.say(f"Bản gốc nguyên vẹn: {held.whole}", f"Originals as they were kept: {held.whole}")
        for name, found in lists.items():
            if found:
                at.say(heads[name].vi.format(len(found)), heads[name].en.format(len(found)), style="red")
                _list(at, found)
    return DONE if held.good else INCOMPLETE


def back_up(at: Terminal, out: Path, *, as_json: bool) -> int:
    """Write a copy of the database with the list of its originals into a new folder."""
    prepare(at.settings)
    copied = backup.backup(at.settings.home, owning_url(at.settings), out)
    return _told(
        at,
        out,
        copied,
        Message(
            f"Đã sao lưu vào {out}: {copied.rows} dòng. Bản gốc ({copied.originals} tệp) không nằm trong đó: "
            f"hãy chép thêm {at.settings.home / 'originals'}",
            f"Backed up to {out}: {copied.rows} rows. The originals ({copied.originals} files) are not in it: "
            f"copy {at.settings.home / 'originals'} too",
        ),
        as_json=as_json,
    )


def restore(at: Terminal, source: Path, *, as_json: bool) -> int:
    """Load a copy into a database that holds nothing."""
    copied = backup.restore(at.settings.home, owning_url(at.settings), source)
    return _told(
        at,
        source,
        copied,
        Message(
            f"Đã khôi phục {copied.rows} dòng từ {source}",
            f"Restored {copied.rows} rows from {source}",
        ),
        as_json=as_json,
    )


def _told(at: Terminal, folder: Path, copied: Copied, said: Message, *, as_json: bool) -> int:
    if as_json:
        at.result(
            {
                "folder": str(folder),
                "rows": copied.rows,
                "originals": copied.originals,
                "originals_absent": list(copied.absent),
            }
        )
    else:
        at.tell(said)
    if copied.absent:
        place = at.settings.home / "originals"
        at.say(
            f"Thiếu {len(copied.absent)} bản gốc trong {place}; chép lại rồi chạy: diachinh originals verify",
            f"{len(copied.absent)} originals are not in {place}; copy them there, then run: diachinh originals verify",
            style="yellow",
        )
    return DONE


def withdraw(at: Terminal, batch_id: str, *, as_json: bool) -> int:
    """Take a batch back: nothing of it is exported any more, the parcels are settled without it."""
    url = prepare(at.settings)
    tables = load_office_tables(at.settings.home)
    with running(url, f"withdraw {os.getpid()}", lease_s=at.settings.lease_seconds) as run:
        work = partial(withdraw_and_settle, run=run, batch_id=batch_id, tables=tables)
        entries, published = retry(url, work)
        of_data = retry(url, lambda conn: imports.holds_data(conn, batch_id))
    if as_json:
        at.result(
            {
                "batch_id": batch_id,
                "already": entries is None,
                "entries": entries or 0,
                "parcels": {"changed": published.changed, "withdrawn": published.withdrawn},
            }
        )
    elif entries is None:
        at.say(f"Lô {batch_id} đã được rút lại từ trước", f"The batch {batch_id} was taken back before")
    else:
        at.say(
            f"Đã rút lô {batch_id}: {entries} mục, {published.withdrawn} thửa thôi xuất, {published.changed} thửa đổi. "
            f"Bản gốc còn nguyên; muốn dùng lại thì {'import tệp đó' if of_data else 'chạy digitise với thư mục đó'}",
            f"Took back {batch_id}: {entries} entries, {published.withdrawn} parcels gone, "
            f"{published.changed} changed. Its originals stay; "
            f"{'import its file' if of_data else 'digitise its folder'} to bring it back",
        )
    return DONE


def withdraw_and_settle(conn: Connection, run: Run, batch_id: str, tables: Tables) -> tuple[int | None, Published]:
    """Take the batch back, publish its parcels and search for missing papers without it, in one transaction."""
    with parcels.settling(conn, run):
        # Before and after: a paper that lies in another batch too may say something else there.
        keys = set(parcels.keys_touched(conn, batch_id))
        entries = take_back(conn, run, batch_id)
        keys |= set(parcels.keys_touched(conn, batch_id))
        published = settle_keys(conn, run, batch_id, keys, tables)
        recovery.search_around(conn, run, batch_id, gaps_of)
        return entries, published


def _list(at: Terminal, names: tuple[str, ...]) -> None:
    for name in names[:SHOWN]:
        at.say(f"  {shown(name)}", f"  {shown(name)}")
    if len(names) > SHOWN:
        at.say(f"  … và {len(names) - SHOWN} tệp nữa", f"  … and {len(names) - SHOWN} more")
