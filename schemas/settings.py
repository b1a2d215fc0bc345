"""Settings from the environment; nothing is read at import."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What may differ from office to office, by environment variables named DIACHINH_…"""

    model_config = SettingsConfigDict(env_prefix="DIACHINH_", frozen=True)

    home: Path = Field(
        default_factory=lambda: user_data_path("diachinh", appauthor=False),
        description="Data folder: originals, private database, Prefect's files.",
    )
    database_url: SecretStr | None = Field(
        default=None, description="PostGIS to use; without it a private one is started in the data folder."
    )
    lang: Literal["vi", "en"] = Field(default="vi", description="Language of messages.")
    workers: int = Field(
        default_factory=lambda: max(1, len(os.sched_getaffinity(0))), ge=1, description="Pages read at the same time."
    )
    pages_per_task: int = Field(default=25, ge=1, le=100, description="Pages in one Prefect task.")
    lease_seconds: int = Field(default=90, ge=5, description="A run that gave no sign for so long is taken as dead.")
