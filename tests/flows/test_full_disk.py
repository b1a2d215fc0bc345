"""An export that finds the disk full says that, and nothing else."""

from __future__ import annotations

import errno
import os
import types
from pathlib import Path

import pytest
from databases import FreshDatabase
from desk_papers import CERTIFICATE, Desk

from flows.commands import exporting
from flows.exports import writing
from flows.national import workbook


def no_room(*_: object, **__: object) -> str:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("what", ["entries", "pages", "claims", "form"])
def test_a_full_disk_is_named_once_and_nothing_of_the_file_stays(
    database: FreshDatabase,
    tmp_path: Path,
    what: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk(tmp_path, database.worker)
    desk.take_in({"gcn.png": ("gcn", {**CERTIFICATE, "parcel_no": "125"}, [])})
    out = tmp_path / ("so.xlsx" if what == "form" else "ra.jsonl")
    monkeypatch.setattr(writing, "json", types.SimpleNamespace(dumps=no_room))
    monkeypatch.setattr(workbook, "_write_cell", no_room)
    code, _, said = desk.type(exporting.export, what, out, None, identity=None)
    assert (code, said) == (4, f"{out}: không ghi được (No space left on device); tệp cũ còn nguyên")
    assert caplog.messages == []
    assert not out.exists()
