"""`diachinh missing`: the search for missing originals, and what a person says of one."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from flows.cli.options import JsonOption, LangOption, run


class CaseState(StrEnum):
    """What a person can say of a missing original."""

    suspected = "suspected"
    searching = "searching"
    misread = "misread"
    confirmed = "confirmed"
    recovered = "recovered"
    abandoned = "abandoned"


app = typer.Typer(
    invoke_without_command=True,
    help="Tìm lại bản gốc còn thiếu trên dữ liệu đã có / search what is stored for missing originals.\n\n"
    "Ví dụ / example: `diachinh missing`; `diachinh export missing thieu.csv`",
)


@app.callback()
def missing(context: typer.Context, as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Tìm lại bản gốc còn thiếu trên dữ liệu đã có / search what is stored for missing originals."""
    if context.invoked_subcommand is None:
        from flows.commands import missing as search

        run("missing", lang, lambda at: search.search(at, as_json=as_json))


@app.command("set")
def missing_set(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Mã trong missing.csv / case_id of the export.")],
    state: Annotated[CaseState, typer.Argument(metavar="STATE", help=" · ".join(CaseState))],
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Người quyết định / who decided.")],
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Đặt tình trạng một bản gốc còn thiếu; được ghi lại / set the state of a case, logged; it stays in reruns.

    Ví dụ / example: `diachinh missing set CASE confirmed --by "Cô Lan"`
    """
    from flows.asking import questions

    run("missing_set", lang, lambda at: questions.missing_set(at, case, state.value, who=by, as_json=as_json))
