"""Writes docs/precedence.md from schemas/codes/precedence.csv, grade_reasons.csv and what each paper asserts.

python -m scripts.precedence_page
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cadastre.settling.precedence import ASSERTS, COMMON, NUMBERS
from schemas.precedence import Precedence, Sort, Source
from schemas.tables import Tables, load_tables

PAGE = Path(__file__).resolve().parents[1] / "docs" / "precedence.md"
_HEAD = """# Which value stands

Made by `make docs` from `schemas/codes/precedence.csv` and `grade_reasons.csv`; change it there, not here.

Papers make claims; none overwrites another's. Of all claims of one attribute the heaviest paper's stands, the others
stay visible as `superseded`, and where nothing decides all are `disputed`, nothing stands and a person is asked
(docs/operators.md; where one answered, the rule ends with `person`). A claim's `rule` names what decided: the standing
paper's rule, and after a colon what decided at equal rank (`certificate:later-date`).
`diachinh why PARCEL ATTRIBUTE` tells it for one parcel. The order is project policy where the ground says so: an office
changes the table, not the program.

A measured value never stands for a legal one, nor a legal for a measured one: area `area_m2` and corners are measured,
`legal_area_m2` is legal. A land-use code stays as printed (`land_use`); its successor by law is told beside it
(`land_use_now`), and the letter `T` of the 299 books, which covers house land, garden and pond together, has none.
Where a paper prints the land use of the legal papers beside the present one (columns 8 and 6 of a parcel index,
domain.md 2.2), the former asserts `land_use`, the latter `present_land_use`: where there are papers of right, they say
what sort of land it is, not the use that is found on the ground (Land Law 2013 Art. 11).

A step to an older number that is not sure counts for nothing, and yet a value that its papers would overrule is no more
sure than the step: it is `disputed` by the rule `doubtful-step` and waits with the parcel. What would stand either way
stands. So too where a later, heavier paper of the parcel has a value that is not read for sure and says otherwise
(`waiting-value`); of what cannot be read at all the lighter paper's value stands, but for numbers of certificates.
"""
_SORTS: dict[Sort, str] = {
    "legal": "Legal attributes: area by the papers, land use, owners, term, origin, certificate numbers and the rest",
    "measured": "Measured attributes: area, corners, sheet and parcel number",
}
_WHEN = {
    "": "",
    "note": "; a change that is registered on it",
    "in_force": "; of a certificate in force, or of none",
    "superseded": "; of a certificate no longer in force",
    "boundary": "; with a boundary",
}


def page(tables: Tables) -> str:
    """Return the page's text."""
    return "\n".join([_HEAD, *_lines(tables)])


def _lines(tables: Tables) -> Iterator[str]:
    precedence = tables.precedence
    for sort, title in _SORTS.items():
        yield f"## {title}\n"
        yield "| place | rule | papers | in words | ground |\n|---|---|---|---|---|"
        yield from (_source(one) for one in precedence.sources if one.sort == sort)
        yield ""
    yield from _ties(precedence)
    yield from _asserted()
    yield "## Grades\n"
    yield "The grade is the highest number among the reasons, 1 where there is none; grade 1 is only told.\n"
    yield "| reason | grade | in words | ground |\n|---|---|---|---|"
    for why in tables.grade_reasons.values():
        yield f"| `{why.reason}` | {why.grade} | {why.about.vi}<br>{why.about.en} | {why.ground} |"
    yield ""


def _source(one: Source) -> str:
    papers = ", ".join(f"`{kind}`" for kind in one.kinds)
    eras = f" of {', '.join(one.eras)}" if one.eras else ""
    return (
        f"| {one.place} | `{one.rule}` | {papers}{eras}{_WHEN[one.when]} | {one.about.vi}<br>{one.about.en} "
        f"| {one.ground} |"
    )


def _ties(precedence: Precedence) -> Iterator[str]:
    yield "## At equal rank, and what comes before rank\n"
    yield "| rule | in words | ground |\n|---|---|---|"
    for one in precedence.ties:
        yield f"| `{one.rule}` | {one.about.vi}<br>{one.about.en} | {one.ground} |"
    yield ""


def _asserted() -> Iterator[str]:
    yield "## What a paper's field asserts\n"
    common = ", ".join(f"`{name}`" for name in (*NUMBERS, *COMMON))
    yield f"Every paper asserts under their own names: {common}. Beside:\n"
    yield "| paper | field → attribute |\n|---|---|"
    for kind, fields in ASSERTS.items():
        told = ", ".join(f"`{name}` → `{attribute}` ({sort})" for name, (attribute, sort) in fields.items())
        yield f"| `{kind}` | {told} |"
    yield ""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(load_tables()), encoding="utf-8")


if __name__ == "__main__":
    main()
