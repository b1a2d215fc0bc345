"""The command `diachinh`: every job of the contract as one word, messages in Vietnamese or English."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from flows import commands, keeping, services
from flows.logs import start_log
from flows.terminal import Terminal
from schemas.errors import DiachinhError, Lang, Message, Misconfigured, Unavailable
from schemas.settings import Settings
from store.database import ConnectionLost, Refused


class LangChoice(StrEnum):
    """The languages of messages."""

    vi = "vi"
    en = "en"


class What(StrEnum):
    """What can be exported."""

    entries = "entries"
    pages = "pages"
    parcels = "parcels"
    missing = "missing"
    form = "form"
    scans = "scans"


class CaseState(StrEnum):
    """What a person can say of a missing original."""

    suspected = "suspected"
    searching = "searching"
    misread = "misread"
    confirmed = "confirmed"
    recovered = "recovered"
    abandoned = "abandoned"


class GradeChoice(StrEnum):
    """How worn the invented papers look."""

    clean = "clean"
    worn = "worn"
    bad = "bad"


LangOption = Annotated[
    LangChoice | None, typer.Option("--lang", help="Ngôn ngữ thông báo / language of messages.", show_default="vi")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Kết quả dạng JSON / the result as JSON.")]
BatchOption = Annotated[
    str | None, typer.Option("--batch", metavar="ID", help="Chỉ một lô (xem: diachinh status) / one batch only.")
]

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
services_app = typer.Typer(no_args_is_help=True, help="PostGIS và Prefect riêng / the private PostGIS and Prefect.")
db_app = typer.Typer(no_args_is_help=True, help="Cơ sở dữ liệu và bản sao / the database and its copies.")
originals_app = typer.Typer(no_args_is_help=True, help="Bản gốc đã giữ / the originals that are kept.")
batch_app = typer.Typer(no_args_is_help=True, help="Các lô đã nhận / batches that were taken in.")
samples_app = typer.Typer(no_args_is_help=True, help="Giấy tờ mẫu do máy dựng / invented papers for trials.")
questions_app = typer.Typer(no_args_is_help=True, help="Câu hỏi chờ người trả lời / what waits for a person.")
missing_app = typer.Typer(
    invoke_without_command=True,
    help="Tìm lại bản gốc còn thiếu trên dữ liệu đã có / search what is stored for missing originals.",
)
app.add_typer(questions_app, name="questions")
app.add_typer(missing_app, name="missing")
app.add_typer(services_app, name="services")
app.add_typer(db_app, name="db")
app.add_typer(samples_app, name="samples")
app.add_typer(originals_app, name="originals")
app.add_typer(batch_app, name="batch")


@app.command()
def digitise(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Thư mục bản quét / folders of scans.")],
    plain: Annotated[bool, typer.Option("--plain", help="Không dùng Prefect (máy yếu) / without Prefect.")] = False,
    on_workers: Annotated[
        bool, typer.Option("--on-workers", help="Giao cho các máy đọc (xem: worker) / hand over to workers.")
    ] = False,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Số hóa: nhận tệp, đọc, kiểm tra, nạp thửa đất, báo cáo / the whole job on folders of scans.

    Chạy lại không làm gì hai lần; sau sự cố thì làm tiếp / again changes nothing; after a crash it goes on.
    """
    if plain and on_workers:
        raise typer.BadParameter("--plain / --on-workers")
    where: commands.Where = "plain" if plain else "workers" if on_workers else "here"
    _run("digitise", lang, lambda at: commands.digitise(at, folders, where=where, as_json=as_json))


@app.command()
def worker(
    name: Annotated[str | None, typer.Option(help="Tên máy đọc / the worker's name.", show_default="host-pid")] = None,
    lang: LangOption = None,
) -> None:
    """Làm máy đọc: nhận từng lô từ digitise --on-workers / a worker: takes batches one at a time until stopped."""
    _run("worker", lang, lambda at: commands.worker(at, name))


