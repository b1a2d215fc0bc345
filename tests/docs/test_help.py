"""Every command's help teaches with an example that can be typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from flows.cli.words import app


def commands(command: Any, *words: str) -> Iterator[tuple[str, str]]:
    """The help of each command that can be typed, by its words."""
    inner = getattr(command, "commands", {})
    for name, one in inner.items():
        yield from commands(one, *words, name)
    if words and (not inner or command.invoke_without_command):
        yield " ".join(words), re.sub(r"\s+", " ", command.help or "")


ALL = dict(commands(get_command(app)))


@pytest.mark.parametrize("words", ALL)
def test_the_help_of_a_command_shows_how_it_is_typed(words: str) -> None:
    assert re.search(rf"example: *`?{re.escape('diachinh ' + words)}\b", ALL[words]), ALL[words]


def test_all_commands_of_the_contract_are_among_them():
    assert {"digitise", "reconcile", "missing", "questions export", "identity import", "db restore"} <= ALL.keys()
