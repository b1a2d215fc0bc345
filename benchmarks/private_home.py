"""A data folder that a benchmark has for itself, with what it starts in it; nothing of either stays behind."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.server import PrefectServer
from store.cluster import Cluster

_OTHERS = ("DIACHINH_DATABASE_URL", "PREFECT_API_URL")  # of a home that is not ours


@contextmanager
def private_home(keep: Path | None = None) -> Iterator[Path]:
    """Yield a folder whose `home` is the data folder of this process and of the commands that it types.

    At the end, also after a fault, the services of that home are stopped, and home and folder removed, wherever the
    database lies; a folder to `keep` stays with its home and database.
    """
    before = {name: os.environ.pop(name, None) for name in ("DIACHINH_HOME", *_OTHERS)}
    folder = Path(tempfile.mkdtemp(prefix="dc-")) if keep is None else keep.absolute()
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    if keep is None:
        folder.chmod(0o755)  # the server's account passes, so that the database lies here
    os.environ["DIACHINH_HOME"] = str(home)
    try:
        yield folder
    finally:
        PrefectServer(home).stop()
        cluster = Cluster(home)
        cluster.stop()
        outside = cluster.folder
        if keep is None:
            if outside is not None:
                shutil.rmtree(outside, ignore_errors=True)
            shutil.rmtree(folder)
        os.environ.pop("DIACHINH_HOME")
        os.environ.update({name: value for name, value in before.items() if value is not None})
