"""A desk without a reader: a batch whose pages are drawn and whose readings are written by hand."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from PIL import Image, ImageDraw
from rich.console import Console

from flows.asking import questions
from flows.commands import exporting
from flows.steps import Job, derive_entries, settle_parcels
from flows.terminal import Terminal
from ocr.read import READER_VERSION
from schemas.documents import Box, Given, Kind, PageRef
from schemas.errors import DiachinhError
from schemas.readings import PageReading, Reading, RowReading, Vote
from schemas.settings import Settings
from store import intake, originals, readings
from store.database import connect
from store.runs import running

#: One text: both engines read it; a pair: Tesseract's and RapidOCR's.
Said = str | tuple[str, str]
NAME_BOX = Box(60, 60, 700, 100)
OWNER = "Nguyễn Thị Chim Vàng"

CERTIFICATE: Mapping[str, Said] = {
    "owners": f"Bà: {OWNER}, sinh năm 1960, CMND số: 205123456",
    "serial": "BA 123456",
    "parcel_no": ("125", "126"),
    "sheet_no": "12",
    "address": "Thôn 1, xã Bình Dương, huyện Thăng Bình, tỉnh Quảng Nam",
    "area_m2": "1.205,6 m²",
    "area_words_m2": "Một nghìn hai trăm lẻ năm phẩy sáu mét vuông",
    "land_use": "Đất ở tại nông thôn: 200,0 m²; Đất trồng cây lâu năm: 1.005,6 m²",
    "issued_on": "ngày 12 tháng 5 năm 2015",
}


def said(text: Said, ref: PageRef, line: int) -> Reading:
    words, digits = (text, text) if isinstance(text, str) else text
    box = Box(60, 60 + 70 * line, 700, 100 + 70 * line)
    return Reading(ref, box, words, (Vote("tesseract", words, 0.9), Vote("rapidocr", digits, 0.9)))


def page_reading(ref: PageRef, kind: Kind, fields: Mapping[str, Said], rows: list[Mapping[str, Said]]) -> PageReading:
    return PageReading(
        ref=ref, width=1000, height=1400, blank=False, kind=kind, kind_p=0.9,
        form="gcn_2009" if kind == "gcn" else None, era="2013" if kind == "so_muc_ke" else None,
        quality="clean", capture=None, copy_kind=None, turn_deg=90, printed_no=None, title_page=True,
        faces=("1", "2") if kind == "gcn" else ("rows",),
        fields={name: (said(text, ref, line),) for line, (name, text) in enumerate(fields.items())},
        rows=tuple(
            RowReading(i, {name: said(text, ref, i) for name, text in row.items()}) for i, row in enumerate(rows, 1)
        ),
    )  # fmt: skip


def drawn(path: Path, texts: Mapping[str, Said]) -> Path:
    """Draw a page of black bars, one where each text stands; the crop of a name is to be covered."""
    image = Image.new("L", (1000, 1400), 255)
    pen = ImageDraw.Draw(image)
    for line, _ in enumerate(texts):
        pen.rectangle((70, 70 + 70 * line, 690, 90 + 70 * line), fill=0)
    image.save(path)
    return path


@dataclass(frozen=True, slots=True)
class Desk:
    """A data folder, a database, and the commands as functions that tell their exit code and what they said."""

    folder: Path
    url: str

    @property
    def settings(self) -> Settings:
        return Settings(home=self.folder / "home", database_url=self.url, lang="vi")

    def type(self, command: Any, *words: Any, **options: Any) -> tuple[int, Any, str]:
        out, err = io.StringIO(), io.StringIO()
        at = Terminal(self.settings, Console(file=out), Console(file=err, soft_wrap=True))
        try:
            code = command(at, *words, as_json=True, **options)
        except DiachinhError as refused:
            return refused.exit_code, None, refused.message.vi
        return code, json.loads(out.getvalue()), err.getvalue()

    def take_in(self, papers: Mapping[str, tuple[Kind, Mapping[str, Said], list[Mapping[str, Said]]]]) -> str:
        """Take in files of one page each, by name, with what is read on them; returns the batch id."""
        job = Job(self.settings, self.url)
        with connect(self.url) as conn, running(self.url, "test") as run:
            files, refs = [], {}
            for name, (_, fields, _rows) in papers.items():
                kept = originals.keep(self.settings.home, drawn(self.folder / name, {**fields, "": name}))
                files.append(intake.BatchFile(kept.sha256, kept.size, Given(name)))
                refs[name] = PageRef(kept.sha256, 1)
            batch_id = intake.register(conn, run, str(self.folder), files)
            for name, (kind, fields, rows) in papers.items():
                intake.file_opened(conn, run, refs[name].sha256, 1, READER_VERSION)
                readings.save_reading(conn, run, page_reading(refs[name], kind, fields, rows), READER_VERSION)
            derive_entries(job, run, batch_id)
            settle_parcels(job, run, batch_id)
        return batch_id

    def export(self, name: str, **options: Any) -> Path:
        out = self.folder / name
        code, _, err = self.type(questions.export, out, None, **{"identity": None, **options})
        assert code == 0, err
        return out

    def bring_in(self, file: Path, *, undo: bool = False, who: str = "Cô Lan") -> tuple[int, Any, str]:
        return self.type(questions.bring_in, file, who=who, undo=undo)

    def entries(self) -> list[dict[str, Any]]:
        out = self.folder / "muc.jsonl"
        assert self.type(exporting.export, "entries", out, None, identity=None)[0] == 0
        return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]

    def parcels(self) -> str:
        out = self.folder / "thua.csv"
        assert self.type(exporting.export, "parcels", out, None, identity=None)[0] == 0
        return out.read_text(encoding="utf-8-sig")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A workbook as the person at the desk sees it."""

    path: Path
    title: str = "Câu hỏi"

    def rows(self) -> list[dict[str, str]]:
        book = openpyxl.load_workbook(self.path)
        if self.title not in book.sheetnames:
            return []
        head, *rows = book[self.title].iter_rows(values_only=True)
        return [dict(zip(head, ("" if cell is None else str(cell) for cell in row), strict=True)) for row in rows]

    def answer(self, said: Mapping[str, tuple[str | None, object]]) -> Path:
        """Fill in (answer, value) for the questions asked under these labels, save under another name, return it."""
        book = openpyxl.load_workbook(self.path)
        sheet = book[self.title]
        heads = [cell.value for cell in sheet[1]]
        label, answer, value = (heads.index(one) for one in ("Cần trả lời", "Trả lời", "Giá trị đúng (nếu Sửa)"))
        for row in sheet.iter_rows(min_row=2):
            if row[label].value in said:
                row[answer].value, row[value].value = said[row[label].value]  # type: ignore[assignment]
        return self._saved(book)

    def fill_in(self, *rows: Mapping[str, str | None]) -> Path:
        """Fill in the first rows, each by the heads of its columns, save under another name, return it."""
        book = openpyxl.load_workbook(self.path)
        sheet = book[self.title]
        heads = [cell.value for cell in sheet[1]]
        for number, row in enumerate(rows, start=2):
            for head, value in row.items():
                sheet.cell(number, heads.index(head) + 1).value = value or None
        return self._saved(book)

    def _saved(self, book: openpyxl.Workbook) -> Path:
        out = self.path.with_name(f"tra-loi-{self.path.name}")
        book.save(out)
        return out
