"""The words of `diachinh` that stand alone, and the groups of words beside them."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows import conducting
from flows.cli import batch as batches
from flows.cli import db, identity, imports, missing, originals, questions, samples
from flows.cli import services as private
from flows.cli.options import AsOfOption, BatchOption, JsonOption, LangOption, run
from flows.commands import digitising, exporting, reconciling, services, showing
from flows.terminal import Terminal


class What(StrEnum):
    """What can be exported."""

    entries = "entries"
    pages = "pages"
    parcels = "parcels"
    claims = "claims"
    lineage = "lineage"
    missing = "missing"
    form = "form"
    scans = "scans"


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="""**diachinh**: giấy tờ địa chính → thửa đất trong PostGIS.

Bốn mươi năm giấy tờ đất đai thành thửa đất tin được / land papers into parcels that people can trust.

Bắt đầu / begin:  `diachinh digitise THƯ_MỤC`  →  `diachinh report`  →  `diachinh export parcels thua.gpkg`

Mã kết thúc / exit codes: 0 xong · 1 lỗi chương trình · 2 gõ sai lệnh · 3 dữ liệu đưa vào có lỗi ·
4 thiếu phần mềm hoặc dịch vụ · 5 xong nhưng có trang bị để riêng hoặc đọc lỗi.""",
)
app.add_typer(questions.app, name="questions")
app.add_typer(missing.app, name="missing")
app.add_typer(identity.app, name="identity")
app.add_typer(private.app, name="services")
app.add_typer(db.app, name="db")
app.add_typer(samples.app, name="samples")
app.add_typer(originals.app, name="originals")
app.add_typer(batches.app, name="batch")
app.command("import")(imports.bring_in)


@app.command()
def digitise(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Thư mục bản quét / folders of scans.")],
    plain: Annotated[bool, typer.Option("--plain", help="Không dùng Prefect (máy yếu) / without Prefect.")] = False,
    on_workers: Annotated[
        bool, typer.Option("--on-workers", help="Giao cho các máy đọc (xem: worker) / hand over to workers.")
    ] = False,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="WHO",
            help="Người quét; người ấy không xác minh nhân thân của lô này / who scanned: they verify nobody of it.",
        ),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Số hóa: nhận tệp, đọc, kiểm tra, nạp thửa đất, báo cáo / the whole job on folders of scans.

    Chạy lại không làm gì hai lần; sau sự cố thì làm tiếp / again changes nothing; after a crash it goes on.

    Ví dụ / example: `diachinh digitise "Hộp 12" --by "Cô Lan"`
    """
    if plain and on_workers:
        raise typer.BadParameter("--plain / --on-workers")
    where: conducting.Where = "plain" if plain else "workers" if on_workers else "here"
    run("digitise", lang, lambda at: digitising.digitise(at, folders, where=where, by=by, as_json=as_json))


