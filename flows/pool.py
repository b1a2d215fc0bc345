"""Reader processes: pages are read side by side, each in a process that a bad page may take down alone."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING

from schemas.documents import PageRef
from schemas.errors import DiachinhError, Message
from schemas.outcomes import Quarantine
from schemas.readings import PageReading, separator_sheet

if TYPE_CHECKING:
    from ocr.open import Opener
    from ocr.read import PageReader

PAGE_SECONDS = 300
"""A page that takes longer is given up as failed; a certificate takes about five seconds, a ledger page fifteen."""
TRIES = 2
"""How often a page may take its process down before it is failed."""
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class PageJob:
    """A page to read: where its original is kept and what to call it in messages."""

    ref: PageRef
    original: Path
    name: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a page could not be read through a fault of ours; it is tried again in the next run."""

    code: str
    message: Message


PageResult = PageReading | Quarantine | Fault


class ReaderPool:
    """Some processes that open, clean and read pages; a context manager, started with the first page."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def read(self, jobs: Iterable[PageJob]) -> Iterator[tuple[PageJob, PageResult]]:
        """Yield each page's result as it comes, in no fixed order; raises Unavailable where an engine is missing."""
        todo = deque(jobs)
        suspects: deque[PageJob] = deque()  # were in flight when a process died: read again one by one
        crashes: Counter[PageRef] = Counter()
        running: dict[Future[PageResult], PageJob] = {}
        while todo or suspects or running:
            queue, limit = (suspects, 1) if suspects else (todo, self._workers + 1)
            while queue and len(running) < limit:
                job = queue.popleft()
                running[self._open_pool().submit(_read, job)] = job
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                job = running.pop(future)
                try:
                    yield job, future.result()
                except BrokenProcessPool:
                    self._close()
                    together = [job, *running.values()]
                    running.clear()
                    for suspect in together:
                        crashes[suspect.ref] += len(together) == 1
                        if crashes[suspect.ref] >= TRIES:
                            yield suspect, _crashed(suspect)
                        else:
                            suspects.append(suspect)
                    break

    def _open_pool(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._workers,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=tie_to_parent,
                initargs=(os.getpid(),),
            )
        return self._pool

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _crashed(job: PageJob) -> Fault:
    return Fault(
        "reader-died",
        Message(
            vi=f"{job.name} trang {job.ref.page}: tiến trình đọc bị ngắt {TRIES} lần; kiểm tra bộ nhớ rồi chạy lại",
            en=f"{job.name} page {job.ref.page}: the reading process died {TRIES} times; check memory and run again",
        ),
    )


# What follows runs in the reader process.

_opener: Opener | None = None
_reader: PageReader | None = None


def tie_to_parent(parent: int) -> None:
    """Tie this process's life to its parent's and keep each engine to one thread."""
    _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # the parent died before the tie was made
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for variable in ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[variable] = "1"


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def _read(job: PageJob) -> PageResult:
    from ocr.clean import clean
    from ocr.separators import find_separator

    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(PAGE_SECONDS)
    try:
        opener, reader = _tools()
        opened = opener.open_page(job.original, job.ref.page, job.name)
        if isinstance(opened, Quarantine):
            return opened
        if (sort := find_separator(opened.image)) is not None:
            return separator_sheet(job.ref, opened.width, opened.height, sort)
        return reader.read(clean(opened), job.ref, opened.width, opened.height)
    except DiachinhError:
        raise
    except TimeoutError:
        return Fault(
            "reading-timeout",
            Message(
                vi=f"{job.name} trang {job.ref.page}: đọc quá {PAGE_SECONDS} giây; chạy lại khi máy rảnh",
                en=f"{job.name} page {job.ref.page}: reading took over {PAGE_SECONDS} s; run again when idle",
            ),
        )
    except Exception as err:  # one bad page never stops its batch; the kind of error is kept, its text may hold names
        return Fault(
            "reading-fault",
            Message(
                vi=f"{job.name} trang {job.ref.page}: lỗi chương trình khi đọc ({where_of(err)}); báo người phát triển",
                en=f"{job.name} page {job.ref.page}: fault while reading ({where_of(err)}); report it",
            ),
        )
    finally:
        signal.alarm(0)
        # Pages differ in size, and what one leaves behind does not fit the next: 250 MiB with this, 650 without.
        _libc().malloc_trim(0)


def _tools() -> tuple[Opener, PageReader]:
    global _opener, _reader
    from ocr.open import Opener
    from ocr.read import PageReader

    if _opener is None:
        _opener = Opener().__enter__()
    if _reader is None:
        _reader = PageReader.default()
    return _opener, _reader


def where_of(err: BaseException) -> str:
    """Return the kind of an error and the line of ours nearest to it, without its text."""
    place, trace = "", err.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if "site-packages" not in code.co_filename:
            place = f" {Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return type(err).__name__ + place
