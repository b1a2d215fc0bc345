"""Map series: which papers of a sheet share one numbering (contract.md, Parcel keys).

A sheet may have been numbered anew at any survey, and papers follow the old map for some years. Papers are of one
numbering where the parcels of equal number agree in area and user, and of two where they do not; a numbering is named
by the era of its earliest paper.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf, log

from cadastre.agreement import agreement
from cadastre.epochs import LISTS, Numbers, Papers, parted
from cadastre.mentions import Mention
from cadastre.territory import grown
from schemas.documents import Era
from schemas.tables import Tables

ERAS: tuple[Era, ...] = ("299", "1988", "1993", "2003", "2009", "2013", "2024")
Sheet = tuple[str, str]  # unit, sheet
#: A survey numbers most sheets of a commune anew together: so much of the commune's evidence counts for each sheet.
_COMMUNE_SHARE, _COMMUNE_MOST = 0.3, 3.0
#: Numbers only grow: parcels above the highest number of a later book that lists nearly all were numbered otherwise.
_FULL_BOOK, _DENSE, _ROOM, _ABOVE, _ABOVE_MOST = 5, 0.75, 1.15, 3.0, 9.0
_STRAYS, _FOR_STRAYS = 4, 0.5  # a few papers follow the map in force unless they say otherwise
_BY_FEW, _AGAINST_FEW = 3, 1.5  # a few stray papers do not name the numbering of a whole sheet
#: Papers go on with the numbering in force, but for those after a day from which the commune's papers number otherwise.
_GOES_ON, _CUT = 0.5, 3.0
#: Numbers of an era that are other parcels than before begin a numbering if there are several, and so large a share.
_SEVERAL, _MANY, _OTHER_PARCEL = 6, 0.25, -1.5
#: The log odds with which a day is found from which papers follow a numbering that is known from later eras only;
#: as many papers as not may still follow the older map then. So much an undated paper must agree.
_EARLY, _HALF, _UNDATED = 3.0, log(2.0), 4.0
_AT_HOME = 2.0  # a paper goes with the others of its era unless its parcel says otherwise


def _evidence(one: Numbers, other: Numbers) -> float:
    """Return the log odds that two groups of papers number a sheet alike, from the numbers that both have."""
    return sum(
        sum(agreement(mention, one[number]) for mention in other[number]) / len(other[number])
        for number in one.keys() & other.keys()
    )


def _ceiling(told: Iterable[Mention]) -> float:
    """Return the number above which a sheet has no parcels, by a book that lists nearly all; infinite without one."""
    numbers = {int(m.key.parcel) for m in told if m.kind in LISTS and m.key.parcel.isdecimal()}
    full = len(numbers) >= _FULL_BOOK and len(numbers) >= _DENSE * max(numbers)
    return _ROOM * max(numbers) + 3 if full else inf


def _above(number: str, ceiling: float) -> bool:
    digits = number.rstrip("abcdefghiklmnopqrstuvxyđ")
    return digits.isdecimal() and int(digits) > ceiling


def numberings(mentions: Iterable[Mention], tables: Tables) -> dict[str, Era]:
    """Return for each paper (entry id) the era that names its map series; the order of the papers changes nothing."""
    out: dict[str, Era] = {}
    communes: dict[str, dict[str, dict[Era, dict[str, list[Mention]]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    )
    for mention in sorted(mentions, key=lambda m: m.entry_id):
        place = mention.key
        communes[place.unit][place.sheet][place.era][place.parcel].append(mention)
    found = {
        (unit, sheet): _refined(groups, tables)
        for unit, sheets in sorted(communes.items())
        for sheet, groups in sorted(_begun(sheets).items())
    }
    early = _early(found)
    for groups, forward, _ in found.values():
        for mention, (at, best, _, _) in forward.items():
            groups[best if mention.entry_id in early else at].append(mention)
        out |= _named(groups)
    return out


Move = tuple[int, int, Era, float]
"""From which numbering of a sheet to which, the era by which that one is known, and how much more it agrees there."""
_Found = tuple[list[list[Mention]], dict[Mention, Move], list[Mention]]
"""The numberings of a sheet, the papers that agree with a later one, and those that agree with their own."""


def _early(found: Mapping[Sheet, _Found]) -> frozenset[str]:
    """Return the papers (entry ids) that follow a numbering which is otherwise known from later eras only.

    A survey covers a commune, and from some day on papers follow it: what its sheets show together must be more than
    chance agreements, of which there are some on every sheet.
    """
    moving: dict[tuple[str, Era, Era], list[tuple[Mention, float]]] = defaultdict(list)
    staying: dict[tuple[str, Era], dict[tuple[str, str], str]] = defaultdict(dict)  # the last day of each parcel
    for (unit, sheet), (_, forward, home) in found.items():
        for mention, (_, _, start, gain) in forward.items():
            moving[unit, start, mention.key.era].append((mention, gain))
        for mention in home:
            last = staying[unit, mention.key.era]
            place = sheet, mention.key.parcel
            last[place] = max(last.get(place, ""), mention.day or "")
    out: set[str] = set()
    for (unit, _, era), papers in sorted(moving.items(), key=lambda one: one[0]):
        day = _followed_from(papers, [day for day in staying[unit, era].values() if day])
        if day is not None:
            out |= {m.entry_id for m, gain in papers if (m.day or _sure_day(gain)) >= day}
    return frozenset(out)


def _sure_day(gain: float) -> str:
    return "9999" if gain >= _UNDATED else ""


def _followed_from(papers: Sequence[tuple[Mention, float]], staying: Sequence[str]) -> str | None:
    """Return the day from which papers of an era follow a numbering; None where chance explains what agrees with it."""
    gains: dict[tuple[str, str], tuple[str, float]] = {}  # of each parcel
    for mention, gain in papers:
        if mention.day:
            place = mention.key.sheet, mention.key.parcel
            gains[place] = max(gains.get(place, ("", 0.0)), (mention.day, gain))
    days = sorted({day for day, _ in gains.values()})
    odds = {
        day: sum(gain - _HALF for other, gain in gains.values() if other >= day)
        - sum(_HALF for other in staying if other >= day)
        for day in days
    }
    best = max(days, key=lambda day: odds[day], default=None)
    return best if best is not None and odds[best] >= _EARLY + log(len({*days, *staying})) else None


def _begun(sheets: Mapping[str, Mapping[Era, Numbers]]) -> dict[str, list[Papers]]:
    """Return the numberings of each sheet of a commune, in the order of their beginning."""
    begun: dict[str, list[tuple[int, Papers]]] = {sheet: [] for sheet in sheets}
    epochs = 0
    for place, era in enumerate(ERAS):
        now = {sheet: eras[era] for sheet, eras in sheets.items() if era in eras}
        before = {sheet: groups[-1][1] for sheet, groups in begun.items() if groups}
        after = {sheet: next((eras[e] for e in ERAS[place + 1 :] if e in eras), {}) for sheet, eras in sheets.items()}
        for half, epoch in enumerate(parted(now, before, after)):
            around: dict[int, float] = defaultdict(float)
            for sheet, papers in epoch.items():
                for start, numbers in begun[sheet]:
                    around[start] += _evidence(numbers, papers)
            latest = sum(_evidence(begun[s][-1][1], papers) for s, papers in epoch.items() if begun[s])
            for sheet, papers in epoch.items():
                _join(begun[sheet], epochs, papers, around, latest, cut=bool(half))
            epochs += 1
    return {sheet: [papers for _, papers in groups] for sheet, groups in begun.items()}


def _join(
    begun: list[tuple[int, Papers]], epoch: int, papers: Papers, around: Mapping[int, float], latest: float, *, cut: bool
) -> None:
    """Put papers of one epoch with the latest numbering that they agree with, or begin a new one.

    `around` tells for each epoch how far the commune's papers of this one agree with it.
    """
    best, home = 0.0, None
    ceiling = _ceiling(m for told in papers.values() for m in told)
    for start, numbers in begun[::-1]:
        own = _evidence(numbers, papers)
        own -= min(_ABOVE_MOST, _ABOVE * sum(_above(number, ceiling) for number in numbers))
        last = numbers is begun[-1][1]
        commune = _COMMUNE_SHARE * ((around[start] - own) or (latest - own if last else 0.0))
        commune = max(-_COMMUNE_MOST, min(_COMMUNE_MOST, commune))
        strays = _FOR_STRAYS if _STRAYS * len(papers) <= len(numbers) else 0.0
        prior = strays if _BY_FEW * len(numbers) >= len(papers) else -_AGAINST_FEW
        if last:
            prior += -_CUT if cut else _GOES_ON
        if prior + own + commune > best:
            best, home = prior + own + commune, numbers
    strange = _strangers(home, papers) if home is not None else papers.keys()
    if strange:
        begun.append((epoch, {number: list(papers[number]) for number in strange}))
    for number, told in papers.items():
        if home is not None and number not in strange:
            home.setdefault(number, []).extend(told)


def _strangers(home: Numbers, era: Numbers) -> frozenset[str]:
    """Return the numbers of an era that are other parcels at home, where they are too many for sales and chance."""
    odds = {
        number: sum(agreement(mention, home[number]) for mention in era[number]) / len(era[number])
        for number in home.keys() & era.keys()
    }
    strange = frozenset(number for number, told in odds.items() if told < _OTHER_PARCEL)
    return strange if len(strange) >= _SEVERAL and len(strange) >= _MANY * len(odds) else frozenset()


def _refined(groups: Sequence[Mapping[str, list[Mention]]], tables: Tables) -> _Found:
    """Return the numberings with each paper where its parcel is, and papers that agree with a later numbering.

    A late paper may still follow the older map. What a grown commune took over numbers apart.
    """
    starts = [min((ERAS.index(m.key.era) for told in numbers.values() for m in told), default=0) for numbers in groups]
    ceilings = [max(_ceilings(numbers), default=inf) for numbers in groups]
    out: list[list[Mention]] = [[] for _ in groups]
    forward: dict[Mention, Move] = {}
    home: list[Mention] = []
    taken_over: list[Mention] = []
    for at, numbers in enumerate(groups):
        for number, told in sorted(numbers.items()):
            odd_ones = _of_another_parcel(told)
            for mention in told:
                odds = [agreement(mention, other.get(number, ())) for other in groups]
                odds[at] = agreement(mention, [m for m in told if _another_witness(m, mention)])
                raw = odds[at]
                odds[at] = _OTHER_PARCEL if mention.entry_id in odd_ones else odds[at] + _AT_HOME
                odds = [told - _ABOVE * _above(number, top) for told, top in zip(odds, ceilings, strict=True)]
                best = odds.index(max(odds))
                if max(odds) < 0.0 and grown(mention.key.unit, mention.key.era, mention.day, tables):
                    taken_over.append(mention)
                elif starts[best] > ERAS.index(mention.key.era):
                    forward[mention] = at, best, ERAS[starts[best]], odds[best] - raw
                else:
                    if best == at and raw > 0:
                        home.append(mention)
                    out[best].append(mention)
    return [*out, taken_over], forward, home


def _another_witness(one: Mention, other: Mention) -> bool:
    """Return whether a paper tells of its own of the other's parcel: one case leaves several papers that agree."""
    return one.key.era != other.key.era or one.kind in LISTS or other.kind in LISTS


