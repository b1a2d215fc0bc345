"""`diachinh services`: the private PostGIS and Prefect."""

from __future__ import annotations

import typer

from flows.cli.options import JsonOption, LangOption, run
from flows.commands import services

app = typer.Typer(no_args_is_help=True, help="PostGIS và Prefect riêng / the private PostGIS and Prefect.")


@app.command("start")
def services_start(as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Khởi động PostGIS và Prefect riêng / start the private services.

    Ví dụ / example: `diachinh services start`
    """
    run("services_start", lang, lambda at: services.start(at, as_json=as_json))


@app.command("stop")
def services_stop(as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Dừng PostGIS và Prefect riêng; dữ liệu còn nguyên / stop them; the data stay.

    Ví dụ / example: `diachinh services stop`
    """
    run("services_stop", lang, lambda at: services.stop(at, as_json=as_json))


@app.command("status")
def services_status(as_json: JsonOption = False, lang: LangOption = None) -> None:
    """Dịch vụ nào đang chạy / which services run.

    Ví dụ / example: `diachinh services status`
    """
    run("services_status", lang, lambda at: services.status(at, as_json=as_json))
