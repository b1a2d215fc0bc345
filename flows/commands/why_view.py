"""How `diachinh why` tells a claim and the paper that makes it, with or without what names people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cadastre.settling.claims_told import field_name
from cadastre.settling.precedence import explain
from cadastre.words.wording import say
from flows.exports.writing import PERSONAL_TEXTS, hider
from schemas.entries import IDENTITY_FIELDS, Owner, Value, value_to_json
from schemas.errors import Lang
from schemas.parcels import Claim
from schemas.tables import Tables
from store.why import Behind


class View:
    """How claims and papers are told: in one language, with or without what names people."""

    def __init__(self, lang: Lang, tables: Tables, found: Behind, identity: bool) -> None:
        self.lang, self.tables, self.found, self.identity = lang, tables, found, identity
        self._ended = frozenset(
            claim.entry_id for claim in found.claims if claim.attribute == "serial" and claim.standing == "superseded"
        )

    def weight(self, claim: Claim) -> tuple[bool, bool]:
        """Return what puts a claim before another that says the same: its paper decides, and is still in force."""
        return self._decides(claim), claim.entry_id not in self._ended

    def _decides(self, claim: Claim) -> bool:
        """Return whether the claim's paper is of the sort that its rule names, and not one that says the same."""
        seen, rule = self.found.papers.get(claim.entry_id), claim.rule.partition(":")[0]
        sources = self.tables.precedence.sources
        return seen is not None and any(one.rule == rule and seen.kind in one.kinds for one in sources)

    def value(self, claim: Claim) -> Value:
        """Return the value as it may be shown."""
        if self.identity or claim.value is None:
            return claim.value
        value = claim.value
        hide = hider((), any_long=claim.attribute in PERSONAL_TEXTS)
        if isinstance(value, tuple) and claim.attribute == "owners":
            return tuple(replace(one, id_no=None) for one in value if isinstance(one, Owner))
        return hide(value) if isinstance(value, str) else value

    def claim(self, claim: Claim) -> dict[str, Any]:
        """Return a claim with its paper and the words of its rule."""
        about, ground = explain(claim.rule, self.tables.precedence)
        hidden = claim.attribute in IDENTITY_FIELDS and not self.identity
        return {
            "value": None if hidden else value_to_json(claim.attribute, self.value(claim)),
            **({"hidden": True} if hidden else {}),
            "standing": claim.standing,
            "rule": claim.rule,
            "because": about.say(self.lang),
            "ground": ground,
            "said": "" if hidden else say(claim.attribute, self.value(claim)),
            "paper": self.paper(claim),
        }

    def paper(self, claim: Claim) -> dict[str, Any]:
        """Return the paper of a claim, and where on it the value stands."""
        seen = self.found.papers.get(claim.entry_id)
        if seen is None:
            return {"entry_id": claim.entry_id, "era": claim.era, "day": claim.asserted_on}
        changed = claim.standing == "current" and claim.rule.startswith("change-note") and "change_note" in seen.fields
        place = seen.fields.get("change_note" if changed else field_name(claim.attribute, seen.kind, seen.fields))
        return {
            "entry_id": claim.entry_id,
            "document_id": seen.document_id,
            "kind": seen.kind,
            "form": seen.form,
            "era": seen.era,
            "day": claim.asserted_on,
            "parcel_key": str(claim.key),
            "file": (place.file if place else None) or seen.file,
            "page": (place.page if place else None) or seen.page,
            "row": seen.row,
            "box": list(place.box) if place and place.box else None,
            "status": place.status if place else None,
            "p": place.p if place else None,
            **({"imported": {"file": seen.imported, "row": seen.imported_row}} if seen.imported else {}),
        }
