"""The field name of a parcel (xứ đồng) in brackets behind its user's name, as the books of 1982 print it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cadastre.words.folding import key
from schemas.documents import Era
from schemas.readings import Reading, Vote

#: Eras whose books print the place so (domain.md 2.1).
OLD_BOOKS: frozenset[Era | None] = frozenset({"299", "1988"})
_BRACKET = re.compile(r"^(?P<name>[^()\[\]{}]{4,}?)\s*[(\[{]\s*(?P<place>[^()\[\]{}\d]{2,}?)\s*[)\]}]?[\s.,;|]*$")


def owner_and_place(owners: Reading) -> Mapping[str, tuple[Reading, ...]]:
    """Return the cell as `owners` and `toponym`; nothing where no place stands in brackets."""
    found = [(vote, _BRACKET.match(vote.text)) for vote in owners.votes]
    split = [(vote, match) for vote, match in found if match and len(key(match["place"])) > 1]
    if not split:
        return {}
    names = tuple(replace(vote, text=match["name"] if match else vote.text) for vote, match in found)
    places = tuple(Vote(vote.engine, match["place"], vote.confidence) for vote, match in split)
    kept = _BRACKET.match(owners.text)
    return {
        "owners": (replace(owners, text=kept["name"] if kept else owners.text, votes=names),),
        "toponym": (replace(owners, text=kept["place"] if kept else places[0].text, votes=places),),
    }
