"""Originals are kept whole, once, read-only, and never changed."""

import errno
import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.errors import BadInput, Unavailable
from store import originals
from store.originals import Kept, keep, path_of, verify

HELLO = hashlib.sha256(b"hello").hexdigest()


def stored(home):
    return sorted(path.name for path in (home / "originals").rglob("*") if path.is_file())


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"hello")
    return path


def test_a_file_is_kept_under_its_sha256_with_its_bytes(home, scan):
    assert keep(home, scan) == Kept(HELLO, 5)
    assert path_of(home, HELLO).read_bytes() == b"hello"
    assert HELLO == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"


def test_a_kept_file_can_be_read_by_its_owner_only_and_written_by_nobody(home, scan):
    kept = path_of(home, keep(home, scan).sha256)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o400
    assert stat.S_IMODE((home / "originals").stat().st_mode) == 0o700


def test_the_same_bytes_under_two_names_are_kept_once(home, scan, tmp_path):
    copy = tmp_path / "bản sao.pdf"
    copy.write_bytes(b"hello")
    keep(home, scan)
    written = path_of(home, HELLO).stat().st_ino
    assert keep(home, copy) == Kept(HELLO, 5)
    assert stored(home) == [HELLO]
    assert path_of(home, HELLO).stat().st_ino == written


def test_a_file_that_is_looked_at_and_not_kept_leaves_nothing(home, scan):
    with originals.arriving(home, scan) as arrival:
        assert arrival.place.read_bytes() == b"hello"
    assert stored(home) == []


def test_a_file_that_is_looked_at_again_and_not_kept_stays_as_it_was_kept(home, scan):
    keep(home, scan)
    with originals.arriving(home, scan):
        pass
    assert stored(home) == [HELLO]
    assert verify(home, HELLO)


def test_a_file_that_is_looked_at_and_kept_stays_also_when_kept_twice(home, scan):
    with originals.arriving(home, scan) as arrival:
        assert not path_of(home, HELLO).exists()
        arrival.keep()
        arrival.keep()
    assert stored(home) == [HELLO]
    assert verify(home, HELLO)


def test_a_copy_that_was_taken_away_before_it_is_kept_is_no_original(home, scan):
    with originals.arriving(home, scan) as arrival:
        arrival.place.unlink()
        with pytest.raises(Unavailable, match="cannot write"):
            arrival.keep()


def test_an_empty_file_is_kept_too(home, tmp_path):
    (tmp_path / "empty.pdf").touch()
    assert keep(home, tmp_path / "empty.pdf").size == 0


def test_a_file_that_grows_while_it_is_read_is_refused_and_leaves_nothing(home, scan, monkeypatch):
    digest = originals._digest

    def digest_then_scanner_writes_on(source):
        kept = digest(source)
        with scan.open("ab") as still_copied:
            still_copied.write(b" world")
        return kept

    monkeypatch.setattr(originals, "_digest", digest_then_scanner_writes_on)
    with pytest.raises(BadInput, match=r"scan\.pdf.*changed while it was read"):
        keep(home, scan)
    assert stored(home) == []


def test_a_torn_file_under_the_right_name_is_replaced_by_the_whole_one(home, scan):
    torn = path_of(home, HELLO)
    torn.parent.mkdir(parents=True)
    torn.write_bytes(b"hel")
    keep(home, scan)
    assert torn.read_bytes() == b"hello"


def test_a_full_disk_is_named_and_leaves_nothing(home, scan, monkeypatch):
    def no_space(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    keep(home, scan)
    other = scan.with_name("other.pdf")
    other.write_bytes(b"other")
    monkeypatch.setattr(originals.os, "fsync", no_space)
    with pytest.raises(Unavailable, match="no space left"):
        keep(home, other)
    assert stored(home) == [HELLO]


def test_a_named_pipe_and_a_folder_are_refused_without_waiting(home, tmp_path):
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "folder.pdf").mkdir()
    for name in ("pipe.pdf", "folder.pdf"):
        with pytest.raises(BadInput, match="not a regular file"):
            keep(home, tmp_path / name)


def test_a_file_that_is_gone_is_bad_input(home, tmp_path):
    with pytest.raises(BadInput, match=r"gone\.pdf"):
        keep(home, tmp_path / "gone.pdf")


def test_a_flipped_bit_and_a_lost_file_are_found(home, scan):
    keep(home, scan)
    assert verify(home, HELLO)
    kept = path_of(home, HELLO)
    kept.chmod(0o600)
    kept.write_bytes(b"hellp")
    assert not verify(home, HELLO)
    kept.unlink()
    assert not verify(home, HELLO)


def test_the_bytes_are_on_disk_before_the_name_and_the_name_before_we_say_so(home, scan, monkeypatch):
    steps = []
    fsync, replace = os.fsync, Path.replace

    def seen_fsync(descriptor):
        mode = os.fstat(descriptor).st_mode
        steps.append("sync folder" if stat.S_ISDIR(mode) else "sync file")
        fsync(descriptor)

    def seen_replace(self, target):
        steps.append("rename")
        return replace(self, target)

    monkeypatch.setattr(originals.os, "fsync", seen_fsync)
    monkeypatch.setattr(Path, "replace", seen_replace)
    keep(home, scan)
    assert steps[-3:] == ["sync file", "rename", "sync folder"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=50), max_size=8))
def test_what_is_kept_is_what_came_once_each(tmp_path_factory, contents):
    home = tmp_path_factory.mktemp("home")
    for number, content in enumerate(contents):
        (home / f"{number}.pdf").write_bytes(content)
        assert path_of(home, keep(home, home / f"{number}.pdf").sha256).read_bytes() == content
    if contents:
        assert stored(home) == sorted({hashlib.sha256(content).hexdigest() for content in contents})


def test_what_a_killed_copy_left_is_swept_after_a_day(home, scan):
    leftover = home / "originals" / "incoming" / "half"
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"hel")
    fresh = leftover.with_name("another process at work")
    fresh.write_bytes(b"he")
    os.utime(leftover, (0, 0))
    keep(home, scan)
    assert stored(home) == sorted([HELLO, fresh.name])


@pytest.mark.soak
def test_kills_during_copies_leave_whole_originals_only(home, tmp_path):
    big = tmp_path / "big.tif"
    big.write_bytes(os.urandom(64 << 20))
    code = (
        "import sys; from pathlib import Path; from store.originals import keep; "
        "print('go', flush=True); keep(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    for delay_ms in range(0, 200, 10):
        worker = subprocess.Popen([sys.executable, "-c", code, home, big], stdout=subprocess.PIPE)
        with worker:
            worker.stdout.readline()
            try:
                worker.wait(delay_ms / 1000)
            except subprocess.TimeoutExpired:
                worker.kill()
        for kept in (home / "originals").glob("??/??/*"):
            assert verify(home, kept.name)
    assert verify(home, keep(home, big).sha256)
