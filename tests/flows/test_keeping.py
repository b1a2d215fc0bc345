"""An office takes a batch back, brings it in again, loses its machine and goes on from its copies."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from databases import remove
from offices import Office

from store import layers
from store.cluster import WORKER, Cluster
from store.database import connect

FAULTS = ("lost_page", "unread_page", "torn_parcel", "broken_link")


@pytest.fixture(scope="module")
def scans(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch of one survey extract, a file that cannot be opened and one that is not there."""
    folder = tmp_path_factory.mktemp("lo")
    shutil.copy(next((made / "scans").rglob("trich_do*.pdf")), folder / "trích đo.pdf")
    (folder / "hỏng.pdf").write_bytes(b"%PDF-")
    (folder / "manifest.csv").write_text("file\nmất.pdf\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def bench(scans: Path) -> Iterator[Office]:
    """An office of its own that has digitised the batch."""
    home = Path(tempfile.mkdtemp(prefix="dc-"))
    desk = Office(home)
    try:
        assert desk.type("digitise", scans, "--plain").code == 5
        yield desk
    finally:
        Cluster(home).stop()
        remove(Cluster(home))


def exported(home: Path, batch_id: str | None = None) -> dict[str, list[object]]:
    """Return the rows of all exports."""
    with connect(Cluster(home).url(WORKER)) as conn:
        return {
            "entries": [(line.entry, line.file) for line in layers.entries(conn, batch_id=batch_id, reason="kiểm thử")],
            "pages": list(layers.pages(conn, batch_id=batch_id)),
            "parcels": list(layers.parcels(conn, batch_id=batch_id)),
            "missing": list(layers.missing(conn, batch_id=batch_id)),
        }


def counts(told: dict[str, list[object]]) -> dict[str, int]:
    return {what: len(rows) for what, rows in told.items()}


def faults(home: Path) -> list[str]:
    with psycopg.connect(Cluster(home).admin_url()) as conn:
        return [name for name in FAULTS if conn.execute(f"select from audit.{name}".encode()).fetchone() is not None]


def test_a_batch_is_taken_back_and_the_same_folder_brings_it_in_again(bench: Office, scans: Path) -> None:
    before = exported(bench.home)
    assert counts(before) == {"entries": 1, "pages": 2, "parcels": 1, "missing": 1}
    (batch_id,) = [line["batch_id"] for line in bench.type("status", "--json").json()]
    told = bench.type("batch", "withdraw", batch_id, "--json").json()
    assert (told["batch_id"], told["already"], told["entries"]) == (batch_id, False, 1)
    assert told["parcels"] == {"changed": 0, "withdrawn": 1}
    nothing = {"entries": 0, "pages": 0, "parcels": 0, "missing": 0}
    assert counts(exported(bench.home)) == counts(exported(bench.home, batch_id)) == nothing
    assert bench.type("batch", "withdraw", batch_id, "--json").json()["already"] is True
    assert "đã rút" in bench.type("status").out
    assert bench.type("digitise", scans, "--plain").code == 5
    assert exported(bench.home) == before
    assert faults(bench.home) == []


def test_a_batch_that_is_not_there_is_named(bench: Office) -> None:
    told = bench.type("batch", "withdraw", "0123456789abcdef", "--lang", "en")
    assert (told.code, "no batch 0123456789abcdef" in told.err) == (3, True)


def test_an_original_that_was_changed_lost_or_added_is_listed_and_the_code_is_5(bench: Office) -> None:
    root = bench.home / "originals"
    first, second = sorted(path for path in root.glob("??/??/*") if path.is_file())[:2]
    whole = {path: path.read_bytes() for path in (first, second)}
    first.chmod(0o600)
    first.write_bytes(whole[first][:-1] + b"?")
    second.unlink()
    (root / "lạ.pdf").write_bytes(b"?")
    try:
        told = bench.type("originals", "verify", "--json")
        found = told.json()
        assert told.code == 5
        assert (found["changed"], found["missing"], found["untracked"]) == ([first.name], [second.name], ["lạ.pdf"])
        said = bench.type("originals", "verify")
        assert said.code == 5
        assert all(name in said.err for name in (first.name, second.name, "lạ.pdf"))
    finally:
        (root / "lạ.pdf").unlink()
        for path, content in whole.items():
            path.unlink(missing_ok=True)
            path.write_bytes(content)
    assert bench.type("originals", "verify", "--json").json() == {
        "whole": len(list(root.glob("??/??/*"))),
        "changed": [],
        "missing": [],
        "untracked": [],
    }


def test_the_drill_a_lost_machine_goes_on_from_its_copies(bench: Office, tmp_path: Path) -> None:
    before = exported(bench.home)
    told = bench.type("db", "backup", tmp_path / "copy", "--json")
    assert told.code == 0, told.err
    assert told.json()["originals_absent"] == []
    assert bench.type("db", "restore", tmp_path / "copy").code == 3  # holds data
    home = Path(tempfile.mkdtemp(prefix="dc-"))
    desk = Office(home)
    try:
        restored = desk.type("db", "restore", tmp_path / "copy", "--json", "--lang", "en")
        assert restored.code == 0, restored.err
        assert restored.json()["rows"] == told.json()["rows"]
        assert len(restored.json()["originals_absent"]) == told.json()["originals"] > 0
        assert "originals verify" in restored.err
        shutil.copytree(bench.home / "originals", home / "originals")
        assert desk.type("originals", "verify").code == 0
        assert exported(home) == before
        assert faults(home) == []
    finally:
        Cluster(home).stop()
        remove(Cluster(home))


def test_what_is_no_copy_is_refused(bench: Office, tmp_path: Path) -> None:
    told = bench.type("db", "restore", tmp_path, "--lang", "en")
    assert (told.code, "is not a backup" in told.err) == (3, True)


def test_a_role_without_the_right_is_told_so(bench: Office, tmp_path: Path) -> None:
    consultant = Cluster(bench.home).url("diachinh_consultant")
    told = bench.type("export", "entries", tmp_path / "muc.jsonl", "--lang", "en", DIACHINH_DATABASE_URL=consultant)
    assert (told.code, "no right" in told.err) == (2, True)
    assert not (tmp_path / "muc.jsonl").exists()
