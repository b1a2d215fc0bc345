"""What goes wrong inside a Prefect task is told without the words of the fault."""

from __future__ import annotations

import pytest

from flows.tasks import StageFault, told_plainly
from schemas.errors import Unavailable


def test_a_fault_is_told_by_kind_and_place_only() -> None:
    def stage() -> None:
        raise ValueError("Nguyễn Văn An, CMND 205123456")

    with pytest.raises(StageFault) as caught:
        told_plainly(stage)()
    said = caught.value.message.vi + caught.value.message.en
    assert "ValueError" in said
    assert "test_tasks.py" in said
    assert "An" not in said
    assert "205" not in said
    assert caught.value.__cause__ is None


def test_an_error_of_ours_keeps_its_words() -> None:
    def stage() -> None:
        raise Unavailable(vi="mất kết nối", en="connection lost")

    with pytest.raises(Unavailable, match="connection lost"):
        told_plainly(stage)()