@app.command()
def status(as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Các lô, việc xong, việc chờ / batches, what is done, what waits, what failed."""
    _run("status", lang, lambda at: commands.status(at, as_json=as_json))


@app.command()
def report(batch: BatchOption = None, as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Báo cáo số liệu của một lô hay tất cả / the figures of one batch or of all."""
    _run("report", lang, lambda at: commands.report(at, batch, as_json=as_json))


@app.command()
def export(
    what: Annotated[
        What,
        typer.Argument(
            help="entries, pages → .jsonl · parcels → .gpkg .parquet .csv · missing → .csv · "
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
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Xuất dữ liệu ra tệp, trọn vẹn hoặc không gì cả / write what is kept to a file, whole or not at all."""
    _run("export", lang, lambda at: commands.export(at, what.value, out, batch, identity=identity, as_json=as_json))


@questions_app.command("export")
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
    """Xuất các câu hỏi ra tệp Excel, mỗi dòng kèm ảnh cắt / what waits, as a workbook with a crop in each row."""
    from flows import questions

    _run("questions_export", lang, lambda at: questions.export(at, out, batch, identity=identity, as_json=as_json))


@questions_app.command("import")
def questions_import(
    file: Annotated[Path, typer.Argument(metavar="IN.xlsx", help="Tệp đã trả lời / the answered workbook.")],
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Người trả lời / who answered.")],
    undo: Annotated[bool, typer.Option("--undo", help="Lấy lại lần nhập này / take this import back.")] = False,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Nhập câu trả lời: kiểm tra rồi ghi; nhập hai lần như một / check and apply answers; twice is once."""
    from flows import questions

    _run("questions_import", lang, lambda at: questions.bring_in(at, file, who=by, undo=undo, as_json=as_json))


@missing_app.callback()
def missing(context: typer.Context, as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Tìm lại bản gốc còn thiếu trên dữ liệu đã có / search what is stored for missing originals."""
    if context.invoked_subcommand is None:
        from flows import missing as search

        _run("missing", lang, lambda at: search.search(at, as_json=as_json))


@missing_app.command("set")
def missing_set(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Mã trong missing.csv / case_id of the export.")],
    state: Annotated[CaseState, typer.Argument(metavar="STATE", help=" · ".join(CaseState))],
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Người quyết định / who decided.")],
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Đặt tình trạng một bản gốc còn thiếu; được ghi lại / set the state of a case, logged; it stays in reruns."""
    from flows import questions

    _run("missing_set", lang, lambda at: questions.missing_set(at, case, state.value, who=by, as_json=as_json))


@app.command()
def separators(
    out: Annotated[Path, typer.Argument(metavar="OUT.pdf", help="Tệp PDF sẽ ghi / PDF to write.")],
    count: Annotated[int, typer.Option(min=1, max=500, help="Số tờ mỗi loại / sheets of each sort.")] = 10,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """In tờ ngăn có mã QR đặt giữa các giấy tờ, hồ sơ trước khi quét / separator sheets to lay between papers."""
    from flows import separators as sheets

    _run("separators", lang, lambda at: sheets.separators(at, out, count, as_json=as_json))


@services_app.command("start")
def services_start(as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Khởi động PostGIS và Prefect riêng / start the private services."""
    _run("services_start", lang, lambda at: services.start(at, as_json=as_json))


@services_app.command("stop")
def services_stop(as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Dừng PostGIS và Prefect riêng; dữ liệu còn nguyên / stop them; the data stay."""
    _run("services_stop", lang, lambda at: services.stop(at, as_json=as_json))


@services_app.command("status")
def services_status(as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Dịch vụ nào đang chạy / which services run."""
    _run("services_status", lang, lambda at: services.status(at, as_json=as_json))


@db_app.command("migrate")
def db_migrate(as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Đưa lược đồ lên bản mới nhất / bring the schema up to date."""
    _run("db_migrate", lang, lambda at: services.db_migrate(at, as_json=as_json))


@db_app.command("backup")
def db_backup(
    out: Annotated[Path, typer.Argument(help="Thư mục mới cho bản sao / new folder for the copy.")],
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Sao lưu cơ sở dữ liệu và danh sách bản gốc / copy the database and the list of originals."""
    _run("db_backup", lang, lambda at: keeping.back_up(at, out, as_json=as_json))


@db_app.command("restore")
def db_restore(
    source: Annotated[Path, typer.Argument(metavar="IN", help="Thư mục bản sao / folder of the copy.")],
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Khôi phục vào cơ sở dữ liệu trống / restore a copy into a database that holds nothing."""
    _run("db_restore", lang, lambda at: keeping.restore(at, source, as_json=as_json))


@originals_app.command("verify")
def originals_verify(as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Kiểm tra từng bản gốc còn đúng như lúc nhận / check that every original is as it was kept."""
    _run("originals_verify", lang, lambda at: keeping.verify_originals(at, as_json=as_json))


@batch_app.command("withdraw")
def batch_withdraw(
    batch_id: Annotated[str, typer.Argument(metavar="ID", help="Mã lô (xem: diachinh status) / the batch.")],
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Rút lại một lô: thôi xuất, bản gốc còn nguyên / take a batch back; its originals stay."""
    _run("batch_withdraw", lang, lambda at: keeping.withdraw(at, batch_id, as_json=as_json))


@app.command()
def doctor(as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Máy có gì, thiếu gì, và lệnh để sửa / what is installed, what is not, and the command that mends it."""
    _run("doctor", lang, lambda at: services.doctor(at, as_json=as_json))


@samples_app.command("make")
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
    """Dựng một lô giấy tờ mẫu kèm đáp án / make a batch of invented papers with its truth."""
    _run(
        "samples_make",
        lang,
        lambda at: commands.samples_make(
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


def _run(name: str, lang: LangChoice | None, command: Callable[[Terminal], int]) -> None:
    """Run one command: errors become one sentence and the contract's exit code, both in the log."""
    if lang:
        os.environ["DIACHINH_LANG"] = lang.value
    spoken: Lang = "en" if os.environ.get("DIACHINH_LANG") == "en" else "vi"
    err = Console(stderr=True, soft_wrap=True, highlight=False)
    try:
        settings = _settings()
        log = start_log(settings.home)
        log.info("command", name=name)
        try:
            code = command(Terminal(settings, Console(soft_wrap=True, highlight=False), err))
        except ConnectionLost as lost:
            raise Unavailable(
                vi="mất kết nối cơ sở dữ liệu; việc đã xong được giữ, gõ lại lệnh để làm tiếp",
                en="the connection to the database was lost; what was done is kept, type the command again to go on",
            ) from lost
        except DiachinhError as error:
            log.warning("refused", name=name, exit=error.exit_code, kind=type(error).__name__)
            raise
        except Refused:
            raise Misconfigured(
                vi="tài khoản cơ sở dữ liệu này không có quyền làm việc đó; hãy dùng tài khoản của đúng vai trò",
                en="this database login has no right to do that; use the login of the role that has",
            ) from None
        log.info("done", name=name, exit=code)
    except DiachinhError as error:
        head = {"vi": "Lỗi", "en": "Error"}[spoken]
        err.print(f"[bold red]{head}:[/] ", end="")
        err.print(error.message.say(spoken), markup=False)
        raise typer.Exit(error.exit_code) from None
    except KeyboardInterrupt:
        err.print(
            Message(
                "Đã dừng. Việc đã làm được giữ; gõ lại lệnh để làm tiếp.",
                "Stopped. What was done is kept; type the command again to go on.",
            ).say(spoken)
        )
        raise typer.Exit(130) from None
    raise typer.Exit(code)


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        names = ", ".join(f"DIACHINH_{str(item['loc'][0]).upper()}" for item in error.errors())
        raise Misconfigured(
            vi=f"biến môi trường không dùng được: {names}; xem README", en=f"unusable settings: {names}; see the README"
        ) from None


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
