"""The real engines, made once for the tables' tests."""

from __future__ import annotations

import pytest

from ocr.engines.pair import Engines, default_engines
from schemas.documents import PageRef


@pytest.fixture(scope="session")
def engines() -> Engines:
    return default_engines()


@pytest.fixture
def ref() -> PageRef:
    return PageRef("0" * 64, 1)
