"""Where the numberings of a sheet begin: papers of one epoch after the other go on with the map in force, or do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from cadastre.numberings.agreement import Likeness
from cadastre.numberings.epochs import parted
from cadastre.numberings.highest_numbers import above, ceiling
from cadastre.numberings.numbered_papers import ERAS, Numbers, Papers, span_of
from cadastre.numberings.renumbered import older_map, renumbered
from cadastre.numberings.stray_papers import BY_FEW, last_listed, may_be_strays
from schemas.documents import Era
from schemas.tables import Tables

#: A survey numbers most sheets of a commune anew together: so much of the commune's evidence counts for each sheet.
_COMMUNE_SHARE, _COMMUNE_MOST = 0.3, 3.0
_ABOVE, _ABOVE_MOST = 3.0, 9.0  # against a numbering, for each parcel above the highest number of a full book
_STRAYS, _FOR_STRAYS = 4, 0.5  # a few papers follow the map in force unless they say otherwise
_AGAINST_FEW = 1.5  # a few stray papers do not name the numbering of a whole sheet
#: Against one map, where several parcels of the books of 1980 to 1988 and several of the law of 2003 or later have no
#: number in common: these books were to be made on a cadastral map, and papers of one ground mostly share numbers.
_FEW_SHARED, _NONE_SHARED = 5, 1.5
_OLD, _CADASTRAL = ERAS.index("1988"), ERAS.index("2003")
#: Papers go on with the numbering in force, but for those after a day from which the commune's papers number otherwise.
_GOES_ON, _CUT = 0.5, 3.0
#: Numbers of an era that are other parcels than before begin a numbering if there are several, and so large a share.
_SEVERAL, _MANY, _OTHER_PARCEL = 6, 0.25, -1.5


@dataclass(frozen=True, slots=True)
class Numbering:
    """A numbering of a sheet: the place of the epoch in which it began, that epoch's first day, and its papers."""

    epoch: int
    since: str
    papers: Papers


@dataclass(frozen=True, slots=True)
class _Commune:
    """How far a commune's papers of one epoch agree with the numberings of each beginning, and with the latest.

    `moved` says by beginning and sheet how far its parcels stand on that map under other numbers, where it has none of
    theirs; `strange` is the sum of those sheets that the map does not have at all. `last` is by beginning the number
    of the last sheet that a book lists in full.
    """

    by_beginning: Mapping[int, float]
    latest: float
    moved: Mapping[tuple[int, str], float]
    strange: Mapping[int, float]
    last: Mapping[int, int]


def numberings_of(
    sheets: Mapping[str, Mapping[Era, Numbers]], tables: Tables, alike: Likeness
) -> dict[str, list[Numbering]]:
    """Return the numberings of each sheet of a commune, in the order of their beginning.

    Papers are by sheet, era and parcel number.
    """
    begun: dict[str, list[Numbering]] = {sheet: [] for sheet in sheets}
    epochs = 0
    for place, era in enumerate(ERAS):
        now = {sheet: eras[era] for sheet, eras in sheets.items() if era in eras}
        before = {sheet: told[-1].papers for sheet, told in begun.items() if told}
        after = {sheet: next((eras[e] for e in ERAS[place + 1 :] if e in eras), {}) for sheet, eras in sheets.items()}
        for half, epoch in enumerate(parted(now, before, after, alike)):
            since = _first_day(epoch, era, tables, cut=bool(half))
            commune = _commune(begun, epoch, alike)
            for sheet, papers in epoch.items():
                home = _home(begun[sheet], sheet, papers, commune, alike, tables, cut=bool(half))
                _put(begun[sheet], home, Numbering(epochs, since, papers), alike)
            epochs += 1
    return begun


def _commune(begun: Mapping[str, list[Numbering]], epoch: Mapping[str, Papers], alike: Likeness) -> _Commune:
    by_beginning: dict[int, float] = defaultdict(float)
    strange: dict[int, float] = defaultdict(float)
    latest = 0.0
    moved = _moved(begun, epoch)
    for sheet, papers in epoch.items():
        for numbering in begun[sheet]:
            told = _evidence(numbering, sheet, papers, moved, alike)
            by_beginning[numbering.epoch] += told
            latest += told if numbering is begun[sheet][-1] else 0.0
    for (beginning, sheet), odds in moved.items():
        if all(numbering.epoch != beginning for numbering in begun[sheet]):
            strange[beginning] += odds
    last = last_listed((one.epoch, sheet, one.papers) for sheet, told in begun.items() for one in told)
    return _Commune(by_beginning, latest, moved, strange, last)


