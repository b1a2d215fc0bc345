"""What the code on a separator sheet says."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.documents import Separator

#: The text of the QR code of each sort of sheet; printed sheets lie in offices for years, so these never change.
CODES: Mapping[Separator, str] = {
    "document": "DIACHINH/TACH/GIAY-TO",
    "dossier": "DIACHINH/TACH/HO-SO",
}
