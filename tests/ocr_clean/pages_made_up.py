"""Invented pages as paper and as scans of it, with the way from the one to the other known."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocr.open import OpenedPage

Pixels = NDArray[np.uint8]

PHRASE = "Thua dat so tai huyen thi tran thuoc ho gia dinh duoc cap nhat tai lieu do dac dia chinh khu pho"
WORDS = PHRASE.split()
#: A solid black block far larger than any letter: left, top, right, bottom on the paper.
BLOCK = (1650, 2300, 1770, 2380)


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan of a paper and the homography from the paper's points to the scan's."""

    pixels: Pixels
    from_paper: NDArray[np.float64]

    def block(self) -> NDArray[np.float64]:
        """Left, top, right, bottom of the block's image."""
        left, top, right, bottom = BLOCK
        corners = np.array([[[left, top]], [[right, top]], [[right, bottom]], [[left, bottom]]], np.float64)
        points = cv2.perspectiveTransform(corners, self.from_paper).reshape(-1, 2)
        return np.concatenate([points.min(axis=0), points.max(axis=0)])

    def opened(self, dpi: float | None = 300.0, *, bitonal: bool = False) -> OpenedPage:
        height, width = self.pixels.shape[:2]
        assumed = dpi or max(width, height) / 11.693
        return OpenedPage(self.pixels, width, height, assumed, dpi is not None, assumed, bitonal=bitonal)


def letter(size: int = 46) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def paper(*, lines: int = 24, block: bool = True, width: int = 2480, height: int = 3508) -> Pixels:
    """A sheet of A4 at 300 dpi with some lines of print, BGR."""
    sheet = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(sheet)
    for row in range(lines):
        words = " ".join(WORDS[(row * 7 + place) % len(WORDS)] for place in range(10))
        pen.text((260, 300 + 78 * row), words, font=letter(), fill=(25, 25, 25))
    if block:
        pen.rectangle((BLOCK[0], BLOCK[1], BLOCK[2] - 1, BLOCK[3] - 1), fill=(0, 0, 0))
    return np.ascontiguousarray(np.asarray(sheet)[:, :, ::-1])


def table(rows: int = 14) -> Pixels:
    """A ruled ledger page, A4 lying, mostly digits."""
    sheet = Image.new("RGB", (3508, 2480), "white")
    pen = ImageDraw.Draw(sheet)
    edges = (200, 500, 800, 1900, 2300, 2700, 3300)
    heads = ("To ban do", "Thua dat so", "Ten nguoi su dung, quan ly dat", "Doi tuong", "Dien tich", "Ghi chu")
    for row in range(rows + 2):
        pen.line((edges[0], 300 + 110 * row, edges[-1], 300 + 110 * row), fill=(40, 40, 40), width=4)
    for edge in edges:
        pen.line((edge, 300, edge, 300 + 110 * (rows + 1)), fill=(40, 40, 40), width=4)
    for place, head in enumerate(heads):
        pen.text((edges[place] + 15, 325), head, font=letter(40), fill=(20, 20, 20))
    for row in range(rows):
        cells = (str(3), str(101 + row), " ".join(WORDS[row : row + 4]), "GDC", f"{120 + 37 * row},5", "")
        for place, cell in enumerate(cells):
            pen.text((edges[place] + 15, 435 + 110 * row), cell, font=letter(44), fill=(20, 20, 20))
    return np.ascontiguousarray(np.asarray(sheet)[:, :, ::-1])


def scanned(page: Pixels, *, turn_deg: int = 0, fall_deg: float = 0.0, scale: float = 1.0) -> Scan:
    """Lay a page on the glass turned clockwise by quarters, and a little more, at `scale` times 300 dpi."""
    height, width = page.shape[:2]
    quarter = turned(width, height, turn_deg)
    size = (height, width) if turn_deg % 180 else (width, height)
    sin, cos = np.sin(np.radians(fall_deg)), np.cos(np.radians(fall_deg))
    middle = np.array([[1, 0, size[0] / 2], [0, 1, size[1] / 2], [0, 0, 1.0]])
    turn = middle @ np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1.0]]) @ np.linalg.inv(middle)
    way = np.diag([scale, scale, 1.0]) @ turn @ quarter
    return Scan(warped(page, way, (round(size[0] * scale), round(size[1] * scale)), (255, 255, 255)), way)


def photographed(page: Pixels, *, turn_deg: int = 0) -> Scan:
    """Photograph a page that lies on a dark table, at a slant and in falling light, the camera turned by quarters."""
    height, width = page.shape[:2]
    corners = np.array([[180, 150], [2010, 260], [2110, 2880], [90, 2760]], np.float32)
    sheet = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    way = cv2.getPerspectiveTransform(sheet, corners).astype(np.float64)
    picture = warped(page, way, (2250, 3000), (38, 44, 52))
    light = np.linspace(0.62, 1.0, 3000, dtype=np.float32)[:, None, None] * np.array([0.86, 0.95, 1.0], np.float32)
    grain = np.random.default_rng(5).normal(0, 2.0, picture.shape)
    pixels = np.clip(picture * light + grain, 0, 255).astype(np.uint8)
    return Scan(np.ascontiguousarray(np.rot90(pixels, -turn_deg // 90)), turned(2250, 3000, turn_deg) @ way)


def turned(width: int, height: int, turn_deg: int) -> NDArray[np.float64]:
    """The way from a picture's points to those of the picture turned clockwise by quarters."""
    if turn_deg == 90:
        return np.array([[0, -1, height], [1, 0, 0], [0, 0, 1.0]])
    if turn_deg == 180:
        return np.array([[-1, 0, width], [0, -1, height], [0, 0, 1.0]])
    return np.array([[0, 1, 0], [-1, 0, width], [0, 0, 1.0]]) if turn_deg == 270 else np.eye(3)


def warped(page: Pixels, way: NDArray[np.float64], size: tuple[int, int], around: tuple[int, int, int]) -> Pixels:
    centre = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])
    matrix = np.linalg.inv(centre) @ way @ centre
    return cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_AREA, borderValue=around).astype(np.uint8)


def bitonal(page: Pixels) -> Pixels:
    return np.where(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY) < 128, 0, 255).astype(np.uint8)
