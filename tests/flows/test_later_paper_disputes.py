"""A later paper that says otherwise than the one that stands: asked in the workbook, answered, and taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from databases import FreshDatabase
from desk_papers import Desk
from imported_desk import answered, asked, exported, parcel, red_book, take

from flows.imports.wanted import Wanted

BOOK_AREA = 476.5  # the book of 2018; the certificate of 2016 has 500


def book_row(number: int) -> dict[str, Any]:
    """Return a row of the cadastral register of 2 March 2018 about the parcel of `red_book`."""
    row = red_book(number)
    fields = {name: one for name, one in row["fields"].items() if name not in ("serial", "area_m2", "issued_on")}
    fields["area_m2"] = row["fields"]["area_m2"] | {"value": BOOK_AREA}
    fields["issued_on"] = row["fields"]["issued_on"] | {"value": "2018-03-02"}
    names = {"entry_id": f"so-{number}", "document_id": "so", "file": "so.pdf", "kind": "so_dia_chinh", "form": None}
    return row | names | {"row": number, "fields": fields}


@pytest.fixture
def desk(database: FreshDatabase, tmp_path: Path) -> Desk:
    made = Desk(tmp_path, database.worker)
    path = tmp_path / "giay.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in (red_book(1), book_row(1))), encoding="utf-8")
    take(made, path, Wanted())
    return made


def test_the_question_shows_the_paper_that_stands_first_and_the_later_one_beside_it(desk: Desk) -> None:
    assert (parcel(desk, 1)["status"], parcel(desk, 1)["legal_area_m2"]) == ("review", "500.0")
    (row,) = asked(desk, "hoi.xlsx")
    assert "giấy tờ sau ghi diện tích theo giấy tờ pháp lý" in row["Câu hỏi"]
    assert row["Giấy thứ nhất ghi"].startswith("ghi: 500 m²")
    assert "Giấy chứng nhận, ký ngày 05/05/2016" in row["Giấy thứ nhất ghi"]
    assert row["Giấy thứ hai ghi"].startswith("ghi: 476,5 m²")
    assert "Sổ địa chính, ký ngày 02/03/2018: so.pdf" in row["Giấy thứ hai ghi"]


@pytest.mark.parametrize(
    ("choice", "text", "stands"),
    [
        ("Giấy thứ nhất", "", "500.0"),
        ("Cả hai", "", "500.0"),
        ("Giấy thứ hai", "", "476.5"),
        ("Giá trị khác", "480", "480.0"),
    ],
)
def test_an_answer_settles_it_and_undo_gives_back_every_byte(
    desk: Desk, choice: str, text: str, stands: str
) -> None:  # fmt: skip
    before = exported(desk)
    answers = answered(desk.export("hoi.xlsx"), choice, text)
    code, told, err = desk.bring_in(answers)
    assert (code, told["applied"]) == (0, 1), err
    assert (parcel(desk, 1)["legal_area_m2"], parcel(desk, 1)["status"]) == (stands, "consistent")
    assert asked(desk, "nua.xlsx") == []
    assert desk.bring_in(answers, undo=True)[0] == 0
    assert exported(desk) == before
    assert len(asked(desk, "lai.xlsx")) == 1


def test_where_nobody_can_tell_it_is_not_asked_again_and_the_parcel_waits(desk: Desk) -> None:
    assert desk.bring_in(answered(desk.export("hoi.xlsx"), "Chưa rõ"))[0] == 0
    assert asked(desk, "nua.xlsx") == []
    assert parcel(desk, 1)["status"] == "review"
