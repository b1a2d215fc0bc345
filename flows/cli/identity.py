"""`diachinh identity`: persons go out to the authorised verifier and results come back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import JsonOption, LangOption, run

app = typer.Typer(
    no_args_is_help=True,
    help="Xác minh nhân thân: danh sách cho người được giao, kết quả nhập về / identity: lists for the authorised "
    "verifier, results back.",
)
ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="REASON", help="Lý do, được ghi vào nhật ký / why; it is logged.")
]


@app.command("export")
def identity_export(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx|csv", help="Tệp danh sách sẽ ghi / list to write.")],
    reason: ReasonOption,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="CODE", help="Chỉ người có đất ở xã này / of one commune only.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=10_000, help="Nhiều nhất bao nhiêu người / persons at most.")
    ] = 200,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="WHO",
            help="Người sẽ xác minh: bỏ qua giấy tờ người ấy đã quét hoặc đã trả lời / who will verify: persons "
            "whose papers they scanned or reviewed are left for others.",
        ),
    ] = None,
    again: Annotated[
        str | None, typer.Option("--again", metavar="LIST", help="Ghi lại một danh sách đã xuất / write a list anew.")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Xuất danh sách người chờ xác minh, không kèm thửa đất / persons who wait, without any parcel.

    Ví dụ / example:  diachinh identity export cho-xac-minh.xlsx --unit 20335 --limit 100 --reason "Kế hoạch 515"
    """
    from flows.identity import verifying

    run(
        "identity_export",
        lang,
        lambda at: verifying.export(
            at, out, unit=unit, limit=limit, by=by, again=again, reason=reason, as_json=as_json
        ),
    )


@app.command("import")
def identity_import(
    file: Annotated[Path, typer.Argument(metavar="IN", help="Danh sách đã có kết quả / the list with results.")],
    by: Annotated[
        str,
        typer.Option("--by", metavar="[LOGIN/]WHO", help="Họ tên người xác minh / who verified and answers for it."),
    ],
    undo: Annotated[bool, typer.Option("--undo", help="Lấy lại lần nhập này / take this import back.")] = False,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Nhập kết quả: kiểm tra hết rồi mới ghi; hai lần như một / check all, then keep; twice is once.

    Người đã quét hoặc đã trả lời câu hỏi về giấy tờ của ai thì không xác minh người ấy / who scanned or reviewed a
    paper does not verify its people.

    Ví dụ / example:  diachinh identity import cho-xac-minh.xlsx --by "Trần Văn Minh"
    """
    from flows.identity import verifying

    run("identity_import", lang, lambda at: verifying.bring_in(at, file, by=by, undo=undo, as_json=as_json))


@app.command("doubts")
def identity_doubts(
    out: Annotated[Path, typer.Argument(metavar="OUT.csv", help="Tệp sẽ ghi / file to write.")],
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Những cặp số giấy tờ đáng ngờ ở tệp, trang, dòng nào / where numbers are misread or shared; no name in it.

    Ví dụ / example:  diachinh identity doubts nghi-van.csv
    """
    from flows.identity import doubts as pairs

    run("identity_doubts", lang, lambda at: pairs.doubts(at, out, as_json=as_json))


@app.command("lists")
def identity_lists(as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Các danh sách đã xuất và đã có bao nhiêu kết quả / lists that went out, and their results.

    Ví dụ / example: `diachinh identity lists --json`
    """
    from flows.identity import verifying

    run("identity_lists", lang, lambda at: verifying.lists(at, as_json=as_json))


@app.command("withdraw")
def identity_withdraw(
    batch_id: Annotated[str, typer.Argument(metavar="LIST", help="Mã danh sách (xem: identity lists) / the list.")],
    reason: ReasonOption,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Rút lại danh sách bị mất hay xuất nhầm; kết quả đã nhập còn nguyên / take a list back; its results stay.

    Ví dụ / example:  diachinh identity withdraw v0123456789ab --reason "thất lạc tệp"
    """
    from flows.identity import verifying

    run("identity_withdraw", lang, lambda at: verifying.withdraw(at, batch_id, reason=reason, as_json=as_json))
