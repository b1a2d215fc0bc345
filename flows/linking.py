"""Lands linked beside the work on the database: a small one in a thread, large ones in processes of their own."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from types import TracebackType

import duckdb

from cadastre.linking.lineage import reconcile
from cadastre.numberings.mentions import Mention
from flows.cycles import no_search_for_cycles
from flows.pool import tie_to_parent
from schemas.documents import Era
from schemas.parcels import Link, Said, SheetSaid
from schemas.tables import Tables
from schemas.weights import load_weights

#: Papers of a land from which on a process of its own is worth its start, and what is handed to it.
LARGE = 4000
#: Large lands that are linked at the same time, each with up to 1 GiB: as many as there are cores.
AT_ONCE = min(8, len(os.sched_getaffinity(0)))


@dataclass(frozen=True, slots=True)
class Linked:
    """The map series of each paper (entry id) of a land, and the steps between its parcels."""

    series: Mapping[str, Era]
    links: tuple[Link, ...]


def silent_memory() -> duckdb.DuckDBPyConnection:
    """Return a DuckDB in memory that prints nothing and keeps to one core, for other lands are linked beside.

    In a process without a main file, as those of a pool are, it would draw a bar of progress between our results.
    """
    memory = duckdb.connect(config={"threads": 1})
    memory.execute("set enable_progress_bar = false")
    return memory


def link(mentions: Sequence[Mention], tables: Tables, said: Sequence[Said | SheetSaid]) -> Linked:
    """Return how the papers of one land go together, by the weights that are the same for every office."""
    with no_search_for_cycles(), silent_memory() as memory:
        found = reconcile(mentions, tables, load_weights(), memory, said)
    return Linked(found.series, found.links)


@dataclass(frozen=True, slots=True)
class Land:
    """A land that is being linked, with what is needed to do it again."""

    mentions: Sequence[Mention]
    tables: Tables
    said: Sequence[Said | SheetSaid]
    found: Future[Linked]
    thread: ThreadPoolExecutor

    def wait(self, awake: Callable[[], None], every_s: float) -> Linked:
        """Return what was found, and call `awake` now and then until it is.

        Where a process of its own was killed, for memory say, the land is linked once more in this one.
        """
        found = self.found
        while True:
            try:
                return found.result(timeout=every_s)
            except BrokenProcessPool:
                found = self.thread.submit(link, self.mentions, self.tables, self.said)
            except TimeoutError:
                if found.done():
                    raise
                awake()


@dataclass(slots=True)
class Linker:
    """Links lands beside; a context manager. `several` says that more than one land is to come."""

    several: bool
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(max_workers=1))
    _processes: ProcessPoolExecutor | None = None

    def __enter__(self) -> Linker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(cancel_futures=True)
        if self._processes is not None:
            self._processes.shutdown(cancel_futures=True)

    def begin(self, mentions: Sequence[Mention], tables: Tables, said: Sequence[Said | SheetSaid]) -> Land:
        """Begin to link a land."""
        pool = self._large() if self.several and len(mentions) >= LARGE else self._thread
        try:
            found = pool.submit(link, mentions, tables, said)
        except BrokenProcessPool:
            found = self._thread.submit(link, mentions, tables, said)
        return Land(mentions, tables, said, found, self._thread)

    def _large(self) -> ProcessPoolExecutor:
        if self._processes is None:
            self._processes = ProcessPoolExecutor(
                AT_ONCE,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=tie_to_parent,
                initargs=(os.getpid(),),
            )
        return self._processes
