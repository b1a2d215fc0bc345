"""`diachinh samples`: invented papers for trials."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import JsonOption, LangOption, run
from flows.commands import sample_papers


class GradeChoice(StrEnum):
    """How worn the invented papers look."""

    clean = "clean"
    worn = "worn"
    bad = "bad"


app = typer.Typer(no_args_is_help=True, help="Giấy tờ mẫu do máy dựng / invented papers for trials.")


@app.command("make")
def samples_make(
    out: Annotated[Path, typer.Argument(help="Thư mục kết quả (mới hoặc trống) / folder to write, new or empty.")],
    seed: Annotated[int, typer.Option(min=0, help="Số gieo: cùng số, cùng giấy / same seed, same papers.")] = 1,
    parcels: Annotated[int, typer.Option(min=1, max=5000, help="Số thửa đất / number of parcels.")] = 10,
    grade: Annotated[GradeChoice, typer.Option(help="Độ cũ của giấy / how worn the paper is.")] = GradeChoice.clean,
    kinds: Annotated[
        str | None,
        typer.Option(
            metavar="A,B…|all",
            help="Loại giấy (mặc định: các loại đọc được) / kinds of paper; default: those that are read.",
        ),
    ] = None,
    faults: Annotated[
        float,
        typer.Option(
            metavar="SHARE",
            min=0.0,
            max=1.0,
            help="Tỷ lệ thửa có lỗi cố ý, ghi trong truth/faults.csv / share of parcels with a labelled fault.",
        ),
    ] = 0.0,
    mixed: Annotated[
        int | None,
        typer.Option(min=10, max=1000, help="Gộp thành tệp hỗn hợp chừng ấy trang / bind into mixed files."),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Dựng một lô giấy tờ mẫu kèm đáp án / make a batch of invented papers with its truth.

    Ví dụ / example: `diachinh samples make --seed 7 --parcels 20 --grade worn thu/`
    """
    run(
        "samples_make",
        lang,
        lambda at: sample_papers.samples_make(
            at,
            out,
            seed=seed,
            parcels=parcels,
            grade=grade.value,
            kinds=kinds,
            faults=faults,
            mixed=mixed,
            as_json=as_json,
        ),
    )
