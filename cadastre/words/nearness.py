"""Which name of a closed list a poorly read text means, and never a guess between two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from cadastre.words.folding import key


@dataclass(frozen=True, slots=True)
class Match:
    """The meaning of the nearest name, how many letters are off, and how many more the next meaning is off."""

    meaning: str
    slips: int
    lead: int

    @property
    def sure(self) -> bool:
        """Return whether no other meaning is anywhere near."""
        return self.slips == 0 or self.lead >= 3


def nearest(text: str, names: Mapping[str, str], *, letters_per_slip: int = 8) -> Match | None:
    """Return the meaning whose name is nearest to the text, None where none is near enough.

    `names` maps folded names (`key`) to their meaning. One wrong letter is allowed for every `letters_per_slip`
    letters of the name.
    """
    wanted = key(text)
    if not wanted:
        return None
    if wanted in names:
        return Match(names[wanted], 0, 0)
    limit = len(wanted) // letters_per_slip
    if not limit:
        return None
    best: dict[str, int] = {}
    for name, meaning in names.items():
        slips = Levenshtein.distance(wanted, name, score_cutoff=limit + 4)
        best[meaning] = min(slips, best.get(meaning, limit + 5))
    ranked = sorted(best.items(), key=lambda item: (item[1], item[0]))
    if not ranked or ranked[0][1] > limit:
        return None
    lead = (ranked[1][1] if len(ranked) > 1 else limit + 5) - ranked[0][1]
    return Match(ranked[0][0], ranked[0][1], lead)


def folded(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return folded name -> meaning; the first of two equal names stands."""
    names: dict[str, str] = {}
    for name, meaning in pairs:
        names.setdefault(key(name), meaning)
    return names
