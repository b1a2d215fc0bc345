"""Separator sheets to print: laid between papers before a stack goes through a feeder, they cut it for certain."""

from __future__ import annotations

from pathlib import Path

from flows.exports.writing import whole_or_nothing
from flows.terminal import Terminal
from samples.separator_sheet import DPI, draw_sheet
from schemas.separators import CODES


def separators(at: Terminal, out: Path, count: int, *, as_json: bool) -> int:
    """Write a PDF of A4 sheets: `count` for papers, then as many for dossiers; returns the exit code."""
    drawn = {sort: draw_sheet(sort) for sort in CODES}
    pages = [drawn[sort] for sort in CODES for _ in range(count)]
    with whole_or_nothing(out) as partial:
        pages[0].save(partial, "PDF", resolution=DPI, save_all=True, append_images=pages[1:])
    if as_json:
        at.result({"file": str(out), "sheets": dict.fromkeys(CODES, count)})
    else:
        at.say(
            f"{out}: {count} tờ ngăn giấy tờ, {count} tờ ngăn hồ sơ. In ra giấy A4, không thu nhỏ quá nửa",
            f"{out}: {count} sheets for papers, {count} for dossiers. Print on A4, no smaller than half size",
        )
    return 0
