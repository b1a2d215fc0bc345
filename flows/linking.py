"""Lands linked beside the work on the database: a small one in a thread, large ones in processes of their own."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from types import TracebackType

import duckdb

from cadastre.linking.lineage import reconcile
from cadastre.numberings.mentions import Mention, mention
from cadastre.numberings.series import numberings
from flows.cycles import no_search_for_cycles
from flows.pool import tie_to_parent
from schemas.documents import Era
from schemas.parcels import Link, ParcelKey, Said, SheetSaid
from schemas.tables import Tables
from schemas.weights import load_weights
from store import lineage, link_answers

#: Papers of a land from which on a process of its own is worth its start, and what is handed to it.
LARGE = 4000
#: Large lands that are linked at the same time, each with up to 1 GiB: as many as there are cores.
AT_ONCE = min(8, len(os.sched_getaffinity(0)))


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a land as the database tells them, and people's answers about it."""

    rows: Sequence[lineage.Row]
    given: Sequence[link_answers.Given]


@dataclass(frozen=True, slots=True)
class Linked:
    """The key that each paper (entry id) of a land has by its map series and the one that it had, the steps between
    its parcels, what people said of them, and the first day (ISO) that papers tell of each, where they tell one."""

    keys: Mapping[str, ParcelKey]
    stood: Mapping[str, ParcelKey]
    links: tuple[Link, ...]
    said: tuple[Said | SheetSaid, ...]
    first_days: Mapping[ParcelKey, str]


def silent_memory() -> duckdb.DuckDBPyConnection:
    """Return a DuckDB in memory that prints nothing and keeps to one core, for other lands are linked beside.

    In a process without a main file, as those of a pool are, it would draw a bar of progress between our results.
    """
    memory = duckdb.connect(config={"threads": 1})
    memory.execute("set enable_progress_bar = false")
    return memory


def link(papers: Papers, tables: Tables) -> Linked:
    """Return how the papers of one land go together, by the weights that are the same for every office."""
    with no_search_for_cycles(), silent_memory() as memory:
        told = [lineage.told(row) for row in papers.rows]
        mentions = [mention(one.entry_id, one.document_id, one.kind, one.own, one.values, tables) for one in told]
        said = link_answers.said_among(papers.given, lambda: _placed(mentions, numberings(mentions, tables)))
        found = reconcile(mentions, tables, load_weights(), memory, said)
        keys = _placed(mentions, found.series)
        stood = {one.entry_id: one.key for one in told}
        return Linked(keys, stood, found.links, tuple(said), _first_days(mentions, keys))


def _placed(mentions: Iterable[Mention], series: Mapping[str, Era]) -> dict[str, ParcelKey]:
    return {m.entry_id: replace(m.key, era=series[m.entry_id]) for m in mentions}


def _first_days(mentions: Iterable[Mention], keys: Mapping[str, ParcelKey]) -> dict[ParcelKey, str]:
    first: dict[ParcelKey, str] = {}
    for one in mentions:
        if one.day is not None:
            first[keys[one.entry_id]] = min(one.day, first.get(keys[one.entry_id], one.day))
    return first


@dataclass(frozen=True, slots=True)
class Land:
    """A land that is being linked, with what is needed to do it again."""

    papers: Papers
    tables: Tables
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
                found = self.thread.submit(link, self.papers, self.tables)
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

    def begin(self, papers: Papers, tables: Tables) -> Land:
        """Begin to link a land."""
        pool = self._large() if self.several and len(papers.rows) >= LARGE else self._thread
        try:
            found = pool.submit(link, papers, tables)
        except BrokenProcessPool:
            found = self._thread.submit(link, papers, tables)
        return Land(papers, tables, found, self._thread)

    def _large(self) -> ProcessPoolExecutor:
        if self._processes is None:
            self._processes = ProcessPoolExecutor(
                AT_ONCE,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=tie_to_parent,
                initargs=(os.getpid(),),
            )
        return self._processes
