"""Batches handed to workers on other machines or in other processes: one flow run per batch, waited for in our tables.

Prefect says who takes a batch; whether it is done is asked of `intake.run`, since a killed flow run stays
"Running" in Prefect.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import UUID

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import StateType
from prefect.deployments.flow_runs import arun_deployment
from prefect.exceptions import ObjectAlreadyExists
from prefect.types.entrypoint import EntrypointType
from prefect.workers.process import ProcessWorker

from flows.digitise import digitise
from flows.terminal import Terminal
from schemas.errors import Unavailable
from store import runs
from store.database import retry

POOL = "diachinh"
DEPLOYMENT = "digitise"
LOOK_EVERY_S = 1.0
LONELY_S = 60.0
"""After so long without a worker that takes anything, the user is told how to start one."""

_End = Literal["done", "stopped"]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A batch that waits for a worker or is worked on: its flow run, and the last run of it that is not meant."""

    batch_id: str
    flow_run: UUID | None
    after_run: int


def ensure_deployment() -> None:
    """Make the work pool and the deployment where the server lacks them; a repeat changes nothing."""
    with get_client(sync_client=True) as client:
        try:
            template = ProcessWorker.get_default_base_job_template()
            client.create_work_pool(WorkPoolCreate(name=POOL, type=ProcessWorker.type, base_job_template=template))
        except ObjectAlreadyExists:
            pass
    # By module, not by path: each worker imports the diachinh that is installed where it runs.
    deployment = digitise.to_deployment(
        name=DEPLOYMENT, work_pool_name=POOL, entrypoint_type=EntrypointType.MODULE_PATH
    )
    deployment.apply()  # type: ignore[union-attr, unused-ignore]


def become_worker(name: str | None) -> None:
    """Turn this process into a worker of the pool that takes one batch at a time, until it is stopped."""
    house = str(Path(__file__).resolve().parents[1])
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [house, os.environ.get("PYTHONPATH")]))
    called = name or f"{socket.gethostname()}-{os.getpid()}"
    words = ["worker", "start", "--pool", POOL, "--name", called, "--limit", "1", "--install-policy", "never"]
    if os.environ.get("PREFECT_WORKER_WEBSERVER_PORT"):  # two workers on one machine must not share the usual one
        words.append("--with-healthcheck")
    os.execv(sys.executable, [sys.executable, "-m", "prefect", *words])  # noqa: S606 - no shell is wanted


def hand_over(url: str, batch_ids: Sequence[str]) -> list[HandedOver]:
    """Ask for one flow run per batch; one that is worked on or waits in the queue already is not asked for again."""
    ensure_deployment()
    handed: list[HandedOver] = []
    with get_client(sync_client=True) as client:
        for batch_id in batch_ids:
            last = _last_run(url, batch_id)
            if last is not None and last.state == "running":
                handed.append(HandedOver(batch_id, None, last.run_id - 1))
                continue
            flow_run = _queued(client, batch_id) or _ask(batch_id)
            handed.append(HandedOver(batch_id, flow_run, last.run_id if last else 0))
    return handed


def wait_for(at: Terminal, url: str, handed: Sequence[HandedOver]) -> None:
    """Return when every batch is done; raises Unavailable, at the end, where a worker stopped on one."""
    ends: dict[str, _End] = {}
    begun, since = False, time.monotonic()
    with get_client(sync_client=True) as client:
        while len(ends) < len(handed):
            for one in handed:
                if one.batch_id in ends:
                    continue
                last = _last_run(url, one.batch_id)
                mine = last if last is not None and last.run_id > one.after_run else None
                begun = begun or mine is not None
                end = _end_of(mine) if mine else _never_begun(client, one)
                if end is not None:
                    ends[one.batch_id] = end
            if not begun and time.monotonic() - since > LONELY_S:
                begun = True
                at.say(
                    "Chưa có máy đọc nào nhận việc. Khởi động ít nhất một máy: diachinh worker",
                    "No worker takes the work yet. Start at least one: diachinh worker",
                )
            time.sleep(LOOK_EVERY_S)
    stopped = [batch_id for batch_id, end in ends.items() if end == "stopped"]
    if stopped:
        names = ", ".join(stopped)
        raise Unavailable(
            vi=f"máy đọc dừng giữa chừng ở lô {names}; việc đã xong được giữ, gõ lại lệnh để làm tiếp",
            en=f"a worker stopped in batch {names}; what was done is kept, type the command again to go on",
        )


def _last_run(url: str, batch_id: str) -> runs.RunLine | None:
    return retry(url, lambda conn: runs.last_of(conn, f"digitise {batch_id}"))


def _end_of(line: runs.RunLine) -> _End | None:
    if line.state == "running":
        return None
    return "done" if line.state == "done" else "stopped"


def _never_begun(client: SyncPrefectClient, one: HandedOver) -> _End | None:
    """Say whether the flow run ended before its first write to our tables: its process could not start."""
    if one.flow_run is None:
        return None
    try:
        state = client.read_flow_run(one.flow_run).state
    except httpx.HTTPError:  # the server is away for a moment; our tables go on telling
        return None
    return "stopped" if state is not None and state.is_final() and not state.is_completed() else None


def _queued(client: SyncPrefectClient, batch_id: str) -> UUID | None:
    """Return the flow run of this batch that no worker has taken yet."""
    waiting = FlowRunFilter(
        tags=FlowRunFilterTags(all_=[batch_id]),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
    )
    found = client.read_flow_runs(flow_run_filter=waiting, limit=1)
    return found[0].id if found else None


def _ask(batch_id: str) -> UUID:
    asked = asyncio.run(
        arun_deployment(
            f"{digitise.name}/{DEPLOYMENT}",
            parameters={"batch_ids": [batch_id]},
            tags=[batch_id],
            timeout=0,
            as_subflow=False,
        )
    )
    return asked.id
