"""`diachinh originals`: the originals that are kept."""

from __future__ import annotations

import typer

from flows.cli.options import JsonOption, LangOption, run
from flows.commands import keeping

app = typer.Typer(no_args_is_help=True, help="Bản gốc đã giữ / the originals that are kept.")


@app.command("verify")
def originals_verify(as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Kiểm tra từng bản gốc còn đúng như lúc nhận / check that every original is as it was kept.

    Ví dụ / example: `diachinh originals verify`
    """
    run("originals_verify", lang, lambda at: keeping.verify_originals(at, as_json=as_json))
