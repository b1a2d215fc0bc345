"""`diachinh batch`: batches that were taken in."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli.options import JsonOption, LangOption, run
from flows.commands import keeping

app = typer.Typer(no_args_is_help=True, help="Các lô đã nhận / batches that were taken in.")


@app.command("withdraw")
def batch_withdraw(
    batch_id: Annotated[str, typer.Argument(metavar="ID", help="Mã lô (xem: diachinh status) / the batch.")],
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Rút lại một lô: thôi xuất, bản gốc còn nguyên / take a batch back; its originals stay.

    Ví dụ / example: `diachinh batch withdraw 1842c20853c3ebe1`
    """
    run("batch_withdraw", lang, lambda at: keeping.withdraw(at, batch_id, as_json=as_json))
