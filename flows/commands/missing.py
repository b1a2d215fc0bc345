"""The command `missing`: the search for missing originals alone, on what is stored."""

from __future__ import annotations

import os
from collections import Counter

from cadastre.missing.gaps import gaps_of
from flows.exit_codes import DONE
from flows.steps import Job, flag_batch
from flows.terminal import Terminal
from store import intake, layers, recovery
from store.database import connect, retry
from store.migrate import prepare
from store.runs import running


def search(at: Terminal, *, as_json: bool) -> int:
    """Derive the cases of all batches and communes anew and say how many there are."""
    job = Job(at.settings, prepare(at.settings))
    with running(job.url, f"missing {os.getpid()}", lease_s=at.settings.lease_seconds) as run:
        for batch_id in retry(job.url, intake.standing_batches):
            flag_batch(job, run, batch_id)
        retry(job.url, lambda conn: recovery.search_all(conn, run, gaps_of))
    with connect(job.url) as conn:
        cases = list(layers.missing(conn))
    counts = Counter((case.reason, case.status) for case in cases)
    if as_json:
        told = [{"reason": reason, "status": status, "cases": n} for (reason, status), n in sorted(counts.items())]
        at.result({"cases": len(cases), "missing": told})
        return DONE
    for (reason, status), number in sorted(counts.items()):
        at.say(f"{reason}, {status}: {number}", f"{reason}, {status}: {number}")
    at.say(
        f"Tất cả {len(cases)} trường hợp; xem: diachinh export missing thieu.csv",
        f"{len(cases)} cases in all; see: diachinh export missing missing.csv",
    )
    return DONE
