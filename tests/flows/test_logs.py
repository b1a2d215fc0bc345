"""The log never holds an identity number."""

from __future__ import annotations

from pathlib import Path

from flows.logs import mask, start_log


def test_identity_numbers_are_masked_and_hashes_are_not() -> None:
    assert mask("CCCD 049085012345, CMND 205123456") == "CCCD ••••••••••••, CMND •••••••••"
    assert mask("sha ab123456789012cd") == "sha ab123456789012cd"
    assert mask("13 chữ số 2033520001234") == "13 chữ số 2033520001234"


def test_what_is_logged_is_masked_in_the_file(tmp_path: Path) -> None:
    start_log(tmp_path).info("page failed", note="số 205123456", page=3)
    written = (tmp_path / "logs" / "diachinh.log").read_text(encoding="utf-8")
    assert "205123456" not in written
    assert '"page": 3' in written
