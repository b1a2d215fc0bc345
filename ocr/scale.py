"""At what resolution a page was taken, where the file does not say or says what cannot be."""

from __future__ import annotations

from collections.abc import Sequence

from ocr.traces import LOOK_DPI, Segment

_INCHES = 25.4
_A4_LONG_MM = 297.0
#: Long sides of the papers we meet: A4, A3, a certificate's page and its spread.
_LONG_SIDES_MM = (297.0, 420.0, 265.0, 380.0)
_USUAL_DPI = (300.0, 200.0, 400.0, 600.0, 150.0, 240.0, 250.0, 100.0)
_LIKE = 0.006
#: The x-band of 12 to 13 pt print in pixels at LOOK_DPI, and what is still ordinary print.
_BAND, _BAND_ORDINARY = 11.0, (7.5, 17.0)
#: A ledger's print in an A3 sheet that is taken for A4 stays below this.
_BAND_A3 = 8.0


def guessed_dpi(long_side_pixels: float) -> tuple[float, bool]:
    """Return a resolution for a page without one, and whether a usual paper at a usual resolution explains it."""
    for dpi in _USUAL_DPI:
        for side in _LONG_SIDES_MM:
            if abs(long_side_pixels / (side / _INCHES * dpi) - 1) < _LIKE:
                return dpi, True
    return a4_dpi(long_side_pixels), False


def a4_dpi(long_side_pixels: float) -> float:
    """Return the resolution that the page has if it is A4."""
    return long_side_pixels / (_A4_LONG_MM / _INCHES)


def dpi_by_print(dpi: float, runs: Sequence[Segment], *, whole_sheet: bool) -> float:
    """Correct a guessed resolution by the size of the print.

    A whole sheet was guessed to be A4: small print then says A3. A picture of unknown extent may be anything, but
    titles are large and capitals fill their band, so it is made smaller only where all of many lines are large.
    """
    bands = sorted(run.band for run in runs)
    if len(bands) < 5:
        return dpi
    middle, smaller = bands[len(bands) // 2], bands[len(bands) // 4]
    if whole_sheet:
        return dpi / 2**0.5 if middle < _BAND_A3 else dpi
    if middle < _BAND_ORDINARY[0]:
        return dpi * middle / _BAND
    return dpi * smaller / _BAND if smaller > _BAND_ORDINARY[1] and len(bands) > 12 else dpi


def look_scale(dpi: float) -> float:
    """Return by what a page is scaled to be looked at as a whole."""
    return LOOK_DPI / dpi
