"""What a printed number may have been where an engine misread, lost or added some of its digits.

A number is handled as an integer count of its last printed place (12.31 m with two decimals is 1231),
so that no value is ever rounded. Every possible value has a cost, −ln of its probability in nats.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.readings import Reading, Vote

#: Pairs of digits that engines and tired eyes take for each other (domain.md section 10), strongest first.
_OFTEN = ("17", "38", "56", "08", "06", "69")
_SOMETIMES = ("14", "47", "49", "35", "59", "68", "89", "09", "27", "23", "58", "28", "39")
_LETTERS = str.maketrans("OoDQlIi|!TZzSsBgqGb", "0000111111225589966")

DIGIT_ERROR = 3.6  # −ln of the chance that one digit of a cell is misread at all
LOST_DIGIT = 0.6  # further cost of a digit that was lost or added instead of replaced
LOST_MARK = 0.7
ODD_LETTER = 0.4
BOTH_WRONG_ALIKE = 1.0  # two engines share blots: both reading the same wrong text costs little more than one
NEVER_READ = 13.0  # a vote that none of the tried misreadings explains
MOST_CANDIDATES = 160


def _confusions() -> Mapping[str, Mapping[str, float]]:
    table: dict[str, dict[str, float]] = {}
    for true in "0123456789":
        weights = {read: 0.03 for read in "0123456789" if read != true}
        for strength, pairs in ((0.12, _SOMETIMES), (0.25, _OFTEN)):
            weights.update({pair.replace(true, "", 1): strength for pair in pairs if true in pair})
        total = sum(weights.values())
        table[true] = {read: -math.log(weight / total) for read, weight in weights.items()}
    return table


#: `CONFUSION[true][read]`: −ln of the chance that a misread `true` looks like `read`.
CONFUSION = _confusions()
_CHEAP = 2.4  # second misreadings of one cell are tried for the pairs below this cost only


@dataclass(frozen=True, slots=True)
class Shape:
    """How the numbers of a column are printed: `whole` digits before the mark (None: any), `decimals` after.

    `low` and `high` bound the values that are tried, in units of the last place.
    """

    whole: int | None
    decimals: int
    low: int
    high: int

    def fits(self, digits: str, mark: int | None) -> bool:
        """Return whether the digits, with the mark before index `mark`, can stand in the column."""
        whole = len(digits) - self.decimals
        if mark is not None and mark != whole:
            return False
        if self.whole is None:
            return 1 <= whole <= 4
        return whole == self.whole


@dataclass(frozen=True, slots=True)
class Seen:
    """The digits of a text, where its decimal mark stands (None: not seen), and the cost of odd letters."""

    digits: str
    mark: int | None
    cost: float


def see(text: str, whole: int | None, decimals: int) -> Seen | None:
    """Return the digits of a printed number: `1720818.12`, `1.720.818,12`, `1 720 818.12`; None where too few."""
    compact = re.sub(r"(m2|m²|m)\s*$", "", text.strip()).replace(" ", "")
    letters = len(re.findall(r"[A-Za-z|!]", compact))
    kept = re.sub(r"[^0-9.,]", "", compact.translate(_LETTERS).replace(";", ",").replace(":", ".").replace("'", ""))
    digits = re.sub(r"[.,]", "", kept)
    if len(digits) < 2 or letters > 3:
        return None
    mark: int | None = None
    marks = list(re.finditer(r"[.,]", kept.rstrip(".,")))
    if marks:
        tail = len(re.sub(r"[.,]", "", kept[marks[-1].end() :]))
        before = len(digits) - tail
        grouped = tail == 3 and decimals != 3 and before != whole and (whole is not None or len(marks) > 1)
        if before > 0 and not grouped and (tail == decimals or before == whole or tail <= decimals + 1):
            mark = before
    return Seen(digits, mark, ODD_LETTER * letters)


def value_of(text: str, shape: Shape) -> int | None:
    """Return the value a text has without any repair, in units of the last place; None where it has none."""
    seen = see(text, shape.whole, shape.decimals)
    if seen is None:
        return None
    if shape.fits(seen.digits, seen.mark) or shape.fits(seen.digits, None):
        return int(seen.digits)
    missing = shape.decimals - (len(seen.digits) - (seen.mark if seen.mark is not None else len(seen.digits)))
    padded = seen.digits + "0" * max(0, missing)
    return int(padded) if shape.fits(padded, None) else None


def _replaced(digits: str, mark: int | None, cheap: bool) -> Iterator[tuple[str, int | None, float]]:
    for at, read in enumerate(digits):
        for true in "0123456789":
            if true == read:
                continue
            cost = CONFUSION[true][read]
            if not cheap or cost < _CHEAP:
                yield digits[:at] + true + digits[at + 1 :], mark, DIGIT_ERROR + cost


def _restored(digits: str, mark: int | None) -> Iterator[tuple[str, int | None, float]]:
    for at in range(len(digits) + 1):
        beside = digits[max(0, at - 1) : at + 1]
        for lost in "0123456789":
            cost = DIGIT_ERROR + LOST_DIGIT + (1.6 if lost in beside else 2.6)
            longer = digits[:at] + lost + digits[at:]
            if mark is None:
                yield longer, None, cost
                continue
            if at <= mark:
                yield longer, mark + 1, cost
            if at >= mark:
                yield longer, mark, cost


def _dropped(digits: str, mark: int | None) -> Iterator[tuple[str, int | None, float]]:
    for at, added in enumerate(digits):
        beside = digits[max(0, at - 1) : at] + digits[at + 1 : at + 2]
        cost = DIGIT_ERROR + LOST_DIGIT + (1.2 if added in beside else 2.0)
        moved = mark if mark is None or at >= mark else mark - 1
        yield digits[:at] + digits[at + 1 :], moved, cost


def _edits(digits: str, mark: int | None, shape: Shape, second: bool) -> Iterator[tuple[str, int | None, float]]:
    wanted = None if shape.whole is None else shape.whole + shape.decimals
    gap = 0 if wanted is None else wanted - len(digits)
    if gap == 0 or second:
        yield from _replaced(digits, mark, cheap=second)
    if gap > 0 or (wanted is None and not second):
        yield from _restored(digits, mark)
    if gap < 0 or (wanted is None and not second):
        yield from _dropped(digits, mark)


def explanations(seen: Seen, shape: Shape, trust: float) -> dict[int, float]:
    """Return the values that a seen text may stand for, with their costs; `trust` is added to each misreading."""
    found: dict[int, float] = {}

    def keep(digits: str, mark: int | None, cost: float) -> None:
        if not shape.fits(digits, mark):
            return
        value = int(digits)
        if shape.low <= value <= shape.high and cost < found.get(value, NEVER_READ):
            found[value] = cost

    starts = [(seen.digits, seen.mark, seen.cost)]
    if seen.mark is None:
        starts = [(seen.digits, None, seen.cost + (LOST_MARK if shape.whole is None else 0.1))]
    elif not shape.fits(seen.digits, seen.mark) and shape.fits(seen.digits, None):
        starts.append((seen.digits, None, seen.cost + LOST_MARK + 1.5))
    for digits, mark, cost in starts:
        keep(digits, mark, cost)
        for once, mark_once, first in _edits(digits, mark, shape, second=False):
            keep(once, mark_once, cost + first + trust)
            if first < DIGIT_ERROR + LOST_DIGIT + 2.5 and (cost + 2 * first) < NEVER_READ + 4:
                for twice, mark_twice, then in _edits(once, mark_once, shape, second=True):
                    keep(twice, mark_twice, cost + first + then + 2 * trust)
    return found


def _trust(vote: Vote, best: str) -> float:
    """Return how much dearer a misreading by this vote is: the engine trusted most, and a sure one, errs less."""
    preferred = 0.4 if vote.text == best else -0.4
    return preferred - 1.2 * (1.0 - min(1.0, max(0.0, vote.confidence)))


def candidates(readings: Sequence[Reading], shape: Shape) -> list[tuple[int, float]]:
    """Return what a cell may say as (value in units of the last place, cost), cheapest first; empty if nothing fits.

    All votes of all readings of the cell count: a first corner printed again at the end is one more reading.
    """
    tables: list[dict[int, float]] = []
    for reading in readings:
        for vote in reading.votes or (Vote("", reading.text, 0.5),):
            seen = see(vote.text, shape.whole, shape.decimals)
            explained = explanations(seen, shape, _trust(vote, reading.text)) if seen else {}
            if explained:
                tables.append(explained)
    if not tables:
        return []
    values = set().union(*tables)
    joint: dict[int, float] = {}
    for value in values:
        costs = sorted(table.get(value, NEVER_READ) for table in tables)
        alike = costs[-1] + BOTH_WRONG_ALIKE * (len(costs) - 1)
        joint[value] = min(sum(costs), alike)
    least = min(joint.values())
    normal = least - math.log(sum(math.exp(least - cost) for cost in joint.values()))
    ranked = sorted(((value, cost - normal) for value, cost in joint.items()), key=lambda pair: (pair[1], pair[0]))
    return ranked[:MOST_CANDIDATES]
