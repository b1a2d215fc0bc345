"""Every file of the hostile corpus goes through the true opener; nothing dies and no page is lost."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from ocr.open import FileReport, OpenedPage, Opener
from schemas.outcomes import Quarantine

HOSTILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "hostile"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not HOSTILE.is_dir(), reason="needs ../shared/data/hostile beside the checkout"),
]


def catalogue() -> list[dict[str, str]]:
    if not HOSTILE.is_dir():
        return []
    with (HOSTILE / "catalog.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def fates() -> dict[str, list[str]]:
    """For each file one word a page, or one for the file: "opens" or the code of its quarantine."""
    found: dict[str, list[str]] = {}
    with Opener() as opener:
        for row in catalogue():
            path = HOSTILE / row["file"]
            report = opener.inspect(path, row["file"])
            if isinstance(report, Quarantine):
                found[row["file"]] = ["file:" + report.code]
                continue
            assert isinstance(report, FileReport)
            words = []
            for number, info in enumerate(report.pages, start=1):
                page = opener.open_page(path, number, row["file"])
                if isinstance(page, OpenedPage):
                    assert not isinstance(info, Quarantine)
                    assert (page.width, page.height) == (info.width, info.height)
                    words.append("opens")
                else:
                    words.append(page.code)
            found[row["file"]] = words
    return found


def test_no_file_crashes_the_decoder(fates: dict[str, list[str]]) -> None:
    assert len(fates) == 329
    assert not [name for name, words in fates.items() if any("decoder-crashed" in word for word in words)]


def test_pages_are_counted_as_the_catalogue_counts_them(fates: dict[str, list[str]]) -> None:
    counted = {
        row["file"]: int(row["pages"])
        for row in catalogue()
        if row["pages"] and not fates[row["file"]][0].startswith("file:")
    }
    assert {name: len(fates[name]) for name in counted} == counted


def test_what_asks_for_a_password_is_quarantined_as_encrypted(fates: dict[str, list[str]]) -> None:
    locked = [row["file"] for row in catalogue() if row["reads"] in ("needs_password", "opens_with_password")]
    assert len(locked) == 14
    assert {name: fates[name] for name in locked} == {name: ["file:pdf-encrypted"] for name in locked}


def test_what_no_library_reads_is_never_taken_as_good(fates: dict[str, list[str]]) -> None:
    broken = [row["file"] for row in catalogue() if row["reads"] == "fails"]
    assert len(broken) == 27
    assert not [name for name in broken if "opens" in fates[name]]


def test_what_a_library_repairs_with_a_warning_is_never_taken_as_good(fates: dict[str, list[str]]) -> None:
    warned = [row["file"] for row in catalogue() if row["warnings"] and row["kind"] == "pdf"]
    assert not [name for name in warned if "opens" in fates[name]]


def test_most_of_what_opens_elsewhere_opens_here_too(fates: dict[str, list[str]]) -> None:
    sound = [row["file"] for row in catalogue() if row["reads"] == "opens" and not row["warnings"]]
    shut = Counter(word for name in sound for word in fates[name] if word != "opens")
    assert sum(set(fates[name]) == {"opens"} for name in sound) >= 0.9 * len(sound), shut
