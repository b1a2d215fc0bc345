"""Small papers drawn for the tests: lines of text at places, with what each stretch is remembered by its box."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocr.clean import CleanPage

_FONTS = Path("/usr/share/fonts/truetype")
SERIF = _FONTS / "dejavu" / "DejaVuSerif.ttf"
SANS = _FONTS / "dejavu" / "DejaVuSans.ttf"


@dataclass
class Paper:
    """A white page at 200 dpi; `boxes` holds the ink box of every value by its name."""

    width: int
    height: int
    font: Path = SERIF
    ground: tuple[int, int, int] = (255, 255, 255)
    boxes: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)
    image: Image.Image = field(init=False)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (self.width, self.height), self.ground)

    def write(
        self,
        x: int,
        y: int,
        *parts: str | tuple[str, str],
        size: int = 26,
        ink: tuple[int, int, int] = (20, 20, 20),
        centred: bool = False,
    ) -> None:
        """Print the parts one after the other; a part (name, text) is remembered as that field's value."""
        pen = ImageDraw.Draw(self.image)
        font = ImageFont.truetype(str(self.font), size)
        texts = [part if isinstance(part, str) else part[1] for part in parts]
        at = x - font.getlength("".join(texts)) / 2 if centred else float(x)
        for part, text in zip(parts, texts, strict=True):
            pen.text((at, y), text, font=font, fill=ink)
            if not isinstance(part, str):
                left, top, right, bottom = pen.textbbox((at, y), text, font=font)
                self.boxes[part[0]] = (int(left), int(top), int(right), int(bottom))
            at += font.getlength(text)

    def rule(self, x0: int, y0: int, x1: int, y1: int) -> None:
        """Draw a thin black line."""
        ImageDraw.Draw(self.image).line((x0, y0, x1, y1), fill=(20, 20, 20), width=2)

    def clean(self) -> CleanPage:
        """Return the page as the cleaner would hand it on, the frame being the original's."""
        colour = np.asarray(self.image)[:, :, ::-1].copy()
        grey: NDArray[np.uint8] = np.asarray(self.image.convert("L")).copy()
        flat = np.clip(grey.astype(np.int16) + 255 - int(np.median(grey)), 0, 255).astype(np.uint8)
        return CleanPage(
            grey=flat,
            text=flat,
            colour=colour,
            to_original=np.eye(3),
            width=self.width,
            height=self.height,
            turn_deg=0,
            skew_deg=0.0,
            dpi=200.0,
            quality="clean",
            capture=None,
            copy_kind=None,
            blank=False,
        )