def _of_another_parcel(told: Sequence[Mention]) -> frozenset[str]:
    """Return the papers (entry ids) of a number that agree among themselves and not with the book that lists it."""
    groups: list[list[Mention]] = []
    for mention in told:
        joined = [group for group in groups if any(agreement(mention, [other]) > 0 for other in group)]
        merged = [mention, *(other for group in joined for other in group)]
        groups = [group for group in groups if group not in joined] + [merged]
    listed = [group for group in groups if any(m.kind in LISTS for m in group)]
    if len(groups) < 2 or not listed:
        return frozenset()
    return frozenset(m.entry_id for group in groups if group not in listed for m in group)


def _ceilings(numbers: Numbers) -> Iterator[float]:
    """Yield the ceiling of each full book of a numbering."""
    books: dict[Era, list[Mention]] = defaultdict(list)
    for told in numbers.values():
        for mention in told:
            books[mention.key.era].append(mention)
    for told in books.values():
        if (ceiling := _ceiling(told)) < inf:
            yield ceiling


def _named(groups: Iterable[Sequence[Mention]]) -> dict[str, Era]:
    out: dict[str, Era] = {}
    for group in groups:
        if group:
            first = min((m.key.era for m in group), key=ERAS.index)
            out |= {m.entry_id: first for m in group}
    return out
