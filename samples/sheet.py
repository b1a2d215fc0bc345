"""A page being drawn, in millimetres, that remembers where each field was printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from PIL import Image, ImageDraw

from samples.fonts import Face

Ink = tuple[int, int, int]
BLACK: Ink = (28, 26, 30)
FloatBox = tuple[float, float, float, float]


PAGE_WIDE = -1


@dataclass(frozen=True, slots=True)
class Mark:
    """A field's text and its ink's box in pixels of the drawn page.

    `entry` is the index of the entry in its paper, None for a value of all its entries.
    A mark of all entries of one page has `PAGE_WIDE` until `spread_marks` gives it to each of them.
    A corner's cells are named `corners.no.I`, `corners.x.I`, `corners.y.I`, `corners.edge.I`, I counting
    printed rows from 0.
    """

    entry: int | None
    name: str
    text: str
    box: FloatBox


def spread_marks(marks: Sequence[Mark], entries: Sequence[int]) -> tuple[Mark, ...]:
    """Return the marks with those of the whole page given to each of its entries."""
    out: list[Mark] = []
    for mark in marks:
        out += [replace(mark, entry=entry) for entry in entries] if mark.entry == PAGE_WIDE else [mark]
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `name` is the field that it prints, if any, or several with blanks between.

    Filled into a preprinted form it may have letters of its own, stand off the line, and have dots under it.
    """

    text: str
    name: str | None = None
    bold: bool = False
    italic: bool = False
    ink: Ink | None = None
    face: Face | None = None
    lift_mm: float = 0.0
    dotted: bool = False


def say(name: str, text: str, *, bold: bool = False) -> Run:
    """Return a run that prints a field."""
    return Run(text, name, bold)


