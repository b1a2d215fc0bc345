"""Reconciling: the papers of one land put on their map series, linked across them, settled and published together."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cadastre.numberings.mentions import FIELDS
from cadastre.settling.drawn_anew import LEFT_BEHIND, NUMBER_OVER, drawn_anew, left_behind
from cadastre.settling.numbers_over import numbers_over
from cadastre.settling.settled import settle
from cadastre.units.territory import scope_of, units_of_scope
from flows.cycles import no_search_for_cycles
from flows.linking import AT_ONCE, Land, Linker, Papers
from schemas.disputes import Decided
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
    """A land while its papers are linked, the parcels to settle whatever is found, or all, and rulings."""

    land: str
    touched: Collection[ParcelKey] | None
    linking: Land
    decided: Sequence[Decided]


def _read(conn: Connection, linker: Linker, land: str, touched: Collection[ParcelKey] | None, tables: Tables) -> _Land:
    """Read the papers of a land, and begin to link them; without `touched`, all its parcels are settled."""
    rows = lineage.rows_of(conn, units_of_scope(land, tables), FIELDS)
    papers = Papers(rows, link_answers.given_of(conn, land))
    decided = dispute_answers.decided_of(conn, land)
    return _Land(land, touched, linker.begin(papers, tables), decided)


def _settle(conn: Connection, run: Run, batch_id: str, land: _Land, tables: Tables) -> Published:
    found = land.linking.wait(lambda: parcels.still_here(conn), IDLE_IN_TRANSACTION_S / 4)
    keys = found.keys
    touched = _touched(conn, land, found.stood, tables)
    moved = {entry_id: keys[entry_id] for entry_id, stood in found.stood.items() if keys[entry_id] != stood}
    lineage.place(conn, moved)
    changed = lineage.keep(conn, land.land, found.links)
    left = {found.stood[entry_id] for entry_id in moved}
    wanted = touched | changed | set(moved.values()) | left
    parcels_here = set(keys.values())
    anew = drawn_anew(parcels_here, found.links)
    over = numbers_over(found.said, parcels_here, found.links, found.first_days, tables)
    ended = left_behind(parcels_here, found.links, anew) | over.keys()
    spoken = {one.older for one in found.said if isinstance(one, Said)}
    wanted |= (ended & spoken) | (ended ^ _ended_before(conn, land.land, tables))
    done = NOTHING
    for some in _together(wanted, found.links):
        entries = parcels.entries_of_keys(conn, some)
        steps = [link for link in found.links if link.older in some]
        settled = settle(entries, tables, steps, keys=keys, anew=anew, over=over, decided=land.decided)
        done = _sum(done, parcels.publish(conn, run, settled, batch_id=batch_id, keys=sorted(some)))
    return done


def _touched(conn: Connection, land: _Land, stood: Mapping[str, ParcelKey], tables: Tables) -> set[ParcelKey]:
    """Return the parcels of a land to settle whatever is found.

    Parcels of which a paper has come to stand that they do not rest on yet are touched too: another batch's row of
    the paper was taken back, or a process was killed before it settled what it had kept.
    """
    if land.touched is None:
        return set(stood.values())
    rests = parcels.cited(conn, units_of_scope(land.land, tables))
    return {*land.touched, *(key for entry_id, key in stood.items() if (entry_id, str(key)) not in rests)}


def _ended_before(conn: Connection, land: str, tables: Tables) -> set[ParcelKey]:
    """Return the parcels that are published as left behind on a sheet that was drawn anew, or as over."""
    reasons = (LEFT_BEHIND, NUMBER_OVER)
    return set(dispute_answers.open_parcels(conn, units_of_scope(land, tables), reasons))


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
