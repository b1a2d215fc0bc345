"""Reconciling: the papers of one land put on their map series, linked across them, settled and published together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import duckdb

from cadastre.claims import settle
from cadastre.lineage import Reconciled, reconcile
from cadastre.mentions import FIELDS, Mention, mention
from cadastre.series import numberings
from cadastre.territory import scope_of, units_of_scope
from schemas.parcels import Link, ParcelKey, Said, SheetSaid
from schemas.tables import Tables
from schemas.weights import load_weights
from store import dispute_answers, lineage, link_answers, parcels
from store.database import IDLE_IN_TRANSACTION_S, Connection
from store.parcels import Published
from store.runs import Run

#: Parcels that are settled and published at once.
_AT_ONCE = 5000
NOTHING = Published(0, 0, 0, 0, ())


def settle_touched(conn: Connection, run: Run, batch_id: str, tables: Tables) -> Published:
    """Reconcile the lands that the batch touches, and publish what changes there; the same again changes nothing."""
    with parcels.settling(conn, run):
        touched = parcels.keys_touched(conn, batch_id)
        return settle_keys(conn, run, batch_id, touched, tables)


def settle_keys(conn: Connection, run: Run, batch_id: str, touched: Iterable[ParcelKey], tables: Tables) -> Published:
    """Reconcile the lands of these parcels and publish them with all whose lineage changes thereby.

    Call it inside `parcels.settling`.
    """
    by_land: dict[str, set[ParcelKey]] = defaultdict(set)
    for key in touched:
        by_land[scope_of(key.unit, tables)].add(key)
    done = NOTHING
    for land, keys in sorted(by_land.items()):
        done = _sum(done, _settle_land(conn, run, batch_id, land, keys, tables))
    return done


def lands(conn: Connection, tables: Tables) -> list[str]:
    """Return the lands of which papers or parcels are held."""
    return sorted({scope_of(unit, tables) for unit in lineage.units(conn)})


def settle_land(conn: Connection, run: Run, land: str, tables: Tables) -> Published:
    """Reconcile a whole land (`territory.scope_of`) and publish all its parcels anew where they differ."""
    with parcels.settling(conn, run):
        told = lineage.told_of(conn, units_of_scope(land, tables), ())
        return _settle_land(conn, run, land, land, {one.key for one in told}, tables)


def _settle_land(
    conn: Connection, run: Run, batch_id: str, land: str, touched: Collection[ParcelKey], tables: Tables
) -> Published:
    told = lineage.told_of(conn, units_of_scope(land, tables), FIELDS)
    mentions = [mention(one.entry_id, one.document_id, one.kind, one.own, one.values, tables) for one in told]
    said = link_answers.said_of(conn, land, lambda: _placed(mentions, numberings(mentions, tables)))
    decided = dispute_answers.decided_of(conn, land)
    found = _awake(conn, lambda: _linked(mentions, tables, said))
    keys = _placed(mentions, found.series)
    moved = {one.entry_id: keys[one.entry_id] for one in told if keys[one.entry_id] != one.key}
    lineage.place(conn, moved)
    changed = lineage.keep(conn, land, found.links)
    left = {one.key for one in told if one.entry_id in moved}
    wanted = set(touched) | changed | set(moved.values()) | left
    done = NOTHING
    for some in _together(wanted, found.links):
        entries = parcels.entries_of_keys(conn, some)
        steps = [link for link in found.links if link.older in some]
        settled = settle(entries, tables, steps, keys=keys, decided=decided)
        done = _sum(done, parcels.publish(conn, run, settled, batch_id=batch_id, keys=sorted(some)))
    return done


def _linked(mentions: Sequence[Mention], tables: Tables, said: Sequence[Said | SheetSaid]) -> Reconciled:
    with duckdb.connect() as memory:
        return reconcile(mentions, tables, load_weights(), memory, said)


def _awake(conn: Connection, work: Callable[[], Reconciled]) -> Reconciled:
    """Return what the work returns, while the session says that it lives.

    A session that is silent in a transaction is closed (`database.IDLE_IN_TRANSACTION_S`), so that a stopped process
    holds up nobody; a large land takes longer than that.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        waiting = beside.submit(work)
        while True:
            try:
                return waiting.result(timeout=IDLE_IN_TRANSACTION_S / 4)
            except TimeoutError:
                if waiting.done():
                    raise
                parcels.still_here(conn)


def _placed(mentions: Sequence[Mention], series: Mapping[str, object]) -> dict[str, ParcelKey]:
    return {m.entry_id: replace(m.key, era=series[m.entry_id]) for m in mentions}  # type: ignore[arg-type]


def _together(keys: Collection[ParcelKey], links: Iterable[Link]) -> Iterator[set[ParcelKey]]:
    """Yield the keys with all that are linked to them, in portions; what is linked stays together."""
    beside: dict[ParcelKey, list[ParcelKey]] = defaultdict(list)
    for link in links:
        beside[link.older].append(link.newer)
        beside[link.newer].append(link.older)
    seen: set[ParcelKey] = set()
    portion: set[ParcelKey] = set()
    for key in sorted(keys):
        waiting = [key]
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                portion.add(one)
                waiting += beside.get(one, ())
        if len(portion) >= _AT_ONCE:
            yield portion
            portion = set()
    if portion:
        yield portion


def _sum(one: Published, other: Published) -> Published:
    return Published(
        one.added + other.added,
        one.changed + other.changed,
        one.withdrawn + other.withdrawn,
        one.unchanged + other.unchanged,
        (*one.findings, *other.findings),
    )
