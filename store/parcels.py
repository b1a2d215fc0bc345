"""Publishes parcels: staged, checked, then one transaction; a new version only where the content differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

from schemas.entries import Entry
from schemas.outcomes import Finding
from schemas.parcels import Parcel, ParcelKey
from store.audit import append
from store.database import Connection, dump_json, statement
from store.entries import entry_from_row
from store.runs import Run, hold
from store.staging import Staged, geometry_finding, parcel_id_of, stage

__all__ = ["Published", "entries_of_keys", "keys_touched", "parcel_id_of", "publish", "settling"]


@dataclass(frozen=True, slots=True)
class Published:
    """How many parcels came, got a new version, went and stayed; findings by key of what was left out of them."""

    added: int
    changed: int
    withdrawn: int
    unchanged: int
    findings: tuple[tuple[ParcelKey, Finding], ...]


@contextmanager
def settling(conn: Connection, run: Run) -> Iterator[None]:
    """Keep other publishers out from the loading of entries until what they settle to is published.

    Else a batch that loaded before another one saved could publish after it, and win with older knowledge.
    One transaction: between two calls inside it no more than `database.IDLE_IN_TRANSACTION_S` may pass.
    """
    with conn.transaction():
        hold(conn, run)
        conn.execute(statement("parcels", "one_at_a_time"))
        yield


def still_here(conn: Connection) -> None:
    """Say that the session lives: a silent one in a transaction is closed."""
    conn.execute(statement("parcels", "moment"))


def keys_touched(conn: Connection, batch_id: str) -> list[ParcelKey]:
    """Return the keys to settle anew: of the batch's entries, and of parcels that cite an entry gone or moved."""
    rows = conn.execute(statement("parcels", "keys_touched"), {"batch_id": batch_id})
    return [ParcelKey(*row) for row in rows]


def cited(conn: Connection, units: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Return which papers (entry id) the published parcels (key) of these communes rest on."""
    return frozenset(conn.execute(statement("parcels", "cited"), {"units": list(units)}).fetchall())


def entries_of_keys(conn: Connection, keys: Iterable[ParcelKey]) -> list[Entry]:
    """Return the entries of all batches with these keys, each entry id once, identity fields included."""
    values = {"keys": [str(key) for key in keys]}
    # Never prepared: a plan for any number of keys is ten times slower on thousands of them.
    rows = conn.execute(statement("parcels", "entries_of_keys"), values, prepare=False)
    return [entry_from_row(told) for (told,) in rows]


def publish(
    conn: Connection,
    run: Run,
    parcels: Sequence[Parcel],
    *,
    batch_id: str,
    keys: Iterable[ParcelKey] = (),
) -> Published:
    """Publish the parcels in one transaction, one publisher at a time; publishing them again changes nothing.

    `keys` are all keys that were settled: a parcel of one of them that is not among `parcels` is withdrawn.
    A boundary that is invalid or outside EPSG:5899 is left out with a finding. ValueError, before anything is
    written, where personal data stands in a parcel's attributes or a key stands twice.
    """
    staged = {parcel.key: stage(parcel) for parcel in parcels}
    if len(staged) < len(parcels):
        raise ValueError("a parcel key stands twice")
    publish_id = uuid4()
    with conn.transaction(), conn.cursor() as cursor:
        hold(conn, run)
        with cursor.copy(statement("parcels", "stage")) as copy:
            for row in staged.values():
                copy.write_row((publish_id, run.run_id, *row.row))
    faults: dict[str, str] = dict(
        conn.execute(statement("parcels", "geometry_faults"), {"publish_id": publish_id}).fetchall()
    )
    findings = [(key, finding) for key, row in staged.items() for finding in row.findings]
    findings += [
        (key, geometry_finding(faults[row.parcel_id])) for key, row in staged.items() if row.parcel_id in faults
    ]
    with conn.transaction():
        hold(conn, run)
        keys = tuple(keys)
        gone = [str(key) for key in keys if key not in staged]
        _save_across(conn, parcels, keys)
        added, changed, withdrawn = _publish_staged(conn, publish_id, staged.values(), gone)
        if added or changed or withdrawn:
            detail = {"run": run.run_id, "added": added, "changed": changed, "withdrawn": withdrawn}
            append(conn, "publish", batch_id, detail)
    return Published(added, changed, withdrawn, len(staged) - added - changed, tuple(findings))


def _save_across(conn: Connection, parcels: Sequence[Parcel], keys: Iterable[ParcelKey]) -> None:
    """Keep what the papers of the settled parcels say differently, and nothing that is not so any more."""
    rows: list[dict[str, object]] = []
    counts: dict[str, int] = {}
    for parcel in parcels:
        for entry_id, finding in parcel.across:
            counts[entry_id] = counts.get(entry_id, 0) + 1
            rows.append(
                {
                    "entry_id": entry_id,
                    "ord": counts[entry_id],
                    "parcel_key": str(parcel.key),
                    "code": finding.code,
                    "severity": finding.severity,
                    "fields": list(finding.fields),
                    "message_vi": finding.message.vi,
                    "message_en": finding.message.en,
                }
            )
    values = {"rows": dump_json(rows), "keys": [str(key) for key in {*keys, *(one.key for one in parcels)}]}
    conn.execute(statement("parcels", "remove_across"), values)
    if rows:
        conn.execute(statement("parcels", "add_across"), values)


def _publish_staged(
    conn: Connection, publish_id: UUID, staged: Iterable[Staged], gone: list[str]
) -> tuple[int, int, int]:
    """Write what differs and return how many parcels are new, changed and withdrawn."""
    conn.execute(statement("parcels", "one_at_a_time"))
    # Read after the lock: versions of one parcel are known one after the other.
    moment = conn.execute(statement("parcels", "moment")).fetchone()
    assert moment is not None
    values = {"publish_id": publish_id, "moment": moment[0], "keys": gone}
    conn.execute(statement("parcels", "add_parcels"), values)
    versions: dict[str, int] = dict(conn.execute(statement("parcels", "add_versions"), values).fetchall())
    for name in ("add_land_uses", "add_sources", "add_claims"):
        conn.execute(statement("parcels", name), values)
    claims = [
        {"version_id": versions[row.parcel_id], **claim}
        for row in staged
        if row.parcel_id in versions
        for claim in row.identity_claims
    ]
    if claims:
        conn.execute(statement("parcels", "add_identity_claims"), {"rows": dump_json(claims)})
    first = conn.execute(statement("parcels", "first_versions"), values).fetchone()
    assert first is not None
    withdrawn = conn.execute(statement("parcels", "withdraw"), values).rowcount
    conn.execute(statement("parcels", "clear_stage"), values)
    return first[0], len(versions) - first[0], withdrawn
