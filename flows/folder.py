"""A batch is a folder: which files lie in it, and what its manifest says of them (contract.md, In)."""

from __future__ import annotations

import csv
import io
import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import get_args

from schemas.documents import Given, Kind
from schemas.errors import BadInput, Message
from schemas.outcomes import Quarantine

SCAN_ENDINGS = frozenset({".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png"})
ARCHIVE_ENDINGS = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz"})
MANIFEST = "manifest.csv"
COLUMNS = ("file", "unit_code", "unit_date", "kind", "container", "declared_pages", "custodian", "replaces")


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file of a batch: its path inside the folder, what is said of it, and why it is not opened if so."""

    path: Path
    given: Given
    refused: Quarantine | None = None


@dataclass(frozen=True, slots=True)
class BatchFolder:
    """A folder as it was found: its files in order, the manifest's absent files, and what was wrong with it."""

    root: Path
    files: tuple[Incoming, ...]
    absent: tuple[Given, ...]
    faults: tuple[Message, ...]


def look_into(root: Path) -> BatchFolder:
    """Return what lies in a batch folder; raises BadInput where it is no folder, unreadable or holds no scan."""
    if not root.is_dir():
        raise BadInput(
            vi=f"{root}: không phải thư mục. Đưa vào một thư mục chứa bản quét",
            en=f"{root}: not a folder. Hand in a folder that holds scans",
        )
    rows, faults = read_manifest(root / MANIFEST) if (root / MANIFEST).exists() else ({}, ())
    incoming, walk_faults = _walk(root, rows)
    if not incoming and not rows:
        raise BadInput(
            vi=f"{root}: không có tệp .pdf .tif .jpg .png nào. Kiểm tra lại thư mục",
            en=f"{root}: no .pdf .tif .jpg .png file in it. Check the folder",
        )
    found = {_same_name(item.given.file) for item in incoming}
    absent = tuple(given for name, given in sorted(rows.items()) if name not in found)
    return BatchFolder(root, tuple(incoming), absent, (*faults, *walk_faults))


def _walk(root: Path, rows: Mapping[str, Given]) -> tuple[list[Incoming], list[Message]]:
    unreadable: list[Message] = []

    def refused_folder(err: OSError) -> None:
        where = shown(os.path.relpath(err.filename, root))
        unreadable.append(
            Message(
                vi=f"{where}: không đọc được thư mục. Cấp quyền đọc rồi chạy lại",
                en=f"{where}: the folder cannot be read. Grant read permission and run again",
            )
        )

    found: list[Incoming] = []
    inside = root.resolve()
    for folder, subfolders, names in os.walk(root, onerror=refused_folder):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        linked = [name for name in subfolders if (Path(folder) / name).is_symlink()]
        for name in sorted([*names, *linked]):
            path = Path(folder) / name
            if name.startswith(".") or (path.parent == root and name == MANIFEST):
                continue
            ending = path.suffix.lower()
            listed = rows.get(_same_name(path.relative_to(root).as_posix()))
            if ending in SCAN_ENDINGS or ending in ARCHIVE_ENDINGS or listed or name in linked:
                found.append(_incoming(path, root, inside, listed))
    return sorted(found, key=lambda item: item.given.file), unreadable


def _incoming(path: Path, root: Path, inside: Path, listed: Given | None) -> Incoming:
    # a name that is not UTF-8 is kept readable, its stray bytes escaped
    name = path.relative_to(root).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")
    container = PurePosixPath(name).parent.as_posix()
    given = replace(listed, file=name) if listed else Given(file=name)
    if given.container is None and container != ".":
        given = replace(given, container=container)
    return Incoming(path, given, _refusal(path, inside))


def _refusal(path: Path, inside: Path) -> Quarantine | None:
    if path.is_symlink():
        try:
            target = path.resolve(strict=True)
        except (OSError, RuntimeError):
            target = None
        if target is None or not target.is_relative_to(inside) or not target.is_file():
            return Quarantine(
                "symlink",
                Message(
                    vi="liên kết trỏ ra ngoài thư mục hoặc bị hỏng nên không mở; chép tệp thật vào thư mục",
                    en="a link that leaves the folder or leads nowhere is not followed; copy the file itself in",
                ),
            )
    if path.suffix.lower() in ARCHIVE_ENDINGS:
        return Quarantine(
            "archive",
            Message(
                vi="tệp nén không được mở; giải nén vào thư mục rồi chạy lại",
                en="an archive is not opened; unpack it into the folder and run again",
            ),
        )
    if not path.is_file():
        return Quarantine(
            "not-a-file", Message(vi="không phải tệp thường nên không mở", en="not a regular file, so not opened")
        )
    return None


