"""A benchmark's data folder: nothing of it stays, whatever happens, and nobody else's is touched."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest

from benchmarks.private_home import private_home
from schemas.settings import Settings
from store.cluster import Cluster


def test_a_benchmark_that_fails_leaves_no_server_and_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIACHINH_HOME", "/srv/office")
    monkeypatch.setenv("DIACHINH_DATABASE_URL", "postgresql://office/diachinh")
    seen: list[Path] = []
    with pytest.raises(RuntimeError, match="half way"), private_home() as folder:
        own = Settings()
        assert (own.home, own.database_url) == (folder / "home", None)
        cluster = Cluster(own.home)
        cluster.start()
        database = cluster.folder
        assert database is not None
        server = psutil.Process(cluster.status().pid)
        assert _works(server)
        seen += [folder, database]
        raise RuntimeError("half way")
    assert not _works(server)
    assert not any(one.exists() for one in seen)
    assert os.environ["DIACHINH_HOME"] == "/srv/office"
    assert os.environ["DIACHINH_DATABASE_URL"] == "postgresql://office/diachinh"


def _works(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def test_a_folder_to_keep_stays_with_its_home(tmp_path: Path) -> None:
    with private_home(tmp_path / "kept") as folder:
        (folder / "home" / "note").write_text("read", encoding="utf-8")
    assert (tmp_path / "kept" / "home" / "note").read_text(encoding="utf-8") == "read"
