"""The program's log: JSON lines in the data folder, with what may be an identity number masked."""

from __future__ import annotations

import logging
import logging.handlers
import re
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

from schemas.errors import Misconfigured

_NUMBER = re.compile(r"(?<![0-9A-Fa-f])\d{9}(?:\d{3})?(?![0-9A-Fa-f])")
"""Nine or twelve digits on their own: a CMND or a CCCD (domain.md 3.5); part of a hash is not one."""


def mask(text: str) -> str:
    """Return the text with every digit of a possible identity number as `•`."""
    return _NUMBER.sub(lambda match: "•" * len(match.group()), text)


def _masked(_logger: object, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = mask(value)
    return event


def start_log(home: Path) -> structlog.stdlib.BoundLogger:
    """Return the logger that writes to `<home>/logs/diachinh.log`, at most five files of 5 MB."""
    folder = home / "logs"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as err:
        raise Misconfigured(
            vi=f"DIACHINH_HOME={home}: không tạo được thư mục dữ liệu ({err.strerror}); chọn thư mục khác",
            en=f"DIACHINH_HOME={home}: the data folder cannot be made ({err.strerror}); choose another",
        ) from err
    logger = logging.getLogger("diachinh")
    if not logger.handlers:
        logger.addHandler(
            logging.handlers.RotatingFileHandler(
                folder / "diachinh.log", maxBytes=5_000_000, backupCount=4, encoding="utf-8"
            )
        )
        logger.setLevel(logging.INFO)
        logger.propagate = False
    bound: structlog.stdlib.BoundLogger = structlog.wrap_logger(
        logger,
        wrapper_class=structlog.stdlib.BoundLogger,
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _masked,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    return bound
