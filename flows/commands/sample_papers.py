"""The command `samples make`: a batch of invented papers, for trials."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from flows.exit_codes import DONE
from flows.terminal import Terminal
from schemas.errors import BadInput, Message

Grade = Literal["clean", "worn", "bad"]


def samples_make(
    at: Terminal,
    out: Path,
    *,
    seed: int,
    parcels: int,
    grade: Grade,
    kinds: str | None,
    faults: float,
    mixed: int | None,
    as_json: bool,
) -> int:
    """Make a batch of invented papers with its truth."""
    from samples.make import make_samples

    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInput(
            vi=f"{out}: đã có dữ liệu; chọn thư mục mới", en=f"{out}: holds something already; choose a new folder"
        )
    with at.bar(Message("Dựng trang", "Making pages")) as tick:
        wanted: str | tuple[str, ...] | None = kinds if kinds in (None, "all") else tuple(kinds.split(","))
        made = make_samples(
            out,
            seed=seed,
            parcels=parcels,
            grade=grade,
            kinds=wanted,
            fault_share=faults,
            mixed=mixed,
            on_page=tick,
        )
    if as_json:
        at.result({"folder": str(made.scans), "truth": str(made.truth), "pages": made.pages})
    else:
        at.say(
            f"{made.scans}: {made.pages} trang. Tiếp theo: diachinh digitise {made.scans}",
            f"{made.scans}: {made.pages} pages. Next: diachinh digitise {made.scans}",
        )
    return DONE
