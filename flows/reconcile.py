"""Reconciling: the papers of one land put on their map series, linked across them, settled and published together."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cadastre.numberings.mentions import FIELDS, Mention, mention
from cadastre.numberings.series import numberings
from cadastre.settling.claims import settle
from cadastre.settling.drawn_anew import LEFT_BEHIND, NUMBER_OVER, drawn_anew, left_behind
from cadastre.settling.numbers_over import numbers_over
from cadastre.units.territory import scope_of, units_of_scope
from flows.cycles import no_search_for_cycles
from flows.linking import AT_ONCE, Land, Linker
from schemas.disputes import Decided
from schemas.documents import Era
from schemas.parcels import Link, ParcelKey, Said
from schemas.tables import Tables
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
    with no_search_for_cycles(), Linker(several=len(by_land) > 1) as linker:
        ahead: deque[_Land] = deque()
        # the largest first: at the end none is left that is linked alone
        for land, keys in sorted(by_land.items(), key=lambda one: (-len(one[1]), one[0])):
            ahead.append(_read(conn, linker, land, keys, tables))
            if len(ahead) > AT_ONCE:
                done = _sum(done, _settle(conn, run, batch_id, ahead.popleft(), tables))
        while ahead:
            done = _sum(done, _settle(conn, run, batch_id, ahead.popleft(), tables))
    return done


def lands(conn: Connection, tables: Tables) -> list[str]:
    """Return the lands of which papers or parcels are held."""
    return sorted({scope_of(unit, tables) for unit in lineage.units(conn)})


def settle_land(conn: Connection, run: Run, land: str, tables: Tables) -> Published:
    """Reconcile a whole land (`territory.scope_of`) and publish all its parcels anew where they differ."""
    with parcels.settling(conn, run), Linker(several=False) as linker:
        whole = _read(conn, linker, land, None, tables)
        return _settle(conn, run, land, whole, tables)


@dataclass(frozen=True, slots=True)
class _Land:
    """A land while its papers are linked: their keys by entry id, the parcels to settle whatever is found, rulings."""

    land: str
    touched: Collection[ParcelKey]
    stood: Mapping[str, ParcelKey]
    linking: Land
    decided: Sequence[Decided]


def _read(conn: Connection, linker: Linker, land: str, touched: Collection[ParcelKey] | None, tables: Tables) -> _Land:
    """Read what the papers of a land tell, and begin to link them; without `touched`, all its parcels are settled.

    Parcels of which a paper has come to stand that they do not rest on yet are touched too: another batch's row of
    the paper was taken back, or a process was killed before it settled what it had kept.
    """
    units = units_of_scope(land, tables)
    told = lineage.told_of(conn, units, FIELDS)
    mentions = [mention(one.entry_id, one.document_id, one.kind, one.own, one.values, tables) for one in told]
    said = link_answers.said_of(conn, land, lambda: _placed(mentions, numberings(mentions, tables)))
    decided = dispute_answers.decided_of(conn, land)
    stood = {one.entry_id: one.key for one in told}
    rests = parcels.cited(conn, units) if touched is not None else frozenset()
    new = {key for entry_id, key in stood.items() if (entry_id, str(key)) not in rests}
    return _Land(land, new.union(touched or ()), stood, linker.begin(mentions, tables, said), decided)


def _settle(conn: Connection, run: Run, batch_id: str, land: _Land, tables: Tables) -> Published:
    found = land.linking.wait(lambda: parcels.still_here(conn), IDLE_IN_TRANSACTION_S / 4)
    keys = _placed(land.linking.mentions, found.series)
    moved = {entry_id: keys[entry_id] for entry_id, stood in land.stood.items() if keys[entry_id] != stood}
    lineage.place(conn, moved)
    changed = lineage.keep(conn, land.land, found.links)
    left = {land.stood[entry_id] for entry_id in moved}
    wanted = set(land.touched) | changed | set(moved.values()) | left
    parcels_here = set(keys.values())
    anew = drawn_anew(parcels_here, found.links)
    over = numbers_over(land.linking.said, parcels_here, found.links, _first_days(land.linking.mentions, keys), tables)
    ended = left_behind(parcels_here, found.links, anew) | over.keys()
    spoken = {one.older for one in land.linking.said if isinstance(one, Said)}
    wanted |= (ended & spoken) | (ended ^ _ended_before(conn, land.land, tables))
    done = NOTHING
    for some in _together(wanted, found.links):
        entries = parcels.entries_of_keys(conn, some)
        steps = [link for link in found.links if link.older in some]
        settled = settle(entries, tables, steps, keys=keys, anew=anew, over=over, decided=land.decided)
        done = _sum(done, parcels.publish(conn, run, settled, batch_id=batch_id, keys=sorted(some)))
    return done


def _ended_before(conn: Connection, land: str, tables: Tables) -> set[ParcelKey]:
    """Return the parcels that are published as left behind on a sheet that was drawn anew, or as over."""
    reasons = (LEFT_BEHIND, NUMBER_OVER)
    return set(dispute_answers.open_parcels(conn, units_of_scope(land, tables), reasons))


def _first_days(mentions: Iterable[Mention], keys: Mapping[str, ParcelKey]) -> dict[ParcelKey, str]:
    """Return the first day that the papers of each parcel tell (ISO), where they tell one."""
    first: dict[ParcelKey, str] = {}
    for one in mentions:
        if one.day is not None:
            first[keys[one.entry_id]] = min(one.day, first.get(keys[one.entry_id], one.day))
    return first


def _placed(mentions: Sequence[Mention], series: Mapping[str, Era]) -> dict[str, ParcelKey]:
    return {m.entry_id: replace(m.key, era=series[m.entry_id]) for m in mentions}


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
