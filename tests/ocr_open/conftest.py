from __future__ import annotations

from collections.abc import Iterator

import pytest

from ocr.open import Opener


@pytest.fixture(scope="session")
def opener() -> Iterator[Opener]:
    with Opener() as shared:
        yield shared
