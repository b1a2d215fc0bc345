"""What the words of `diachinh` share: options, and one way in which every command runs and fails."""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from flows.logs import start_log
from flows.terminal import Terminal
from schemas.errors import DiachinhError, Lang, Message, Misconfigured, Unavailable
from schemas.settings import Settings
from store.database import ConnectionLost, Refused


class LangChoice(StrEnum):
    """The languages of messages."""

    vi = "vi"
    en = "en"


LangOption = Annotated[
    LangChoice | None, typer.Option("--lang", help="Ngôn ngữ thông báo / language of messages.", show_default="vi")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Kết quả dạng JSON / the result as JSON.")]
BatchOption = Annotated[
    str | None, typer.Option("--batch", metavar="ID", help="Chỉ một lô (xem: diachinh status) / one batch only.")
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="Chỉ những thửa còn hiệu lực ngày ấy / that held on that day."),
]


def run(name: str, lang: LangChoice | None, command: Callable[[Terminal], int]) -> None:
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
