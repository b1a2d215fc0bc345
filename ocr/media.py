"""Tell a file's kind from its first bytes; the ending of its name decides nothing."""

from __future__ import annotations

from typing import Literal

from schemas.documents import MediaType

_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_TIFFS = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")


def sniff(head: bytes) -> MediaType | Literal["archive", "not-a-scan"]:
    """Return the kind by the first 1,024 bytes; a PDF may have other bytes before its header."""
    if head.startswith(_TIFFS):
        return "tiff"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(_ARCHIVES) or head[257:262] == b"ustar":
        return "archive"
    return "pdf" if b"%PDF-" in head else "not-a-scan"
