"""R17: the serial in the name of a file or folder, against the one on the paper."""

from __future__ import annotations

import re

from cadastre.checking.papers import Paper
from cadastre.checking.redundancy import SettledArea
from schemas.errors import Message
from schemas.outcomes import Finding

#: `CU 123456-GCN.pdf`, `BA123456`, `Q 012345`, `AA 01234567`: not the `HS 280114` of a dossier, nor a date.
_SERIAL = re.compile(
    r"(?<![^\W_])(?:([A-ZĐ]|[A-D][A-ZĐ])[ _.-]?(\d{6})|([A-D][A-ZĐ])[ _.-]?(?!(?:19|20)\d{6})(\d{8}))(?![^\W_])"
)


def serials_in(path: str) -> tuple[str, ...]:
    """Return the certificate serials that the names of a file and its folders hold, as `CU 123456`."""
    return tuple(dict.fromkeys(f"{m[1] or m[3]} {m[2] or m[4]}" for m in _SERIAL.finditer(path)))


def file_names_serial(paper: Paper, _area: SettledArea) -> Finding | None:
    """R17 (domain.md 4): scans are often filed under the serial; another one there is a slip of filing or reading."""
    seen = paper.codes.get("serial")
    if paper.draft.kind != "gcn" or seen is None or seen.value is None:
        return None
    named = serials_in(paper.draft.given.file)
    if not named or seen.value in named:
        return None
    said = ", ".join(named)
    return Finding(
        "R17",
        "note",
        ("serial",),
        Message(
            f"Tên tệp hoặc thư mục ghi số phát hành {said}, trên giấy đọc được {seen.value}.",
            f"The name of the file or folder holds the serial {said}, the paper reads {seen.value}.",
        ),
    )
