"""Map series: which papers of a sheet share one numbering (contract.md, Parcel keys).

A sheet may have been numbered anew at any survey, and papers follow the old map for some years. Papers are of one
numbering where the parcels of equal number agree in area and user, and of two where they do not; a numbering is named
by the era of its earliest paper.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import exp, inf, log

from cadastre.agreement import Likeness, likeness
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
#: The log odds with which a day is found from which papers follow a numbering that is known from later eras only.
_EARLY = 5.0
_AT_HOME = 2.0  # a paper goes with the others of its era unless its parcel says otherwise


def _evidence(one: Numbers, other: Numbers, alike: Likeness) -> float:
    """Return the log odds that two groups of papers number a sheet alike, from the numbers that both have."""
    return sum(
        sum(alike(mention, one[number]) for mention in other[number]) / len(other[number])
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
    known = sorted(mentions, key=lambda m: m.entry_id)
    alike = likeness(known)
    for mention in known:
        place = mention.key
        communes[place.unit][place.sheet][place.era][place.parcel].append(mention)
    found = {
        (unit, sheet): _refined(groups, tables, alike)
        for unit, sheets in sorted(communes.items())
        for sheet, groups in sorted(_begun(sheets, tables, alike).items())
    }
    early = _early(found)
    for (unit, _), (groups, forward, _) in found.items():
        for at, best, start, mention in forward:
            day = early.get((unit, start, mention.key.era))
            groups[best if day is not None and (mention.day or "9999") >= day else at].append(mention)
        out |= _named(groups)
    return out


Move = tuple[int, int, Era, Mention]
"""From which numbering of a sheet to which, the era by which that one is known, and the paper."""
Sign = tuple[Era, Mention, float]
"""The era by which a later numbering is known, a paper, and how much more it agrees with it than with its own."""
_Found = tuple[list[list[Mention]], list[Move], list[Sign]]
"""The numberings of a sheet, the papers that agree best with a later one, and what all say of the later ones."""


Begun = tuple[str, Papers]
_LATE, _SOON, _OFF, _BOOKROW = 3.0, 1.0, 2.5, 6.0


def _early(found: Mapping[Sheet, _Found]) -> dict[tuple[str, Era, Era], str]:
    """Return the day from which papers follow a numbering that is otherwise known from later eras only.

    By unit, start of that numbering, and era of the papers. A survey covers a commune, and from some day on papers
    follow it: what its sheets show together must be more than chance agreements, of which there are some on every sheet.
    """
    signs: dict[tuple[str, Era, Era], dict[tuple[str, str], tuple[str, float]]] = defaultdict(dict)  # by parcel
    for (unit, sheet), (_, _, told) in found.items():
        for start, mention, gain in told:
            if mention.day:
                parcels = signs[unit, start, mention.key.era]
                place = sheet, mention.key.parcel
                parcels[place] = max(parcels.get(place, ("", 0.0)), (mention.day, gain))
    days = {move: _followed_from(list(parcels.values())) for move, parcels in signs.items()}
    return {move: day for move, day in days.items() if day is not None}


def _followed_from(signs: Sequence[tuple[str, float]]) -> str | None:
    """Return the day from which half the papers follow a numbering; None where chance explains what agrees with it."""
    odds = 0.0
    best, found = _EARLY + log(len(signs)), None
    for day, gain in sorted(signs, reverse=True):
        odds += log((1.0 + exp(gain)) / 2.0)
        if odds >= best and gain > 0.0:
            best, found = odds, day
    return found


def _begun(sheets: Mapping[str, Mapping[Era, Numbers]], tables: Tables, alike: Likeness) -> dict[str, list[Begun]]:
    """Return the numberings of each sheet of a commune, in the order of their beginning."""
    begun: dict[str, list[tuple[int, Papers]]] = {sheet: [] for sheet in sheets}
    first: list[str] = []  # day of each epoch
    for place, era in enumerate(ERAS):
        now = {sheet: eras[era] for sheet, eras in sheets.items() if era in eras}
        before = {sheet: groups[-1][1] for sheet, groups in begun.items() if groups}
        after = {sheet: next((eras[e] for e in ERAS[place + 1 :] if e in eras), {}) for sheet, eras in sheets.items()}
        for half, epoch in enumerate(parted(now, before, after, alike)):
            around: dict[int, float] = defaultdict(float)
            for sheet, papers in epoch.items():
                for start, numbers in begun[sheet]:
                    around[start] += _evidence(numbers, papers, alike)
            latest = sum(_evidence(begun[s][-1][1], papers, alike) for s, papers in epoch.items() if begun[s])
            for sheet, papers in epoch.items():
                _join(begun[sheet], len(first), papers, around, latest, alike, cut=bool(half))
            first.append(_first_day(epoch, era, tables, cut=bool(half)))
    return {sheet: [(first[start], papers) for start, papers in groups] for sheet, groups in begun.items()}


def _first_day(epoch: Mapping[str, Papers], era: Era, tables: Tables, *, cut: bool) -> str:
    days = [m.day for numbers in epoch.values() for told in numbers.values() for m in told if m.day]
    first, last = _span(era, tables)
    return first if not cut else min(days, default=last)


def _span(era: Era, tables: Tables) -> tuple[str, str]:
    span = next(one for one in tables.eras if one.era == era)
    return span.first.isoformat(), span.last.isoformat() if span.last else "9999-12-31"


def _join(
    begun: list[tuple[int, Papers]], epoch: int, papers: Papers, around: Mapping[int, float], latest: float, alike: Likeness, *, cut: bool
) -> None:
    """Put papers of one epoch with the latest numbering that they agree with, or begin a new one.

    `around` tells for each epoch how far the commune's papers of this one agree with it.
    """
    best, home = 0.0, None
    ceiling = _ceiling(m for told in papers.values() for m in told)
    for start, numbers in begun[::-1]:
        own = _evidence(numbers, papers, alike)
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
    strange = _strangers(home, papers, alike) if home is not None else papers.keys()
    if strange:
        begun.append((epoch, {number: list(papers[number]) for number in strange}))
    for number, told in papers.items():
        if home is not None and number not in strange:
            home.setdefault(number, []).extend(told)


def _strangers(home: Numbers, era: Numbers, alike: Likeness) -> frozenset[str]:
    """Return the numbers of an era that are other parcels at home, where they are too many for sales and chance."""
    odds = {
        number: sum(alike(mention, home[number]) for mention in era[number]) / len(era[number])
        for number in home.keys() & era.keys()
    }
    strange = frozenset(number for number, told in odds.items() if told < _OTHER_PARCEL)
    return strange if len(strange) >= _SEVERAL and len(strange) >= _MANY * len(odds) else frozenset()


def _refined(begun: Sequence[Begun], tables: Tables, alike: Likeness) -> _Found:
    """Return the numberings with each paper where its parcel is, and papers that agree with a later numbering.

    A late paper may still follow the older map. What a grown commune took over numbers apart.
    """
    groups = [numbers for _, numbers in begun]
    firsts = [day for day, _ in begun]
    lasts = [min((day for day in firsts if day > first), default="9999-12-31") for first in firsts]
    starts = [min((ERAS.index(m.key.era) for told in numbers.values() for m in told), default=0) for numbers in groups]
    ceilings = [max(_ceilings(numbers), default=inf) for numbers in groups]
    out: list[list[Mention]] = [[] for _ in groups]
    forward: list[Move] = []
    signs: list[Sign] = []
    taken_over: list[Mention] = []
    for at, numbers in enumerate(groups):
        for number, told in sorted(numbers.items()):
            odd_ones = _of_another_parcel(told, alike)
            for mention in told:
                odds = [alike(mention, other.get(number, ())) for other in groups]
                odds[at] = alike(mention, [m for m in told if _another_witness(m, mention)])
                era = ERAS.index(mention.key.era)
                signs += [(ERAS[starts[i]], mention, told - odds[at]) for i, told in enumerate(odds) if starts[i] > era]
                odds[at] = _OTHER_PARCEL if mention.entry_id in odd_ones else odds[at] + _AT_HOME
                odds = [told - _ABOVE * _above(number, top) for told, top in zip(odds, ceilings, strict=True)]
                span = (mention.day, mention.day) if mention.day else _span(mention.key.era, tables)
                for i, told_ in enumerate(odds):
                    if i != at:
                        off = _years(lasts[i], span[0]) > _LATE or _years(span[1], firsts[i]) > _SOON
                        odds[i] = told_ - (_OFF if off else 0.0) - (_BOOKROW if mention.kind in LISTS else 0.0)
                best = odds.index(max(odds))
                if max(odds) < 0.0 and grown(mention.key.unit, mention.key.era, mention.day, tables):
                    taken_over.append(mention)
                elif starts[best] > ERAS.index(mention.key.era):
                    forward.append((at, best, ERAS[starts[best]], mention))
                else:
                    out[best].append(mention)
    return [*out, taken_over], forward, signs


def _years(first: str, last: str) -> float:
    return int(last[:4]) - int(first[:4]) + (int(last[5:7]) - int(first[5:7])) / 12


def _another_witness(one: Mention, other: Mention) -> bool:
    """Return whether a paper tells of its own of the other's parcel: one case leaves several papers that agree."""
    return one.key.era != other.key.era or one.kind in LISTS or other.kind in LISTS


def _of_another_parcel(told: Sequence[Mention], alike: Likeness) -> frozenset[str]:
    """Return the papers (entry ids) of a number that agree among themselves and not with the book that lists it."""
    groups: list[list[Mention]] = []
    for mention in told:
        joined = [group for group in groups if any(alike(mention, [other]) > 0 for other in group)]
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
