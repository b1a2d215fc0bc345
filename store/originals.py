"""Originals, kept by their SHA-256 and never changed."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from schemas.errors import BadInput, Unavailable

_CHUNK = 1 << 20
_LEFTOVER_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept original: its SHA-256 in hex and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """An original whose bytes lie at `place`, read-only and on disk, and which is kept once `keep` is called."""

    kept: Kept
    place: Path
    home: Path

    def keep(self) -> None:
        """Give the copy its final name, on disk; again does nothing."""
        final = path_of(self.home, self.kept.sha256)
        try:
            if self.place != final:
                if self.place.exists() or not final.exists():  # else an earlier call has kept it
                    self.place.replace(final)
                _sync_folder(final.parent)
        except OSError as err:
            raise _named(err, self.home, final) from err


def keep(home: Path, path: Path) -> Kept:
    """Keep a file's bytes under their hash and return it; bytes that are there already are recognised.

    A copy gets its final name only when it is whole and on disk. BadInput where the file changes while it is
    read or is not a regular file, Unavailable where there is no room.
    """
    with arriving(home, path) as arrival:
        arrival.keep()
        return arrival.kept


@contextmanager
def arriving(home: Path, path: Path) -> Iterator[Arrival]:
    """Copy a file to be looked at before it is kept; nothing of it stays where `keep` is not called.

    Faults are those of the function `keep`.
    """
    temporary = home / "originals" / "incoming" / secrets.token_hex(16)
    try:
        try:
            with _open(path) as source:
                kept = _digest(source)
                place = path_of(home, kept.sha256)
                if not (place.exists() and place.stat().st_size == kept.size):
                    source.seek(0)
                    _copy(source, home, kept, path, temporary)
                    place = temporary
        except OSError as err:
            raise _named(err, home, path) from err
        yield Arrival(kept, place, home)
    finally:
        temporary.unlink(missing_ok=True)


def path_of(home: Path, sha256: str) -> Path:
    """Return where the original with this hash lies; the file is read-only."""
    return home / "originals" / sha256[:2] / sha256[2:4] / sha256


def verify(home: Path, sha256: str) -> bool:
    """Tell whether the kept bytes are there and still have their hash."""
    try:
        with path_of(home, sha256).open("rb") as kept:
            return _digest(kept).sha256 == sha256
    except FileNotFoundError:
        return False


@dataclass(frozen=True, slots=True)
class Held:
    """What a look at all originals found: how many are whole, and the names of those that are not.

    `changed`: other bytes than their hash says, or not readable. `missing`: recorded and not there.
    `untracked`: files below `originals` that no record knows, by their path there.
    """

    whole: int
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    untracked: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Tell whether every original is there and as it was kept, and nothing else."""
        return not (self.changed or self.missing or self.untracked)


def listed(home: Path) -> frozenset[str]:
    """Return the paths of all files below `originals`, but for copies that are on their way in."""
    root = home / "originals"
    return frozenset(
        path.relative_to(root).as_posix()
        for path in _files_below(root)
        if path.parent != root / "incoming" or time.time() - path.lstat().st_mtime > _LEFTOVER_S
    )


def examine(
    home: Path,
    recorded: Mapping[str, int],
    lying: frozenset[str],
    tick: Callable[[int, int], None] = lambda _done, _of: None,
) -> Held:
    """Read every recorded original (hash: size) and compare it with its hash.

    `lying` is what `listed` gave before the records were asked for: a file is kept before it is recorded, so
    what comes in meanwhile is not taken for missing.
    """
    places = {sha256: path_of(home, sha256) for sha256 in recorded}
    state: dict[str, list[str]] = {"whole": [], "changed": [], "missing": []}
    for done, (sha256, path) in enumerate(sorted(places.items()), start=1):
        state[_state(path, sha256, recorded[sha256])].append(sha256)
        tick(done, len(places))
    root = home / "originals"
    known = {path.relative_to(root).as_posix() for path in places.values()}
    return Held(len(state["whole"]), tuple(state["changed"]), tuple(state["missing"]), tuple(sorted(lying - known)))


def _state(path: Path, sha256: str, size: int) -> str:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return "changed"
        with _open(path) as kept:
            return "whole" if _digest(kept) == Kept(sha256, size) else "changed"
    except FileNotFoundError:
        return "missing"
    except PermissionError as err:
        raise _may_not_read(path) from err
    except OSError:
        return "changed"  # the disk does not give it back as it was


def _may_not_read(path: Path) -> Unavailable:
    return Unavailable(
        f"không được phép đọc {path}; hãy chạy bằng tài khoản sở hữu kho bản gốc",
        f"may not read {path}; run as the account that owns the originals",
    )


def _files_below(root: Path) -> Iterator[Path]:
    def refused(err: OSError) -> None:
        if not isinstance(err, FileNotFoundError):
            raise _may_not_read(Path(os.fsdecode(err.filename))) from err

    for folder, subfolders, names in os.walk(root, onerror=refused):
        yield from (Path(folder) / name for name in names)
        yield from (Path(folder) / name for name in subfolders if (Path(folder) / name).is_symlink())


def _open(path: Path) -> BinaryIO:
    # Without waiting: a named pipe in a batch would never answer.
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise BadInput(f"{path.name}: không phải tệp thường", f"{path.name}: not a regular file")
    return os.fdopen(descriptor, "rb")


def _digest(source: BinaryIO) -> Kept:
    digest = hashlib.sha256()
    size = 0
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return Kept(digest.hexdigest(), size)


def _copy(source: BinaryIO, home: Path, expected: Kept, path: Path, temporary: Path) -> None:
    for folder in (temporary.parent, path_of(home, expected.sha256).parent):
        _make_folder(folder, home)
    _sweep(temporary.parent)
    digest = hashlib.sha256()
    with temporary.open("xb") as copy:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fchmod(copy.fileno(), 0o400)
        os.fsync(copy.fileno())
    if digest.hexdigest() != expected.sha256:
        raise BadInput(
            f"{path.name}: tệp thay đổi trong khi đọc; hãy đợi chép xong rồi chạy lại",
            f"{path.name}: the file changed while it was read; wait until it is copied and run again",
        )


def _make_folder(folder: Path, home: Path) -> None:
    """Make a folder below the home, private and on disk with its name."""
    if folder.is_dir():
        return
    if folder != home:
        _make_folder(folder.parent, home)
    folder.mkdir(mode=0o755 if folder == home else 0o700, parents=folder == home, exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(incoming: Path) -> None:
    """Remove what killed runs left half-copied more than a day ago."""
    for leftover in incoming.iterdir():
        with suppress(FileNotFoundError):
            if time.time() - leftover.stat().st_mtime > _LEFTOVER_S:
                leftover.unlink()


def _named(err: OSError, home: Path, path: Path) -> BadInput | Unavailable:
    if err.errno in (errno.ENOSPC, errno.EDQUOT):
        return Unavailable(
            f"hết chỗ trên đĩa của {home}; hãy giải phóng rồi chạy lại",
            f"no space left on the disk of {home}; free some and run again",
        )
    if err.filename is not None and Path(os.fsdecode(err.filename)) != path:
        return Unavailable(f"không ghi được vào {home}: {err.strerror}", f"cannot write to {home}: {err.strerror}")
    return BadInput(f"{path.name}: không đọc được ({err.strerror})", f"{path.name}: cannot be read ({err.strerror})")
