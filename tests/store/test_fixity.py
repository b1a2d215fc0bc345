"""A look at all originals finds what was changed, what is gone and what nobody put there."""

import os
import random
from pathlib import Path

import pytest

from schemas.errors import Unavailable
from store.originals import Held, examine, keep, listed, path_of


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def kept(home, tmp_path, *contents):
    recorded = {}
    for number, content in enumerate(contents):
        scan = tmp_path / f"{number}.pdf"
        scan.write_bytes(content)
        one = keep(home, scan)
        recorded[one.sha256] = one.size
    return recorded


def look(home, recorded):
    return examine(home, recorded, listed(home))


def rewrite(path: Path, content: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(content)


def test_all_is_well_after_keeping(home, tmp_path):
    recorded = kept(home, tmp_path, b"one", b"two", b"")
    ticks = []
    assert examine(home, recorded, listed(home), lambda done, of: ticks.append((done, of))) == Held(3, (), (), ())
    assert ticks == [(1, 3), (2, 3), (3, 3)]


def test_a_home_that_holds_nothing_is_well(home):
    assert look(home, {}) == Held(0, (), (), ())


def test_what_is_changed_missing_and_untracked_is_named(home, tmp_path):
    one, two, three = sorted(kept(home, tmp_path, b"one", b"two", b"three"))
    recorded = {one: path_of(home, one).stat().st_size, two: path_of(home, two).stat().st_size, three: 5}
    recorded[three] = path_of(home, three).stat().st_size
    content = path_of(home, one).read_bytes()
    rewrite(path_of(home, one), bytes([content[0] ^ 1]) + content[1:])  # one bit
    path_of(home, two).unlink()
    (home / "originals" / "ab").mkdir(exist_ok=True)
    (home / "originals" / "ab" / "lạ.pdf").write_bytes(b"extra")
    held = look(home, recorded)
    assert held == Held(1, (one,), (two,), ("ab/lạ.pdf",))
    assert not held.good


def test_two_files_that_were_swapped_and_a_link_in_a_files_place_are_changed(home, tmp_path):
    recorded = kept(home, tmp_path, b"aaa", b"bbb", b"ccc")
    one, two, three = sorted(recorded)
    first, second = path_of(home, one).read_bytes(), path_of(home, two).read_bytes()
    rewrite(path_of(home, one), second)
    rewrite(path_of(home, two), first)
    outside = tmp_path / "outside"
    outside.write_bytes(path_of(home, three).read_bytes())
    path_of(home, three).unlink()
    path_of(home, three).symlink_to(outside)
    assert look(home, recorded).changed == (one, two, three)


def test_a_folder_linked_in_from_elsewhere_is_untracked(home, tmp_path):
    recorded = kept(home, tmp_path, b"one")
    (tmp_path / "elsewhere").mkdir()
    (home / "originals" / "zz").symlink_to(tmp_path / "elsewhere")
    assert look(home, recorded).untracked == ("zz",)


def test_a_copy_on_its_way_in_is_no_stranger_but_what_lies_there_for_days_is(home, tmp_path):
    recorded = kept(home, tmp_path, b"one")
    fresh, old = home / "originals" / "incoming" / "fresh", home / "originals" / "incoming" / "old"
    fresh.write_bytes(b"on")
    old.write_bytes(b"on")
    os.utime(old, (0, 0))
    assert look(home, recorded).untracked == ("incoming/old",)


def test_what_came_in_after_the_listing_is_not_taken_for_missing(home, tmp_path):
    lying = listed(home)
    recorded = kept(home, tmp_path, b"one")
    assert examine(home, recorded, lying).good


def test_a_file_that_may_not_be_read_is_no_damage_but_a_wrong_account(home, tmp_path, monkeypatch):
    recorded = kept(home, tmp_path, b"one")

    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("store.originals._open", refused)
    with pytest.raises(Unavailable, match="may not read"):
        look(home, recorded)


def test_200_random_injuries_are_all_found(home, tmp_path, seed):
    chance = random.Random(seed)
    recorded = kept(home, tmp_path, *(chance.randbytes(chance.randint(1, 400)) for _ in range(60)))
    assert look(home, recorded).good
    for number in range(200):
        sha256 = chance.choice(sorted(recorded))
        path, whole = path_of(home, sha256), path_of(home, sha256).read_bytes()
        injury = chance.choice(["flip", "cut", "grow", "lose", "extra"])
        extra = home / "originals" / sha256[:2] / f"extra{number}"
        if injury == "flip":
            at = chance.randrange(len(whole))
            rewrite(path, whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :])
        elif injury == "cut":
            rewrite(path, whole[: chance.randrange(len(whole))])
        elif injury == "grow":
            rewrite(path, whole + b"\0")
        elif injury == "lose":
            path.unlink()
        else:
            extra.write_bytes(b"x")
        held = look(home, recorded)
        named = {"lose": held.missing, "extra": held.untracked}.get(injury, held.changed)
        assert named == ((f"{sha256[:2]}/extra{number}",) if injury == "extra" else (sha256,)), f"seed {seed}: {injury}"
        extra.unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(whole)
