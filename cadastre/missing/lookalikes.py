"""Was the number misread? What one confusion of two signs makes of a number (domain.md, section 10)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from cadastre.missing.holdings import Line

#: 0/O, 1/7, 3/8, 5/6, S/5, T/1: signs that are taken for one another.
_PAIRS = (("0", "O"), ("1", "7"), ("3", "8"), ("5", "6"), ("S", "5"), ("T", "1"))
_ALIKE: dict[str, str] = {}
for _one, _other in _PAIRS:
    _ALIKE[_one] = _ALIKE.get(_one, "") + _other
    _ALIKE[_other] = _ALIKE.get(_other, "") + _one


def lookalikes(number: str) -> frozenset[str]:
    """Return the numbers that the number becomes where one of its signs was taken for another."""
    return frozenset(
        number[:at] + other + number[at + 1 :] for at, sign in enumerate(number) for other in _ALIKE.get(sign, "")
    )


def numbers_alike(number: int, width: int) -> frozenset[int]:
    """Return the numbers that a printed number of so many digits is taken for by one confusion of digits."""
    return frozenset(int(text) for text in lookalikes(f"{number:0{width}d}") if text.isdigit())


def agreements(one: Line, other: Line) -> int:
    """Return how many of parcel, area, owner, day and issue number two lines have alike."""
    parcel = one.parcel_no is not None and (one.sheet_no, one.parcel_no) == (other.sheet_no, other.parcel_no)
    area = one.area_m2 is not None and other.area_m2 is not None and abs(one.area_m2 - other.area_m2) < 0.05
    day = one.issued_on is not None and one.issued_on == other.issued_on
    issue = one.register_no is not None and one.register_no == other.register_no
    return sum((parcel, area, bool(one.names & other.names), day, issue))


def best_match(
    line: Line, number: str, held: Mapping[str, Iterable[Line]], explained: Container[str] = frozenset()
) -> str | None:
    """Return the held number that this one was meant to be, None where nothing says so.

    `held` has the papers by their number. One that another paper explains needs two agreements, else one.
    """
    for other in sorted(lookalikes(number) & held.keys()):
        needed = 2 if other in explained else 1
        if any(agreements(line, holder) >= needed for holder in held[other]):
            return other
    return None


def readings_of_one(numbers: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the numbers that one line names, those that differ in one sign only together.

    Two engines that read the same print differently leave both readings among what a line refers to.
    """
    groups: list[list[str]] = []
    for number in dict.fromkeys(numbers):
        near = next((group for group in groups if any(_one_sign_apart(number, other) for other in group)), None)
        if near is None:
            groups.append([number])
        else:
            near.append(number)
    return [tuple(group) for group in groups]


def _one_sign_apart(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
