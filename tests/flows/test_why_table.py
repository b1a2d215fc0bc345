"""How `diachinh why` lays out what papers say, on a wide screen and on a narrow one."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from flows.commands.why_table import Row, print_rows

FILE = "Xã Phước Mỹ/Sổ địa chính/Quyen 4.pdf trang 5 dòng 1"
ROWS = (
    Row("Diện tích (m²)", "✓ 600,4", f"Sổ địa chính 2003 · {FILE}", "sổ địa chính [cadastral-register]", ""),
    Row("", "– 613", "Sổ mục kê 299 · smk.tif trang 1 dòng 7", "đứng sau: sổ địa chính", "dim"),
)


def shown(width: int) -> list[str]:
    out = StringIO()
    print_rows(Console(file=out, width=width, soft_wrap=True, highlight=False), ROWS)
    return out.getvalue().splitlines()


def test_on_a_narrow_screen_a_claim_is_a_line_and_no_file_name_is_cut() -> None:
    assert shown(80) == [
        "Diện tích (m²)",
        f"  ✓ 600,4 · Sổ địa chính 2003 · {FILE} · sổ địa chính [cadastral-register]",
        "  – 613 · Sổ mục kê 299 · smk.tif trang 1 dòng 7 · đứng sau: sổ địa chính",
    ]


def test_on_a_wide_screen_claims_stand_in_columns() -> None:
    first, second = (line for line in shown(200) if line.strip())
    assert first.startswith("Diện tích (m²)  ✓ 600,4")
    assert second.index("– 613") == first.index("✓ 600,4")
