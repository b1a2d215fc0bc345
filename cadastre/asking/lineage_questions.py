"""Questions of how two maps go together: whole sheets first, then parcels, by what an answer settles.

Last those of parcels of which no newer number is found (`left_questions`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from cadastre.asking.left_questions import ask_of_those_left, went_on_by_word
from cadastre.asking.lineage_wording import areas, map_name, place_name, told
from cadastre.asking.link_question import MOST_OTHERS, LinkQuestion, by_worth, link_asked, parcel_told, place_of
from cadastre.asking.rival_lots import SURE, Land, Map, map_of
from cadastre.linking.lots import Lot
from schemas.answers import Place, Side
from schemas.errors import Message
from schemas.parcels import Link, ParcelKey, ParcelStatus, Said, SheetSaid
from schemas.precedence import GradeReason
from schemas.tables import Tables

_MANY = 5  # parcels that a sheet's question must settle to be worth asking
_ENOUGH = 3  # sure links that tell on which sheets a sheet lies
_SHARE = 0.1  # of a sheet's links, that makes another sheet one of those on which it lies
_MOST_SHEETS = 4
#: Minutes that a clerk with the maps at hand takes.
PARCEL_MINUTES, SHEET_MINUTES = 2.0, 8.0


def ask_links(
    scope: str,
    lots: Sequence[Lot],
    links: Iterable[Link],
    tables: Tables,
    *,
    statuses: Mapping[ParcelKey, ParcelStatus] | None = None,
    said: Collection[Said | SheetSaid] = (),
    against: Mapping[ParcelKey, Sequence[str]] | None = None,
) -> list[LinkQuestion]:
    """Return what is to be asked of one land, what settles most first; what people `said` is not asked again.

    `lots` are all lots of the land, `links` the steps that are known between them, `statuses` how the published
    parcels stand: one that is consistent is not settled by an answer about a neighbour in its chain. Parcels that a
    question settles are not asked for once more, nor those of a sheet that is asked for. `against` are the grade
    reasons by which papers of a parcel speak against its older numbers: its steps are asked about though they are sure.
    """
    land = Land.of(lots, links)
    sheets = [one for one in _sheet_questions(scope, land, tables, said) if len(one.settled) >= _MANY]
    sheets.sort(key=lambda one: (-len(one.settled), one.asked.question_id))
    done: set[ParcelKey] = set()
    out: list[LinkQuestion] = []
    for one in sheets:
        if len(one.settled - done) >= _MANY:
            out.append(one)
            done |= one.settled
    parcels = _parcel_questions(scope, land, tables, statuses or {}, said, against or {})
    parcels.sort(key=lambda one: (-len(one.settled), one.p or 0.0, one.asked.question_id))
    for one in parcels:
        if _parcel(one.asked.subject) not in done:
            out.append(one)
            done |= one.settled
    out += ask_of_those_left(scope, land, tables, said, done)
    return sorted(out, key=by_worth)


def _sheet_questions(
    scope: str, land: Land, tables: Tables, said: Collection[Said | SheetSaid]
) -> Iterable[LinkQuestion]:
    told = went_on_by_word(said)
    answered = {
        (one.older, (unit, era)) for one in said if isinstance(one, SheetSaid) for unit, era, _ in one.newer
    }  # fmt: skip
    for (map_, sheet), olders in land.sheets.items():
        onward = [link for lot in olders for link in land.onward.get(lot.key, ()) if map_of(link.newer) != map_]
        for other in dict.fromkeys(sorted(map_of(link.newer) for link in onward)):
            if ((*map_, sheet), other) in answered:
                continue
            there = [link for link in onward if map_of(link.newer) == other]
            sure = Counter(link.newer.sheet for link in there if link.p >= SURE)
            found = _sheets_found(there, sure)
            if not 0 < len(found) <= _MOST_SHEETS:
                continue
            open_ = [lot for lot in olders if lot.key not in told]
            settled, elsewhere = _settled_by_sheet(land, open_, other, frozenset(found))
            if settled:
                yield _sheet_question(scope, land, tables, (map_, sheet), other, found, elsewhere, settled, sure)


def _sheets_found(links: Iterable[Link], sure: Counter[str]) -> list[str]:
    """Return the sheets on which a sheet lies: by its sure steps where they are enough, else by all; most first."""
    weight: dict[str, float] = dict(sure)
    if sure.total() < _ENOUGH:
        weight = defaultdict(float)
        for link in links:
            weight[link.newer.sheet] += link.p
    least = _SHARE * sum(weight.values())
    return sorted((name for name in weight if weight[name] >= least), key=lambda name: (-weight[name], name))


def _settled_by_sheet(
    land: Land, olders: Iterable[Lot], other: Map, found: frozenset[str]
) -> tuple[frozenset[ParcelKey], Counter[str]]:
    """Return the open parcels whose candidates the answer sorts out, and how many lie on each other sheet."""
    settled: set[ParcelKey] = set()
    elsewhere: Counter[str] = Counter()
    for lot in olders:
        links = land.onward.get(lot.key, ())
        if any(link.p >= SURE for link in links) or any(map_of(link.newer) != other for link in links):
            continue
        sheets = {link.newer.sheet for link in links} | {one.key.sheet for one in land.rivals(lot, other)}
        if sheets & found and sheets - found:
            settled.add(lot.key)
            elsewhere.update(sheets - found)
    return frozenset(settled), elsewhere


def _sheet_question(
    scope: str,
    land: Land,
    tables: Tables,
    older: tuple[Map, str],
    other: Map,
    found: Sequence[str],
    elsewhere: Counter[str],
    settled: frozenset[ParcelKey],
    sure: Counter[str],
) -> LinkQuestion:
    (map_, sheet) = older
    subject = Place(*map_, sheet, None, land.papers_of_sheet(map_, sheet))
    offered = tuple(Place(*other, name, None, land.papers_of_sheet(other, name)) for name in found)
    here, there = map_name(*map_, tables), map_name(*other, tables)
    best = [f"tờ {name}" + (f" ({sure[name]} thửa chắc)" if sure[name] else "") for name in found]
    count = len(settled)
    return LinkQuestion(
        asked=link_asked(scope, "sheet", subject, "newer", other, offered),
        words=Message(
            f"Tờ {sheet} ({here.vi}) nằm trên những tờ nào của {there.vi}?",
            f"On which sheets of the {there.en} does sheet {sheet} ({here.en}) lie?",
        ),
        best="\n".join(best),
        others=tuple(f"tờ {name} ({many} thửa có thể)" for name, many in elsewhere.most_common(MOST_OTHERS)),
        why=Message(
            f"{count} thửa của tờ này có thể ở những tờ trên, cũng có thể ở tờ khác",
            f"{count} parcels of this sheet may lie on these sheets, or on others",
        ),
        p=None,
        settled=settled,
        minutes=SHEET_MINUTES,
    )


def _parcel_questions(
    scope: str,
    land: Land,
    tables: Tables,
    statuses: Mapping[ParcelKey, ParcelStatus],
    said: Iterable[Said | SheetSaid],
    against: Mapping[ParcelKey, Sequence[str]],
) -> list[LinkQuestion]:
    pairs = {(one.older, one.newer): one.yes for one in said if isinstance(one, Said)}
    out: list[LinkQuestion] = []
    for side, group in _groups(land, against):
        told_so = [pairs.get((link.older, link.newer)) for link in group]
        if any(told_so) or all(one is False for one in told_so) or pairs.get((group[0].older, None)):
            continue
        reasons = sorted({name for link in group for name in against.get(link.newer, ())})
        out.append(_parcel_question(scope, land, tables, statuses, side, group, reasons))
    return out


def _groups(land: Land, against: Collection[ParcelKey]) -> Iterable[tuple[Side, list[Link]]]:
    """Yield the links that are doubtful, or that papers speak against, as they are asked: a division as one."""
    groups: dict[tuple[Side, ParcelKey, Map], list[Link]] = defaultdict(list)
    for link in land.links:
        if link.relation == "merge":
            groups["older", link.newer, map_of(link.older)].append(link)
        else:
            groups["newer", link.older, map_of(link.newer)].append(link)
    for (side, _, _), group in groups.items():
        if min(link.p for link in group) < SURE or any(link.newer in against for link in group):
            yield side, group


def _parcel_question(
    scope: str,
    land: Land,
    tables: Tables,
    statuses: Mapping[ParcelKey, ParcelStatus],
    side: Side,
    group: Sequence[Link],
    reasons: Sequence[str],
) -> LinkQuestion:
    subject = group[0].older if side == "newer" else group[0].newer
    offered = [link.newer if side == "newer" else link.older for link in group]
    other = map_of(offered[0])
    mine = land.lots[subject]
    rivals = [lot for lot in land.rivals(mine, other) if lot.key not in offered]
    competing = [lot for key in offered for lot in land.rivals(land.lots[key], map_of(subject)) if lot.key != subject]
    doubted = {lot.key for lot in (*rivals, *competing) if land.is_doubted(lot.key)}
    chain = {key for key in land.chain((subject, *offered)) if statuses.get(key) != "consistent"}
    settled = frozenset({subject, *offered, *doubted, *chain})
    places = tuple(place_of(land, key) for key in offered)
    return LinkQuestion(
        asked=link_asked(scope, "parcel", place_of(land, subject), side, other, places),
        words=_words(place_of(land, subject), places, side, group, tables),
        best="\n".join(parcel_told(land.lots[key]) for key in offered),
        others=tuple(parcel_told(lot) for lot in rivals[:MOST_OTHERS]),
        why=_why(side, mine, [land.lots[key] for key in offered], group, [tables.grade_reasons[n] for n in reasons]),
        p=min(link.p for link in group),
        settled=settled,
        minutes=PARCEL_MINUTES,
    )


def _words(subject: Place, offered: Sequence[Place], side: Side, group: Sequence[Link], tables: Tables) -> Message:
    here, there = map_name(subject.unit, subject.era, tables), map_name(offered[0].unit, offered[0].era, tables)
    mine = place_name(subject)
    theirs = [place_name(place) for place in offered]
    vi, en = " và ".join(one.vi for one in theirs), " and ".join(one.en for one in theirs)
    this_vi, this_en = f"{mine.vi[:1].upper()}{mine.vi[1:]} ({here.vi})", f"{mine.en} ({here.en})"
    if side == "older":
        return Message(
            f"{this_vi} có phải do {vi} ({there.vi}) hợp lại mà thành không?",
            f"Was {this_en} made by joining {en} ({there.en})?",
        )
    if len(offered) > 1 or any(link.relation == "split" for link in group):
        return Message(
            f"{this_vi} có phải được tách ra thành {vi} ({there.vi}) không?",
            f"Was {this_en} divided into {en} ({there.en})?",
        )
    return Message(f"{this_vi} có phải là {vi} ({there.vi}) không?", f"Is {this_en} the same as {en} ({there.en})?")


def _why(
    side: Side, mine: Lot, theirs: Sequence[Lot], group: Sequence[Link], reasons: Iterable[GradeReason]
) -> Message:  # fmt: skip
    """Return what speaks for and against the best answer, and how sure the machine is; no names."""
    speaks, against = told(max(group, key=lambda link: link.p).evidence)
    older, newer = ([mine], theirs) if side == "newer" else (theirs, [mine])
    size = areas(older, newer)
    p = min(link.p for link in group)
    lines = [
        *(one.about for one in reasons),
        Message(f"máy tin {p:.0%}".replace("%", " %"), f"the machine is {p:.0%} sure"),
    ]
    if speaks:
        lines.append(
            Message("khớp: " + "; ".join(m.vi for m in speaks), "agrees: " + "; ".join(m.en for m in speaks))
        )  # fmt: skip
    if against:
        lines.append(
            Message("chưa khớp: " + "; ".join(m.vi for m in against), "differs: " + "; ".join(m.en for m in against))
        )  # fmt: skip
    if size:
        lines.append(size)
    return Message("\n".join(m.vi for m in lines), "\n".join(m.en for m in lines))


def _parcel(place: Place) -> ParcelKey | None:
    return None if place.parcel is None else ParcelKey(place.unit, place.era, place.sheet, place.parcel)
