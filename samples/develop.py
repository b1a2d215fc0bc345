"""Drawing a filing's papers, capturing their pages and writing the file or folder that holds them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from numpy.random import Generator
from PIL import Image

from samples import files
from samples.capture import Shot, shoot
from samples.chance import chance
from samples.filing import Filing, Job
from samples.paper import Face, Paper
from samples.truth import Landed
from samples.wear import Grade

_ENDINGS = {"pdf": ".pdf", "tiff": ".tif", "jpegs": ".jpg", "png": ".png"}


@dataclass(frozen=True, slots=True)
class Developed:
    """A paper with its images in their files; `orders` is each image's place in the paper's own order, from 1."""

    paper: Paper
    landed: tuple[Landed, ...]
    orders: tuple[int, ...]


def develop(root: Path, filing: Filing, grade: Grade, rng: Generator) -> list[Developed]:
    """Write the files of one filing under the batch's folder and return the papers where they landed."""
    papers: list[Paper] = []
    kept: list[tuple[int, Face, Shot, int]] = []
    for number, job in enumerate(filing.jobs):
        paper = job.draw()
        papers.append(_without_images(paper))
        for order, face, back in _images(paper, job):
            sideways = filing.container == "jpegs" and chance(rng, 0.2)
            shot = shoot(rng, face, back, filing.mode, grade, sideways)
            kept.append((number, replace(face, image=Image.new("L", (1, 1))), shot, order))
    for i in filing.swapped:
        kept[i], kept[i + 1] = kept[i + 1], kept[i]
    names = _write(root, filing, [shot for _, _, shot, _ in kept])
    landed = [
        (number, order, Landed(*name, (*face.name.split("|"),), face.printed_no, face.marks, shot))
        for (number, face, shot, order), name in zip(kept, names, strict=True)
    ]
    return [
        Developed(
            paper,
            tuple(image for n, _, image in landed if n == number),
            tuple(order for n, order, _ in landed if n == number),
        )
        for number, paper in enumerate(papers)
    ]


def _without_images(paper: Paper) -> Paper:
    return replace(paper, faces=())


def _images(paper: Paper, job: Job) -> list[tuple[int, Face, Face | None]]:
    """Return the images in file order: their place in the paper's order, the face, and the face behind it."""
    if job.spread == "none":
        backs = _backs(paper)
        return [(i + 1, face, back) for i, (face, back) in enumerate(zip(paper.faces, backs, strict=True))]
    one, two, three, four = paper.faces
    outer, inner = side_by_side(four, one), side_by_side(two, three)
    both: list[tuple[int, Face, Face | None]] = [(1, outer, inner), (2, inner, outer)]
    return both if job.spread == "outer_first" else both[::-1]


def _backs(paper: Paper) -> list[Face | None]:
    faces = paper.faces
    pairs = [i + 1 if i % 2 == 0 else i - 1 for i in range(len(faces))]
    return [faces[i] if 0 <= i < len(faces) and faces[i].name != "cover" else None for i in pairs]


def side_by_side(left: Face, right: Face) -> Face:
    """Return two pages as one image, as an opened certificate lies on the glass."""
    wide = left.image.width
    image = Image.new("RGB", (wide + right.image.width, left.image.height))
    image.paste(left.image, (0, 0))
    image.paste(right.image, (wide, 0))
    moved = tuple(
        replace(mark, box=(mark.box[0] + wide, mark.box[1], mark.box[2] + wide, mark.box[3])) for mark in right.marks
    )
    return Face(image, left.dpi, (*left.marks, *moved), f"{left.name}|{right.name}")


def _write(root: Path, filing: Filing, shots: Sequence[Shot]) -> list[tuple[str, str, int]]:
    """Write the shots and return file, hash and page of each."""
    ending = _ENDINGS[filing.container]
    single = filing.container in ("jpegs", "png")
    if single and len(shots) > 1:
        stems = [
            f"{filing.stem.rstrip('0123456789')}{_count(filing.stem) + i:0{_width(filing.stem)}d}"
            for i in range(len(shots))
        ]
        out = []
        for stem, shot in zip(stems, shots, strict=True):
            out += _write_one(root, stem + ending, [shot])
        return out
    return _write_one(root, filing.stem + ending, shots)


def _count(stem: str) -> int:
    tail = stem[len(stem.rstrip("0123456789")) :]
    return int(tail) if tail else 1


def _width(stem: str) -> int:
    return len(stem) - len(stem.rstrip("0123456789")) or 2


def _write_one(root: Path, name: str, shots: Sequence[Shot]) -> list[tuple[str, str, int]]:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if name.endswith(".pdf"):
        files.write_pdf(path, shots)
    elif name.endswith(".tif"):
        files.write_tiff(path, shots)
    elif name.endswith(".jpg"):
        files.write_jpeg(path, shots[0])
    else:
        files.write_png(path, shots[0])
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return [(name, digest, page + 1) for page in range(len(shots))]