@app.command()
def reconcile(as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Đối chiếu các thời kỳ trên dữ liệu đã có: nối số thửa cũ với mới, giá trị nào đứng / eras put together anew.

    digitise và import tự làm việc này cho các xã mà chúng đụng tới / digitise and import do it where they touch.
    Kết quả / result: diachinh export lineage lai-lich.csv

    Ví dụ / example: `diachinh reconcile`
    """
    run("reconcile", lang, lambda at: reconciling.reconcile(at, as_json=as_json))


@app.command()
def worker(
    name: Annotated[str | None, typer.Option(help="Tên máy đọc / the worker's name.", show_default="host-pid")] = None,
    lang: LangOption = None,
) -> None:
    """Làm máy đọc: nhận từng lô từ digitise --on-workers / a worker: takes batches one at a time until stopped.

    Ví dụ / example: `diachinh worker`
    """
    run("worker", lang, lambda at: conducting.worker(at, name))


@app.command()
def status(as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Các lô, việc xong, việc chờ / batches, what is done, what waits, what failed.

    Ví dụ / example: `diachinh status`
    """
    run("status", lang, lambda at: showing.status(at, as_json=as_json))


@app.command()
def report(batch: BatchOption = None, as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Báo cáo số liệu của một lô hay tất cả / the figures of one batch or of all.

    Ví dụ / example: `diachinh report --batch 1842c20853c3ebe1 --json`
    """
    run("report", lang, lambda at: showing.report(at, batch, as_json=as_json))


@app.command()
def export(
    what: Annotated[
        What,
        typer.Argument(
            help="entries, pages, claims → .jsonl · parcels → .gpkg .parquet .csv · lineage, missing → .csv · "
            "form → .xlsx (biểu mẫu thu thập / national form) · scans → thư mục / folder"
        ),
    ],
    out: Annotated[Path, typer.Argument(help="Tệp hoặc thư mục kết quả / file or folder to write.")],
    batch: BatchOption = None,
    identity: Annotated[
        str | None,
        typer.Option(
            metavar="REASON", help="Kèm số giấy tờ tùy thân; lý do được ghi lại / with identity numbers, logged."
        ),
    ] = None,
    as_of: AsOfOption = None,
    known_on: Annotated[
        str | None,
        typer.Option(
            "--known-on",
            metavar="DAY|MOMENT",
            help="Theo điều đã biết khi ấy, giờ Việt Nam nếu không ghi múi giờ / as we knew it then, in Vietnam's time "
            "where no zone is given: 2026-01-15T08:30, 2026-01-15T01:30Z.",
        ),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Xuất dữ liệu ra tệp, trọn vẹn hoặc không gì cả / write what is kept to a file, whole or not at all.

    Ví dụ / example: `diachinh export parcels thua-2010.gpkg --as-of 2010-06-30`
    """

    def command(at: Terminal) -> int:
        return exporting.export(
            at, what.value, out, batch, identity=identity, as_of=as_of, known_on=known_on, as_json=as_json
        )

    run("export", lang, command)


@app.command()
def why(
    parcel: Annotated[
        str, typer.Argument(metavar="PARCEL", help="Khóa thửa / parcel key `20335@2013/12/125`, `20335/12/125`.")
    ],
    attribute: Annotated[
        str | None,
        typer.Argument(metavar="ATTRIBUTE", help="Chỉ một thuộc tính / one attribute only: area_m2, owners …"),
    ] = None,
    as_of: AsOfOption = None,
    identity: Annotated[
        str | None,
        typer.Option(metavar="REASON", help="Kèm họ tên; lý do được ghi lại / with names of people, logged."),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Vì sao thửa đất có giá trị ấy: giấy nào, trang nào, quy tắc nào, giấy khác ghi gì / why a value stands.

    Ví dụ / example: `diachinh why 20335/12/125 legal_area_m2`
    """
    from flows.commands import why as reasons

    run(
        "why",
        lang,
        lambda at: reasons.why(at, parcel, attribute, as_of=as_of, identity=identity, as_json=as_json),
    )


@app.command()
def separators(
    out: Annotated[Path, typer.Argument(metavar="OUT.pdf", help="Tệp PDF sẽ ghi / PDF to write.")],
    count: Annotated[int, typer.Option(min=1, max=500, help="Số tờ mỗi loại / sheets of each sort.")] = 10,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """In tờ ngăn có mã QR đặt giữa các giấy tờ, hồ sơ trước khi quét / separator sheets to lay between papers.

    Ví dụ / example: `diachinh separators to-ngan.pdf`
    """
    from flows.commands import separators as sheets

    run("separators", lang, lambda at: sheets.separators(at, out, count, as_json=as_json))


@app.command()
def places(
    text: Annotated[str, typer.Argument(metavar="TEXT|CODE", help="Địa chỉ hoặc mã xã / an address or a code.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="Ngày của giấy, 1995-03-01 / the paper's day.")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Địa danh theo thời gian: xã nào, vì sao, nay thuộc đâu / which commune on that day, why, what became of it.

    Ví dụ / example:  `diachinh places "xã Tam Dân, thị xã Tam Kỳ" --on 1995-03-01`
    """
    from flows.commands import places as gazetteer

    run("places", lang, lambda at: gazetteer.places(at, text, on, as_json=as_json))


@app.command()
def doctor(as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Máy có gì, thiếu gì, và lệnh để sửa / what is installed, what is not, and the command that mends it.

    Ví dụ / example: `diachinh doctor`
    """
    run("doctor", lang, lambda at: services.doctor(at, as_json=as_json))


def main() -> None:
    """Run the command line; a fault of ours is one line with its place, never a value."""
    try:
        app()
    except Exception as error:  # exit code 1; the text of the error may hold personal data, so only its kind and place
        from flows.pool import where_of

        sys.stderr.write(f"Lỗi chương trình / program fault: {where_of(error)}\n")
        if os.environ.get("DIACHINH_DEBUG"):
            raise
        sys.exit(1)
