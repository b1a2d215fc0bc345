"""`diachinh questions`: what waits for a person goes out as a workbook and comes back answered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import BatchOption, JsonOption, LangOption, run

app = typer.Typer(no_args_is_help=True, help="Câu hỏi chờ người trả lời / what waits for a person.")


@app.command("export")
def questions_export(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="Tệp kết quả / workbook to write.")],
    batch: BatchOption = None,
    identity: Annotated[
        str | None,
        typer.Option(metavar="REASON", help="Hỏi cả tên người; lý do được ghi lại / ask about owners too, logged."),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Xuất các câu hỏi ra tệp Excel, mỗi dòng kèm ảnh cắt / what waits, as a workbook with a crop in each row.

    Ô chưa đọc chắc, thửa giữa hai bản đồ, giấy tờ ghi khác nhau, dòng nhập còn chờ / values, parcels of two maps,
    papers that do not agree, imported rows.

    Ví dụ / example: `diachinh questions export hoi.xlsx`
    """
    from flows.asking import questions

    run("questions_export", lang, lambda at: questions.export(at, out, batch, identity=identity, as_json=as_json))


@app.command("import")
def questions_import(
    file: Annotated[Path, typer.Argument(metavar="IN.xlsx", help="Tệp đã trả lời / the answered workbook.")],
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Người trả lời / who answered.")],
    undo: Annotated[bool, typer.Option("--undo", help="Lấy lại lần nhập này / take this import back.")] = False,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Nhập câu trả lời: kiểm tra rồi ghi; nhập hai lần như một / check and apply answers; twice is once.

    Ví dụ / example: `diachinh questions import hoi.xlsx --by "Cô Lan"`
    """
    from flows.asking import questions

    run("questions_import", lang, lambda at: questions.bring_in(at, file, who=by, undo=undo, as_json=as_json))
