"""Hold exported entries against the truth of a made batch."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Entry = Mapping[str, Any]
Where = tuple[str, int, int | None]
#: Text that is free: case, blanks and punctuation do not count.
FREE_TEXT = frozenset({"address", "issuer", "change_note", "assets", "restrictions", "toponym"})

#: The fields of contract.md; truth may hold more (a title, a barcode), which no entry has.
FIELDS = frozenset(
    {
        "unit_code",
        "unit_name",
        "sheet_no",
        "parcel_no",
        "old_sheet_no",
        "old_parcel_no",
        "area_m2",
        "area_words_m2",
        "private_m2",
        "shared_m2",
        "total_m2",
        "total_words_m2",
        "legal_area_m2",
        "legal_land_use",
        "land_use",
        "term",
        "origin",
        "user_type",
        "toponym",
        "owners",
        "serial",
        "register_no",
        "issued_on",
        "issuer",
        "address",
        "corners",
        "assets",
        "restrictions",
        "change_note",
        "refs",
    }
)


@dataclass
class Score:
    """Counts by field: in truth, exact, accepted, wrong among accepted; and the wrong accepted values."""

    printed: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    misses: list[tuple[Where, str, str, Any, Any]] = field(default_factory=list)
    entries: int = 0
    found: int = 0
    spurious: int = 0
    silent: int = 0  # entries with nothing to ask


def load(path: Path) -> dict[Where, Entry]:
    """Return a JSON-lines file of entries by file, page and row."""
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {(line["file"], line["page"], line["row"]): line for line in lines}


def load_pages(path: Path) -> dict[tuple[str, int], Entry]:
    """Return a JSON-lines file of pages by file and page."""
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {(line["file"], line["page"]): line for line in lines}


def paper_of(line: Entry) -> str:
    """Return the name of an entry's or page's paper: its kind, with its form or, of a parcel index, its era."""
    detail = line["form"] or (line["era"] if line["kind"] == "so_muc_ke" else None)
    return f"{line['kind']} {detail}" if detail else str(line["kind"])


def recognition(truth: Mapping[tuple[str, int], Entry], told: Mapping[tuple[str, int], Entry]) -> Iterator[str]:
    """Yield by paper how many written pages were given their kind (and their form), and what the others became."""
    pages, kinds, forms = Counter[str](), Counter[str](), Counter[str]()
    wrong: dict[str, Counter[str]] = defaultdict(Counter)
    for where, page in truth.items():
        if page["state"] != "read":
            continue
        name, other = paper_of(page), told.get(where)
        pages[name] += 1
        kinds[name] += other is not None and other["kind"] == page["kind"]
        forms[name] += other is not None and other["kind"] == page["kind"] and other["form"] == page["form"]
        if other is None or other["kind"] != page["kind"]:
            wrong[name][paper_of(other) if other else "no line"] += 1
    yield "| paper | pages | kind right | form right | taken for |"
    yield "|---|---|---|---|---|"
    for name in sorted(pages):
        others = ", ".join(f"{what} {count}" for what, count in wrong[name].most_common())
        yield f"| {name} | {pages[name]} | {kinds[name]} | {forms[name]} | {others} |"
    low, high = interval(kinds.total(), pages.total())
    share = 100 * kinds.total() / max(1, pages.total())
    yield f"| all | {pages.total()} | {share:.1f} % ({low:.1f}–{high:.1f}) | {forms.total()} | |"


def by_capture(
    truth: Mapping[Where, Entry], told: Mapping[Where, Entry], pages: Mapping[tuple[str, int], Entry]
) -> Iterator[str]:
    """Yield the share of exact fields, and of wrong ones among accepted, by how the page was scanned."""
    yield "| capture | copy | fields | exact | accepted | wrong |"
    yield "|---|---|---|---|---|---|"
    of: dict[tuple[str, str], dict[Where, Entry]] = defaultdict(dict)
    for where, entry in truth.items():
        page = pages[where[0], where[1]]
        of[str(page["capture"]), str(page["copy_kind"])][where] = entry
    for (capture, copy), some in sorted(of.items()):
        score = compare(some, {where: told[where] for where in some if where in told})
        printed, exact = score.printed.total(), score.exact.total()
        low, high = interval(exact, printed)
        share = f"{100 * exact / max(1, printed):.1f} % ({low:.1f}–{high:.1f})"
        yield f"| {capture} | {copy} | {printed} | {share} | {score.accepted.total()} | {score.wrong.total()} |"


def compare(truth: Mapping[Where, Entry], told: Mapping[Where, Entry]) -> Score:
    """Return the counts for all entries of both sides."""
    score = Score(entries=len(truth), spurious=len(told.keys() - truth.keys()))
    for where, entry in truth.items():
        other = told.get(where)
        score.found += other is not None
        fields = other["fields"] if other else {}
        score.silent += other is not None and all(one["status"] != "review" for one in fields.values())
        for name, true in entry["fields"].items():
            if name not in FIELDS:
                continue
            score.printed[name] += 1
            value = fields.get(name, {}).get("value")
            good = same(name, true["value"], value)
            score.exact[name] += good
            if not good:
                score.misses.append((where, name, fields.get(name, {}).get("status", "absent"), true["value"], value))
    for where, entry in told.items():
        for name, one in entry["fields"].items():
            if one["status"] != "accepted" or one["from"] == "manifest":
                continue
            score.accepted[name] += 1
            true = truth.get(where, {"fields": {}})["fields"].get(name, {}).get("value")
            score.wrong[name] += not same(name, true, one["value"])
            if not same(name, true, one["value"]):
                score.misses.append((where, name, "ACCEPTED", true, one["value"]))
    return score


def same(name: str, true: Any, value: Any) -> bool:
    """Say whether a value is right: numbers to half a unit of their last digit, free text by its words."""
    if isinstance(true, int | float) and isinstance(value, int | float):
        return math.isclose(true, value, abs_tol=0.005)
    if isinstance(true, list) and isinstance(value, list):
        return len(true) == len(value) and all(same(name, a, b) for a, b in zip(true, value, strict=True))
    if isinstance(true, dict) and isinstance(value, dict):
        keys = {key for key in true | value if true.get(key) is not None or value.get(key) is not None}
        return all(same("address" if key == "address" else name, true.get(key), value.get(key)) for key in keys)
    if isinstance(true, str) and isinstance(value, str) and name in FREE_TEXT:
        return _words(true) == _words(value)
    return bool(true == value)


def _words(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def interval(good: int, of: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share, in per cent."""
    if of == 0:
        return (0.0, 100.0)
    z, p = 1.96, good / of
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return (100 * max(0.0, middle - half), 100 * min(1.0, middle + half))


def table(score: Score) -> Iterator[str]:
    """Yield the score as lines of a markdown table."""
    yield "| field | printed | exact | accepted | wrong among accepted |"
    yield "|---|---|---|---|---|"
    for name in [*sorted(score.printed), "ALL"]:
        printed, exact, accepted, wrong = (
            counts.total() if name == "ALL" else counts[name]
            for counts in (score.printed, score.exact, score.accepted, score.wrong)
        )
        low, high = interval(exact, printed)
        wrong_low, wrong_high = interval(wrong, accepted)
        share = 100 * exact / printed if printed else 0.0
        yield (
            f"| {name} | {printed} | {share:.1f} % ({low:.1f}–{high:.1f}) | {accepted} |"
            f" {wrong} ({wrong_low:.2f}–{wrong_high:.2f} %) |"
        )
    yield ""
    yield (
        f"entries in truth {score.entries}, found {score.found}, not in truth {score.spurious},"
        f" with nothing to ask {score.silent}"
    )
