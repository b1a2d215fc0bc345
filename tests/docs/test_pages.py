"""The pages for people name every command and lead nowhere that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from flows.cli import app
from ocr.forms import load_forms

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def commands() -> list[str]:
    return sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_the_readme_names_every_command(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert [name for name in commands() if f"diachinh {name}" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_page_on_forms_names_every_word_of_a_form_file() -> None:
    text = (ROOT / "docs" / "adding-a-form.md").read_text(encoding="utf-8")
    words = {name for paper in load_forms() for name in type(paper).model_fields}
    for face in (face for paper in load_forms() for face in paper.faces):
        words |= type(face).model_fields.keys()
        words |= {name for one in (*face.evidence, *face.fields) for name in type(one).model_fields}
    assert sorted(word for word in words if word not in text) == []
