"""The command `reconcile`: the papers of every land put together anew."""

from __future__ import annotations

import os
from functools import partial

from flows.exit_codes import DONE
from flows.terminal import Terminal
from schemas.errors import Message
from schemas.office_units import load_office_tables
from store import lineage
from store.database import connect, retry
from store.migrate import prepare
from store.parcels import Published
from store.runs import running


def reconcile(at: Terminal, *, as_json: bool) -> int:
    """Put the papers of each land together anew, and say what that changed."""
    from flows.reconcile import lands, settle_land  # slow to import

    tables = load_office_tables(at.settings.home)
    url = prepare(at.settings)
    told: list[dict[str, str | int]] = []
    with running(url, f"reconcile {os.getpid()}", lease_s=at.settings.lease_seconds) as run:
        held = retry(url, lambda conn: lands(conn, tables))
        with at.bar(Message("Đối chiếu", "Reconciling"), total=len(held)) as tick:
            for number, land in enumerate(held, start=1):
                done = retry(url, partial(settle_land, run=run, land=land, tables=tables))
                told.append({"land": land, **_counts(done)})
                tick(number, len(held))
    with connect(url) as conn:
        steps = len(lineage.steps(conn))
    if as_json:
        at.result({"lands": told, "lineage": steps})
        return DONE
    changed = sum(sum(n for n in one.values() if isinstance(n, int)) for one in told)
    at.say(
        f"Đã đối chiếu {len(told)} vùng đất: {changed} thửa có thay đổi, {steps} bước lai lịch. "
        f"Xem: diachinh export lineage lai-lich.csv",
        f"{len(told)} lands reconciled: {changed} parcels changed, {steps} steps of lineage. "
        f"See: diachinh export lineage lineage.csv",
    )
    return DONE


def _counts(done: Published) -> dict[str, int]:
    return {"added": done.added, "changed": done.changed, "withdrawn": done.withdrawn}
