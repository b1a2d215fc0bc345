"""Where a command speaks: results on standard output, messages and progress on standard error."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from schemas.errors import Lang, Message
from schemas.settings import Settings


@dataclass(frozen=True, slots=True)
class Terminal:
    """The settings of a command and its two consoles."""

    settings: Settings
    out: Console
    err: Console

    @property
    def lang(self) -> Lang:
        """The language that messages are in."""
        return self.settings.lang

    def say(self, vi: str, en: str, *, style: str | None = None) -> None:
        """Print one message for the user."""
        self.tell(Message(vi, en), style=style)

    def tell(self, message: Message, *, style: str | None = None) -> None:
        """Print one message for the user."""
        self.err.print(message.say(self.lang), style=style, markup=False)

    def result(self, value: Any) -> None:
        """Print a result as one line of JSON."""
        self.out.file.write(json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n")
        self.out.file.flush()

    @contextmanager
    def bar(self, what: Message, total: int | None = None) -> Iterator[Callable[[int, int], None]]:
        """Show a progress bar while the block runs and yield the function that moves it to (done, of how many)."""
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=self.err,
            disable=not self.err.is_terminal,
        ) as progress:
            line = progress.add_task(what.say(self.lang), total=total)
            yield lambda done, of: progress.update(line, completed=done, total=of)
