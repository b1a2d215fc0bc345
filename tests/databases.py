"""Fresh databases on a private PostGIS, and its removal."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from store.cluster import Cluster


@dataclass(frozen=True, slots=True)
class FreshDatabase:
    """A migrated database without rows, with the address of each login."""

    admin: str
    worker: str
    environment: str


FreshDatabases = Callable[[], AbstractContextManager[FreshDatabase]]


def remove(private: Cluster) -> None:
    """Stop a test's cluster and remove all of it, also where it lies outside its home."""
    folder = private.folder
    private.stop()
    if folder is not None:
        shutil.rmtree(folder)
    shutil.rmtree(private.home)
