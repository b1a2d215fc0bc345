"""Signs of a drawing or a document among the pieces of a page: labels strewn over a map, a passport's last lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ocr.layout import Piece

#: `ONT 12` · `125a` · `125/T/480` · `1.441,1`
_LABEL = re.compile(
    r"[A-Z]{1,3}(\+[A-Z]{1,3})* ?\d{1,4}[a-z]?"
    r"|\d{1,4}[a-z]?([/|\\⁄][A-ZĐƠƯ+]{1,8}[/|\\⁄]\d+)?"
    r"|\d{1,3}(\.\d{3})*,\d{1,2}"
)
_ZONE = re.compile(r"<.*<|\b[I1]D?VNM\d{5}")
_ALIGNED = 0.1  # share of all labels that may stand over each other by chance; more make a table's column


def plan_labels(pieces: Sequence[Piece]) -> int:
    """Return how many numbers of parcels and areas stand strewn, not in columns as in a table."""
    labels = [piece for piece in pieces if _LABEL.fullmatch(piece.text.strip(" .,()_-"))]
    allowed = max(2.0, _ALIGNED * len(labels))
    return sum(sum(_over(piece, other) for other in labels) - 1 <= allowed for piece in labels)


def has_machine_zone(pieces: Sequence[Piece]) -> bool:
    """Return whether a line for machines stands there: `IDVNM…<<<`, as on cards and in passports."""
    return any(_ZONE.search(piece.text.replace(" ", "")) for piece in pieces)


def _over(one: Piece, other: Piece) -> bool:
    return abs((one.left + one.right) - (other.left + other.right)) < one.height
