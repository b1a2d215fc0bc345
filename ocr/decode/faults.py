"""How the decoder refuses, and the messages that C libraries print while it works."""

from __future__ import annotations

import os
import re

#: What libtiff and libjpeg say of files that are whole: private tags, or junk between the head's markers.
_HARMLESS = re.compile(
    r"unknown field with tag|wrong data type \d+ for|tags are not sorted|incorrect count for \"|"
    r"ASCII value for tag|null count for \"|ignoring|"
    r"extraneous bytes before marker 0x(?!d[0-9])",
    re.IGNORECASE,
)


class Refused(Exception):
    """The page or file cannot be taken as good; `code` is one of ocr/refusals.py."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Murmurs:
    """Collects what C libraries write to standard error, so that a warning is not lost."""

    def __init__(self) -> None:
        self._memory = os.memfd_create("murmurs", os.MFD_CLOEXEC)
        os.dup2(self._memory, 2)

    def clear(self) -> None:
        """Forget what was said before."""
        os.ftruncate(self._memory, 0)
        os.lseek(self._memory, 0, os.SEEK_SET)

    def said(self) -> str:
        """Return the first lines said since `clear` that mean damage."""
        text = os.pread(self._memory, 4096, 0).decode(errors="replace")
        return "\n".join(line for line in text.splitlines() if line.strip() and not _HARMLESS.search(line))
