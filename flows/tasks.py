"""The stages of flows.steps wrapped as Prefect tasks: named, retried where waiting can heal, never cached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun

from flows import steps
from flows.pool import ReaderPool, where_of
from flows.steps import Job
from schemas.documents import PageRef
from schemas.errors import DiachinhError, Unavailable
from store.runs import LeaseLost, Run


class StageFault(DiachinhError):
    """A fault of the program inside a stage, by its kind and place."""

    def __init__(self, where: str) -> None:
        super().__init__(
            vi=f"lỗi chương trình ({where}); việc đã xong được giữ, báo người phát triển",
            en=f"fault of the program ({where}); what was done is kept, report it",
        )


async def _heals(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Say whether trying again can help: the database or a service was away; not a lost lease, not a fault."""
    try:
        await state.aresult()
    except LeaseLost:
        return False
    except Unavailable:
        return True
    except BaseException:
        return False
    return False


def told_plainly(stage: Callable[..., None]) -> Callable[..., None]:
    """Return the stage with its faults told by kind and place only: a database's own words may quote a row."""

    def told(*args: object) -> None:
        try:
            stage(*args)
        except DiachinhError:
            raise
        except Exception as err:
            raise StageFault(where_of(err)) from None

    return told


def _wrapped(name: str, stage: Callable[..., None]) -> Task[..., None]:
    return task(
        name=name,
        cache_policy=NO_CACHE,
        retries=3,
        retry_delay_seconds=[2, 5, 15],
        retry_condition_fn=_heals,
        log_prints=False,
    )(told_plainly(stage))


class PrefectSteps:
    """The stages as tasks of the flow run that calls them."""

    def __init__(self) -> None:
        self._open = _wrapped("open-files", steps.open_files)
        self._read = _wrapped("read-pages", steps.read_pages)
        self._derive = _wrapped("derive-entries", steps.derive_entries)
        self._settle = _wrapped("settle-parcels", steps.settle_parcels)
        self._missing = _wrapped("flag-missing", steps.flag_missing)

    def open_files(self, job: Job, run: Run, batch_id: str) -> None:
        self._open(job, run, batch_id)

    def read_pages(self, job: Job, run: Run, pool: ReaderPool, batch_id: str, pages: Sequence[PageRef]) -> None:
        self._read(job, run, pool, batch_id, pages)

    def derive_entries(self, job: Job, run: Run, batch_id: str) -> None:
        self._derive(job, run, batch_id)

    def settle_parcels(self, job: Job, run: Run, batch_id: str) -> None:
        self._settle(job, run, batch_id)

    def flag_missing(self, job: Job, run: Run, batch_id: str) -> None:
        self._missing(job, run, batch_id)