@dataclass(slots=True)
class Sheet:
    """An RGB image with a resolution; positions in mm from the top left, text on its baseline."""

    image: Image.Image
    dpi: int
    face: Face
    size_pt: float = 12.0
    ink: Ink = BLACK
    entry: int | None = None
    marks: list[Mark] = field(default_factory=list)

    @property
    def draw(self) -> ImageDraw.ImageDraw:
        """Return the pen of the image."""
        return ImageDraw.Draw(self.image)

    @property
    def width_mm(self) -> float:
        """Return the page's width."""
        return self.image.width / self.dpi * 25.4

    @property
    def height_mm(self) -> float:
        """Return the page's height."""
        return self.image.height / self.dpi * 25.4

    def px(self, mm: float) -> float:
        """Return millimetres in pixels."""
        return mm * self.dpi / 25.4

    def _face(self, run: Run) -> Face:
        face = run.face or self.face
        return replace(face, bold=face.bold or run.bold, italic=face.italic or run.italic)

    def width(self, run: Run | str, size_pt: float | None = None) -> float:
        """Return the advance of a run in mm."""
        run = Run(run) if isinstance(run, str) else run
        font = self._face(run).at(self._size_px(size_pt), run.text)
        return float(font.getlength(run.text)) / self.dpi * 25.4

    def _size_px(self, size_pt: float | None) -> int:
        return max(6, round((size_pt or self.size_pt) * self.dpi / 72))

    def text(self, x: float, y: float, run: Run | str, *, size_pt: float | None = None, anchor: str = "l") -> float:
        """Print a run with its baseline at y and return the x where it ends; anchor `l`, `m` or `r`."""
        run = Run(run) if isinstance(run, str) else run
        if not run.text:
            return x
        font = self._face(run).at(self._size_px(size_pt), run.text)
        at = (self.px(x), self.px(y - run.lift_mm))
        pen = self.draw
        pen.text(at, run.text, font=font, fill=run.ink or self.ink, anchor=f"{anchor}s")
        if run.name and run.text.strip():
            box = pen.textbbox(at, run.text, font=font, anchor=f"{anchor}s")
            self.marks += [Mark(self.entry, name, run.text, box) for name in run.name.split(" ")]
        length = self.width(run, size_pt)
        if run.dotted:
            left = x - {"l": 0.0, "m": length / 2, "r": length}[anchor]
            self.dots(left, left + length, y)
        return x + {"l": length, "m": length / 2, "r": 0.0}[anchor]

    def paragraph(
        self,
        x: float,
        y: float,
        width: float,
        runs: Sequence[Run | str],
        *,
        size_pt: float | None = None,
        leading: float = 1.25,
        indent: float = 0.0,
    ) -> float:
        """Set runs as wrapped lines and return the baseline of the line after them."""
        step = (size_pt or self.size_pt) * 25.4 / 72 * leading
        at = x + indent
        line: list[Run] = []
        for unit in _units(runs):
            length = sum(self.width(run, size_pt) for run in unit)
            if line and at + length > x + width:
                self._line(x + indent, y, line, size_pt, x + width)
                indent, y, at, line = 0.0, y + step, x, []
            line += unit
            at += length
        self._line(x + indent, y, line, size_pt, x + width)
        return y + step

    def _line(self, x: float, y: float, line: Sequence[Run], size_pt: float | None, end: float) -> None:
        """Print one line; dots under its last run go on to `end`."""
        tidy = _joined(line)
        for run in tidy:
            x = self.text(x, y, run, size_pt=size_pt)
        if tidy and tidy[-1].dotted and x < end:
            self.dots(x, end, y)

    def centred(self, y: float, run: Run | str, *, size_pt: float | None = None, x: float | None = None) -> None:
        """Print a run in the middle of the page, or around x."""
        self.text(self.width_mm / 2 if x is None else x, y, run, size_pt=size_pt, anchor="m")

    def rule(self, x0: float, y0: float, x1: float, y1: float, weight_mm: float = 0.2, ink: Ink | None = None) -> None:
        """Draw a straight line."""
        weight = max(1, round(self.px(weight_mm)))
        self.draw.line((self.px(x0), self.px(y0), self.px(x1), self.px(y1)), fill=ink or self.ink, width=weight)

    def frame(self, x0: float, y0: float, x1: float, y1: float, weight_mm: float = 0.2, ink: Ink | None = None) -> None:
        """Draw a rectangle."""
        for a, b, c, d in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            self.rule(a, b, c, d, weight_mm, ink)

    def dots(self, x0: float, x1: float, y: float) -> None:
        """Draw a dotted leader on the baseline, as preprinted forms have under typed values."""
        pen, step, r = self.draw, self.px(1.1), max(0.5, self.px(0.11))
        at = self.px(x0)
        while at < self.px(x1):
            pen.ellipse((at - r, self.px(y + 0.6) - r, at + r, self.px(y + 0.6) + r), fill=self.ink)
            at += step


def _units(runs: Sequence[Run | str]) -> list[list[Run]]:
    """Cut runs where a line may break: after blanks, which stay at the end of a unit."""
    units: list[list[Run]] = [[]]
    for run in (Run(r) if isinstance(r, str) else r for r in runs):
        parts = run.text.split(" ")
        for part in parts[:-1]:
            units[-1].append(replace(run, text=part + " "))
            units.append([])
        if parts[-1]:
            units[-1].append(replace(run, text=parts[-1]))
    return [unit for unit in units if unit]


def _joined(line: Sequence[Run]) -> list[Run]:
    """Join neighbours of one look and field, and drop the blanks at the end of a field or line."""
    out: list[Run] = []
    for run in line:
        if out and replace(out[-1], text="") == replace(run, text=""):
            out[-1] = replace(out[-1], text=out[-1].text + run.text)
        else:
            out.append(run)
    tidy: list[Run] = []
    for i, run in enumerate(out):
        bare = run.text.rstrip(" ")
        blanks = run.text[len(bare) :] if i + 1 < len(out) else ""
        tidy += [replace(run, text=bare)] if bare else []
        tidy += [Run(blanks)] if blanks else []
    return tidy


def blank_sheet(width_mm: float, height_mm: float, dpi: int, face: Face, paper: Ink = (252, 251, 247)) -> Sheet:
    """Return an empty page of that size."""
    size = (round(width_mm * dpi / 25.4), round(height_mm * dpi / 25.4))
    return Sheet(Image.new("RGB", size, paper), dpi, face)