def read_manifest(path: Path) -> tuple[dict[str, Given], tuple[Message, ...]]:
    """Return the manifest's usable rows by file name (NFC) and what was wrong with the others."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return {}, (
            Message(
                vi="manifest.csv: không phải UTF-8 nên không dùng. Lưu lại bằng «CSV UTF-8»",
                en="manifest.csv: not UTF-8, so not used. Save it again as CSV UTF-8",
            ),
        )
    except OSError:
        return {}, (
            Message(
                vi="manifest.csv: không đọc được. Cấp quyền đọc", en="manifest.csv: cannot be read. Grant permission"
            ),
        )
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    faults: list[Message] = []
    rows: dict[str, Given] = {}
    conflicting: set[str] = set()
    try:
        heads = [head.strip() for head in reader.fieldnames or []]
        reader.fieldnames = heads
        faults += _head_faults(heads)
        if "file" not in heads:
            return {}, tuple(faults)
        for line, row in enumerate(reader, start=2):
            given = _row(line, row, faults)
            if given is None:
                continue
            name = _same_name(given.file)
            if name in rows and rows[name] != given:
                conflicting.add(name)
            elif name in rows:
                faults.append(_twice(line, given.file, same=True))
            rows.setdefault(name, given)
    except csv.Error as err:
        faults.append(
            Message(
                vi=f"manifest.csv dòng {reader.line_num}: không phải CSV hợp lệ ({err}); các dòng sau không dùng",
                en=f"manifest.csv line {reader.line_num}: not valid CSV ({err}); the rows after it are not used",
            )
        )
    for name in sorted(conflicting):
        del rows[name]
        faults.append(_twice(None, name, same=False))
    return rows, tuple(faults)


def _head_faults(heads: list[str]) -> Iterable[Message]:
    unknown = [head for head in heads if head not in COLUMNS]
    known = ", ".join(COLUMNS)
    if unknown:
        names = ", ".join(shown(head) for head in unknown)
        yield Message(
            vi=f"manifest.csv: cột không biết: {names}; không dùng. Các cột được dùng: {known}",
            en=f"manifest.csv: unknown columns: {names}; not used. The columns are: {known}",
        )
    if "file" not in heads:
        yield Message(
            vi="manifest.csv: thiếu cột file nên không dùng được dòng nào",
            en="manifest.csv: the column file is missing, so no row can be used",
        )


def _row(line: int, row: Mapping[str | None, str | list[str] | None], faults: list[Message]) -> Given | None:
    """Return what one row says; a cell that cannot be used is left out and named."""
    cells = {key: value.strip() for key, value in row.items() if isinstance(key, str) and isinstance(value, str)}
    name = cells.get("file", "")
    if not name or PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
        faults.append(_bad_cell(line, "file", name, "đường dẫn bên trong thư mục", "a path inside the folder"))
        return None
    good: dict[str, str] = {}
    checks = {
        "unit_code": (_is_code, "mã xã 5 chữ số", "a 5-digit commune code"),
        "unit_date": (_is_date, "ngày YYYY-MM-DD", "a date YYYY-MM-DD"),
        "kind": (lambda text: text in get_args(Kind), "một loại giấy trong contract", "a kind of the contract"),
        "declared_pages": (lambda text: text.isascii() and text.isdigit(), "số trang", "a number of pages"),
    }
    for column in COLUMNS[1:]:
        text = cells.get(column, "")
        if not text:
            continue
        check, vi, en = checks.get(column, (lambda _: True, "", ""))
        if check(text):
            good[column] = text
        else:
            faults.append(_bad_cell(line, column, text, vi, en))
    kind = next((kind for kind in get_args(Kind) if kind == good.get("kind")), None)
    declared = good.get("declared_pages")
    return Given(
        file=name.removeprefix("./"),
        unit_code=good.get("unit_code"),
        unit_date=good.get("unit_date"),
        kind=kind,
        container=good.get("container"),
        declared_pages=int(declared) if declared else None,
        custodian=good.get("custodian"),
        replaces=good.get("replaces"),
    )


def _bad_cell(line: int, column: str, text: str, vi: str, en: str) -> Message:
    return Message(
        vi=f"manifest.csv dòng {line}: cột {column} là «{shown(text)}», phải là {vi}; ô này không dùng",
        en=f"manifest.csv line {line}: column {column} is «{shown(text)}», must be {en}; the cell is not used",
    )


def _twice(line: int | None, name: str, *, same: bool) -> Message:
    if same:
        return Message(
            vi=f"manifest.csv dòng {line}: tệp «{shown(name)}» đã có ở dòng trước, giống hệt; bỏ qua dòng này",
            en=f"manifest.csv line {line}: the file «{shown(name)}» stands in an earlier row, the same; row skipped",
        )
    return Message(
        vi=f"manifest.csv: tệp «{shown(name)}» có nhiều dòng khác nhau; không dùng dòng nào. Giữ lại một dòng",
        en=f"manifest.csv: the file «{shown(name)}» has rows that differ; none is used. Keep one row",
    )


def _is_code(text: str) -> bool:
    return len(text) == 5 and text.isascii() and text.isdigit()


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


def _same_name(name: str) -> str:
    """Return the name that two spellings of one file share: NFC, `/` between folders."""
    return unicodedata.normalize("NFC", name.replace("\\", "/").removeprefix("./"))


def shown(name: str) -> str:
    """Return a file name fit for one line of output: control characters and stray bytes escaped."""
    safe = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in safe)
