"""The errors that cross a border, each with what, where and what next in both languages.

DiachinhError
├── BadInput        what was handed in is at fault     exit 3
├── Unavailable     something needed is missing or down exit 4
└── Misconfigured   a setting or an argument is wrong   exit 2
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

Lang = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for a user, in Vietnamese and in English, without personal data."""

    vi: str
    en: str

    def say(self, lang: Lang) -> str:
        """Return the sentence in that language."""
        return self.vi if lang == "vi" else self.en


class DiachinhError(Exception):
    """The root: carries a two-language message and the exit code of contract.md."""

    exit_code: ClassVar[int] = 1

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.message = Message(vi, en)


class BadInput(DiachinhError):
    """What was handed in is at fault; it is named and nothing is lost."""

    exit_code = 3


class Unavailable(DiachinhError):
    """A program, service or database that is needed is missing or down."""

    exit_code = 4


class Misconfigured(DiachinhError):
    """A setting or an argument cannot be used."""

    exit_code = 2