def _moved(begun: Mapping[str, list[Numbering]], epoch: Mapping[str, Papers]) -> dict[tuple[int, str], float]:
    """Return by beginning and sheet how far an epoch's parcels stand on that map under other numbers.

    It is asked of maps that have a sheet in common with the epoch and no number of it.
    """
    maps: dict[int, dict[str, Papers]] = defaultdict(dict)
    for sheet, told in begun.items():
        for one in told:
            maps[one.epoch][sheet] = one.papers
    shared = {
        (beginning, sheet)
        for beginning, sheets in maps.items()
        for sheet, papers in epoch.items()
        if sheets.get(sheet, {}).keys() & papers.keys()
    }
    out: dict[tuple[int, str], float] = {}
    for beginning, sheets in maps.items():
        if all((beginning, sheet) in shared for sheet in epoch.keys() & sheets.keys()):
            continue
        older = older_map(mention for papers in sheets.values() for told in papers.values() for mention in told)
        for sheet, papers in epoch.items():
            if (beginning, sheet) not in shared:
                out[beginning, sheet] = renumbered(older, papers.values())
    return out


def _first_day(epoch: Mapping[str, Papers], era: Era, tables: Tables, *, cut: bool) -> str:
    """Return the day from which papers of an epoch were made: the era's first, or that on which it was cut in two."""
    days = [m.day for numbers in epoch.values() for told in numbers.values() for m in told if m.day]
    first, last = span_of(era, tables)
    return min(days, default=last) if cut else first


def _evidence(
    one: Numbering, sheet: str, other: Numbers, moved: Mapping[tuple[int, str], float], alike: Likeness
) -> float:
    """Return the log odds that papers of a sheet follow a numbering: from the numbers that both have; where they have
    none, from their parcels under other numbers of that map."""
    if (one.epoch, sheet) in moved:
        return -moved[one.epoch, sheet]
    both = one.papers.keys() & other.keys()
    return sum(
        sum(alike(mention, one.papers[number]) for mention in other[number]) / len(other[number]) for number in both
    )


def _home(
    begun: list[Numbering],
    sheet: str,
    papers: Papers,
    commune: _Commune,
    alike: Likeness,
    tables: Tables,
    *,
    cut: bool,
) -> Numbering | None:
    """Return the latest numbering of a sheet that its papers of one epoch agree with best; None where with none.

    Numberings of a commune that began together are one map, so what its other sheets show counts. `cut` says that the
    papers are from a day on from which the commune's papers number otherwise.
    """
    best, home = 0.0, None
    top = ceiling(m for told in papers.values() for m in told)
    for numbering in begun[::-1]:
        last = numbering is begun[-1]
        own = _evidence(numbering, sheet, papers, commune.moved, alike)
        own -= min(_ABOVE_MOST, _ABOVE * sum(above(number, top) for number in numbering.papers))
        around = commune.by_beginning[numbering.epoch] - own or (max(0.0, commune.latest - own) if last else 0.0)
        around -= commune.strange.get(numbering.epoch, 0.0) if (numbering.epoch, sheet) in commune.moved else 0.0
        end = commune.last.get(numbering.epoch)
        strays = len(begun) == 1 and may_be_strays(numbering.papers, papers, sheet, end, tables)
        most = 0.0 if strays else _COMMUNE_MOST
        around = max(-_COMMUNE_MOST, min(most, _COMMUNE_SHARE * around))
        odds = own + around + _prior(len(papers), len(numbering.papers)) - _apart(papers, numbering.papers)
        if last:
            odds += -_CUT if cut else _GOES_ON
        if odds > best:
            best, home = odds, numbering
    return home


def _prior(papers: int, known: int) -> float:
    """Return the log odds that the parcels of some papers are of a numbering, by how many are known of both."""
    if BY_FEW * known < papers:
        return -_AGAINST_FEW
    return _FOR_STRAYS if _STRAYS * papers <= known else 0.0


def _apart(papers: Papers, known: Papers) -> float:
    """Return the log odds against one map of papers that have no number in common with those known of it."""
    if min(len(papers), len(known)) < _FEW_SHARED or not papers.keys().isdisjoint(known):
        return 0.0
    last = max(ERAS.index(m.key.era) for told in known.values() for m in told)
    first = min(ERAS.index(m.key.era) for told in papers.values() for m in told)
    return _NONE_SHARED if last <= _OLD and first >= _CADASTRAL else 0.0


def _put(begun: list[Numbering], home: Numbering | None, new: Numbering, alike: Likeness) -> None:
    """Put the papers of a new epoch with the numbering that is their home; what is no parcel of it begins another."""
    strange = new.papers.keys() if home is None else _strangers(home.papers, new.papers, alike)
    if strange:
        begun.append(Numbering(new.epoch, new.since, {number: list(new.papers[number]) for number in strange}))
    for number, told in new.papers.items():
        if home is not None and number not in strange:
            home.papers.setdefault(number, []).extend(told)


def _strangers(home: Numbers, era: Numbers, alike: Likeness) -> frozenset[str]:
    """Return the numbers of an era that are other parcels at home, where they are too many for sales and chance."""
    odds = {
        number: sum(alike(mention, home[number]) for mention in era[number]) / len(era[number])
        for number in home.keys() & era.keys()
    }
    strange = frozenset(number for number, told in odds.items() if told < _OTHER_PARCEL)
    return strange if len(strange) >= _SEVERAL and len(strange) >= _MANY * len(odds) else frozenset()
