"""`diachinh db`: the database and its copies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import JsonOption, LangOption, run
from flows.commands import keeping, services

app = typer.Typer(no_args_is_help=True, help="Cơ sở dữ liệu và bản sao / the database and its copies.")


@app.command("migrate")
def db_migrate(as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Đưa lược đồ lên bản mới nhất / bring the schema up to date.

    Ví dụ / example: `diachinh db migrate`
    """
    run("db_migrate", lang, lambda at: services.db_migrate(at, as_json=as_json))


@app.command("backup")
def db_backup(
    out: Annotated[Path, typer.Argument(help="Thư mục mới cho bản sao / new folder for the copy.")],
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Sao lưu cơ sở dữ liệu và danh sách bản gốc / copy the database and the list of originals.

    Ví dụ / example: `diachinh db backup /mnt/sao-luu/2026-07-01`
    """
    run("db_backup", lang, lambda at: keeping.back_up(at, out, as_json=as_json))


@app.command("restore")
def db_restore(
    source: Annotated[Path, typer.Argument(metavar="IN", help="Thư mục bản sao / folder of the copy.")],
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Khôi phục vào cơ sở dữ liệu trống / restore a copy into a database that holds nothing.

    Ví dụ / example: `diachinh db restore /mnt/sao-luu/2026-07-01`
    """
    run("db_restore", lang, lambda at: keeping.restore(at, source, as_json=as_json))
