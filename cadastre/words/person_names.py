"""Whether two names as written in Vietnam can be one person's: order kept, marks lost, i/y, nicknames, short forms."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import Levenshtein

from cadastre.words.folding import fold, key, marked_key
from cadastre.words.people import name_key

Level = Literal["name", "name-bare", "name-near", "name-short", "name-nick"]

#: How children are called by the order of their birth, in front of the given name: `Năm Xoài` is Xoài, the fourth.
_ORDER = frozenset(["ca", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "ut"])
_SLIP_LETTERS = 6
"""Shorter names differ by one letter too easily: An, Ân; Lê Na, Lê Nga."""


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name made ready for comparing.

    `key` are its letters without marks, blanks or apostrophes, i for y; `marked` the same with marks. `bare`: it bears
    no mark at all, as on a typewriter. `nick`: one word, or an order of birth and a given name.
    """

    words: tuple[str, ...]
    key: str
    marked: str
    bare: bool
    nick: bool

    @property
    def given(self) -> str:
        """The last word, by which people are called."""
        return self.words[-1] if self.words else ""

    @property
    def rest(self) -> str:
        """All words before the given name."""
        return "".join(self.words[:-1])


@lru_cache(maxsize=200_000)
def name_form(name: str) -> NameForm:
    """Return the name made ready for comparing."""
    words = tuple(word.replace("y", "i") for word in map(key, fold(name).split(" ")) if word)
    marked = unicodedata.normalize("NFC", unicodedata.normalize("NFD", marked_key(name)).replace("y", "i"))
    plain = name_key(name)
    nick = len(words) == 1 or (len(words) == 2 and words[0] in _ORDER)
    return NameForm(words, plain, marked, marked == plain, nick)


def name_level(one: NameForm, other: NameForm) -> Level | None:
    """Return how two names agree, the strongest first; None where they are two people's names.

    `name`: the same. `name-bare`: the same but that one bears no marks. `name-near`: one letter or some marks differ.
    `name-short`: one lacks middle names. `name-nick`: one is a nickname with the other's given name.
    """
    if one.key == other.key:
        if one.marked == other.marked:
            return "name"
        return "name-bare" if one.bare or other.bare else "name-near"
    if one.nick or other.nick:
        return "name-nick" if one.nick != other.nick and one.given == other.given else None
    if len(one.key) >= _SLIP_LETTERS and Levenshtein.distance(one.key, other.key, score_cutoff=1) <= 1:
        return "name-near"
    short, long = sorted((one.words, other.words), key=len)
    if len(short) == 2 and len(long) > 2 and (short[0], short[-1]) == (long[0], long[-1]):
        return "name-short"
    return None
