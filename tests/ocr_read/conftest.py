"""The engines start slowly; one pair serves all tests of this folder."""

from __future__ import annotations

import pytest

from ocr.engines.pair import Engines, default_engines
from ocr.forms import load_forms
from ocr.read import PageReader


@pytest.fixture(scope="session")
def engines() -> Engines:
    return default_engines()


@pytest.fixture(scope="session")
def reader(engines: Engines) -> PageReader:
    return PageReader(engines, load_forms())
