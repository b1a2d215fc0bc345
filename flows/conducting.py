"""Where batches are read: in this process, under Prefect or without it, or by the workers of a pool."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from flows.exit_codes import DONE
from flows.server import PrefectServer, answers, client_environment
from flows.terminal import Terminal
from schemas.errors import Message, Unavailable
from store import intake
from store.database import connect
from store.migrate import prepare

if TYPE_CHECKING:
    from flows.steps import Job

Where = Literal["here", "plain", "workers"]
"""Here is in this process under Prefect, plain in it without."""


def run_batches(at: Terminal, job: Job, batch_ids: list[str], *, where: Where) -> str | None:
    """Run the batches here, as a Prefect flow or plainly, or on workers; returns Prefect's address of it, if any."""
    if where == "plain":
        from flows.plain import digitise_plain

        with _progress(at, job, batch_ids):
            digitise_plain(job, batch_ids)
        return None
    os.environ.update(_prefect_environment(at))
    base = os.environ.get("PREFECT_UI_URL") or os.environ["PREFECT_API_URL"].removesuffix("/api")
    if where == "workers":
        from flows.workers import hand_over, wait_for

        with _progress(at, job, batch_ids):
            wait_for(at, job.url, hand_over(job.url, batch_ids))
        return f"{base}/runs"
    from flows.digitise import digitise as flow  # Prefect reads its settings when it is first imported

    with _progress(at, job, batch_ids):
        flow_run_id = flow(batch_ids)
    return f"{base}/runs/flow-run/{flow_run_id}" if flow_run_id else None


def worker(at: Terminal, name: str | None) -> int:
    """Become a worker that takes batches from `digitise --on-workers`; ends when it is stopped."""
    prepare(at.settings)
    os.environ.update(_prefect_environment(at))
    from flows.workers import become_worker, ensure_deployment

    ensure_deployment()
    at.say("Sẵn sàng nhận việc; dừng bằng Ctrl+C", "Ready to take work; stop with Ctrl+C")
    become_worker(name)
    return DONE


def _prefect_environment(at: Terminal) -> dict[str, str]:
    own = os.environ.get("PREFECT_API_URL")
    server = PrefectServer(at.settings.home)
    if own:
        if not answers(own):
            raise Unavailable(
                vi=f"PREFECT_API_URL={own}: máy chủ Prefect không trả lời; khởi động nó, hoặc chạy với --plain",
                en=f"PREFECT_API_URL={own}: the Prefect server does not answer; start it, or run with --plain",
            )
        return dict(client_environment(server.folder, own))
    at.say(
        "Khởi động Prefect (lần đầu mất khoảng 20 giây) …",
        "Starting Prefect (about 20 s the first time) …",
        style="dim",
    )
    return dict(client_environment(server.folder, server.start()))


@contextmanager
def _progress(at: Terminal, job: Job, batch_ids: list[str]) -> Iterator[None]:
    """Show how many pages are read, asked of the database, so that any worker's pages count."""
    from ocr.read import READER_VERSION

    if not at.err.is_terminal:
        yield
        return
    over = threading.Event()

    def watch(tick: Callable[[int, int], None]) -> None:
        most = 0
        with connect(job.url) as conn:
            while not over.wait(0.5):
                waiting = sum(len(intake.pages_to_read(conn, one, READER_VERSION)) for one in batch_ids)
                most = max(most, waiting)
                tick(most - waiting, most)

    with at.bar(Message("Đọc trang", "Reading pages")) as tick:
        watcher = threading.Thread(target=watch, args=(tick,), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()
