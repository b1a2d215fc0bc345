"""The commands that look after what the program runs on: private services, the schema, the doctor."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

from rich.table import Table

from flows.exit_codes import DONE
from flows.server import PrefectServer, answers
from flows.terminal import Terminal
from schemas.errors import DiachinhError, Message, Unavailable
from store.cluster import Cluster
from store.database import connect
from store.migrate import migrate, owning_url, prepare


def start(at: Terminal, *, as_json: bool) -> int:
    """Start what is private and does not run yet."""
    if at.settings.database_url is None:
        Cluster(at.settings.home).start()
    if not os.environ.get("PREFECT_API_URL"):
        PrefectServer(at.settings.home).start()
    return status(at, as_json=as_json)


def stop(at: Terminal, *, as_json: bool) -> int:
    """Stop the private services; what they keep stays."""
    PrefectServer(at.settings.home).stop()
    Cluster(at.settings.home).stop()
    return status(at, as_json=as_json)


def status(at: Terminal, *, as_json: bool) -> int:
    """Say of each service whether it runs and where."""
    external, prefect_url = at.settings.database_url, os.environ.get("PREFECT_API_URL")
    cluster = Cluster(at.settings.home).status()
    server = PrefectServer(at.settings.home).status()
    postgis_runs = cluster.running if external is None else _reachable(external.get_secret_value())
    told: dict[str, dict[str, bool | str | None]] = {
        "postgis": {
            "private": external is None,
            "running": postgis_runs,
            "where": str(cluster.folder) if external is None else "DIACHINH_DATABASE_URL",
        },
        "prefect": {
            "private": not prefect_url,
            "running": answers(prefect_url) if prefect_url else server.running,
            "where": prefect_url or server.api_url,
        },
    }
    if as_json:
        at.result(told)
        return DONE
    words = {True: Message("đang chạy", "running"), False: Message("không chạy", "not running")}
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, line in told.items():
        table.add_row(
            {"postgis": "PostGIS", "prefect": "Prefect"}[name],
            words[bool(line["running"])].say(at.lang),
            str(line["where"] or ""),
        )
    at.out.print(table)
    return DONE


def _reachable(url: str) -> bool:
    try:
        connect(url, patience_s=0).close()
    except DiachinhError:
        return False
    return True


def db_migrate(at: Terminal, *, as_json: bool) -> int:
    """Bring the schema up to date and say which migrations were applied now."""
    applied = migrate(owning_url(at.settings))
    if as_json:
        at.result({"applied": applied})
    elif applied:
        at.say(f"Đã nâng cấp: {', '.join(applied)}", f"Applied: {', '.join(applied)}")
    else:
        at.say("Lược đồ đã là bản mới nhất", "The schema is up to date")
    return DONE


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the doctor looked at: found or not, what it is, and the command that mends it."""

    name: str
    good: bool
    found: str
    mend: str


def doctor(at: Terminal, *, as_json: bool) -> int:
    """Look at all that the program needs; exit code 4 where something is missing."""
    checks = [*_programs(), *_packages(), _database(at)]
    good = all(check.good for check in checks)
    if as_json:
        at.result(
            {
                "good": good,
                "checks": [
                    {
                        "name": check.name,
                        "good": check.good,
                        "found": check.found,
                        "mend": None if check.good else check.mend,
                    }
                    for check in checks
                ],
            }
        )
    else:
        table = Table(box=None, show_header=False, pad_edge=False)
        for check in checks:
            mark = "[green]✓[/]" if check.good else "[red]✗[/]"
            table.add_row(mark, check.name, check.found if check.good else check.mend)
        at.out.print(table)
    return DONE if good else Unavailable.exit_code


def _programs() -> Iterator[Check]:
    tesseract = shutil.which("tesseract")
    langs: list[str] = []
    if tesseract:
        listed = subprocess.run([tesseract, "--list-langs"], capture_output=True, text=True, check=False)
        langs = listed.stdout.split()
    yield Check("Tesseract", tesseract is not None, tesseract or "", "apt-get install tesseract-ocr")
    for lang in ("vie", "osd"):
        yield Check(f"Tesseract: {lang}", lang in langs, lang, f"apt-get install tesseract-ocr-{lang}")


def _packages() -> Iterator[Check]:
    for name in ("rapidocr", "onnxruntime", "pypdfium2", "pikepdf", "prefect"):
        try:
            yield Check(name, True, importlib.metadata.version(name), "")
        except importlib.metadata.PackageNotFoundError:
            yield Check(name, False, "", "make setup")


def _database(at: Terminal) -> Check:
    try:
        prepare(at.settings)
    except DiachinhError as err:
        return Check("PostGIS", False, "", err.message.say(at.lang))
    where = "DIACHINH_DATABASE_URL" if at.settings.database_url else str(Cluster(at.settings.home).status().folder)
    return Check("PostGIS", True, where, "")
