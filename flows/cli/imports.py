"""`diachinh import`: data of earlier projects, and entries of other installations."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import JsonOption, LangOption, run


class AsChoice(StrEnum):
    """What a file is: a map with shapes, a list without, or entries of the contract."""

    map = "map"
    list = "list"
    entries = "entries"


def bring_in(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Tệp dữ liệu / files of data.")],
    sort: Annotated[
        AsChoice | None,
        typer.Option("--as", help="Bản đồ, danh sách, hay mục JSON Lines / what it is.", show_default="by the file"),
    ] = None,
    custodian: Annotated[
        str | None, typer.Option(metavar="OFFICE", help="Cơ quan đang giữ dữ liệu / the office that holds the data.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ xem thử, không ghi / look only, store nothing.")] = (
        False
    ),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Nhập dữ liệu của dự án trước; nhập lại không đổi gì / bring in data of earlier projects; twice is once.

    Ví dụ / example:  `diachinh import muc.jsonl`
    """
    from flows import importing

    wanted = importing.Wanted(sort=sort.value if sort else None, custodian=custodian)
    run("import", lang, lambda at: importing.import_files(at, files, wanted, dry_run=dry_run, as_json=as_json))
