"""R6: the sheet that a paper names lies where its corners lie."""

from __future__ import annotations

from cadastre.checking.papers import Paper
from cadastre.checking.redundancy import SettledArea
from cadastre.ground.grid import place_corners
from cadastre.ground.nomenclature import frame_of
from schemas.errors import Message
from schemas.outcomes import Finding


def sheet_holds_corners(paper: Paper, _area: SettledArea) -> Finding | None:
    """R6 (domain.md 4, 6.4): a corner at least lies on the sheet whose nomenclature (`722575-6-(4)`) is printed."""
    seen = paper.codes.get("nomenclature")
    if seen is None or paper.survey is None or not paper.survey.corners:
        return None
    frames = [frame for name in seen.options if (frame := frame_of(name))]
    corners, _ = place_corners(paper.survey.corners, None)
    if not frames or any(frame.holds(corner.x, corner.y) for frame in frames for corner in corners):
        return None
    name = seen.value or seen.options[0]
    return Finding(
        "R6",
        "error",
        ("corners",),
        Message(
            f"Tọa độ góc ranh không nằm trong mảnh bản đồ {name} ghi trên giấy; "
            "có thể đọc sai tọa độ, sai danh pháp mảnh hoặc khác hệ tọa độ.",
            f"The corners do not lie on the map sheet {name} that the paper names; coordinates "
            "or sheet name may be misread, or the coordinate system is another.",
        ),
    )
