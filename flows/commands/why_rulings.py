"""What people ruled on a parcel's papers, as `diachinh why` tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cadastre.asking.dispute_wording import VERDICTS
from cadastre.words.wording import FIELD_NAMES, KIND_NAMES, say_date
from flows.folder import shown
from schemas.disputes import IMPORTED
from schemas.errors import Lang, Message
from store.why import Behind, RuledOn

_BEHIND = Message(
    "dữ liệu của dự án trước ghi khác: lấy theo giấy tờ", "data of an earlier project differs: the papers count"
)


def rulings_told(found: Behind, lang: Lang) -> list[dict[str, Any]]:
    """Return the rulings as plain values: what was asked, the verdict, which papers are right, who and when."""
    return [
        {
            "kind": one.kind,
            "attribute": one.attribute,
            "verdict": one.verdict,
            "right": _right(one, found, lang),
            "by": one.who,
            "day": one.day.isoformat(),
        }
        for one in found.rulings
    ]


def _right(one: RuledOn, found: Behind, lang: Lang) -> list[str]:
    if one.right is None:
        return []
    if one.right.serials:
        return list(one.right.serials)
    side = one.right
    papers = [
        f"{KIND_NAMES[seen.kind].say(lang)} {shown(seen.file or '')}".strip()
        for seen in found.papers.values()
        if seen.entry_id in side.entry_ids or (not side.entry_ids and seen.document_id in side.document_ids)
    ]
    return list(dict.fromkeys(papers))


def ruling_line(ruling: Mapping[str, Any], lang: Lang) -> str:
    """Return one ruling in words."""
    if ruling["attribute"] == IMPORTED and ruling["verdict"] == "side":
        return f"✎ {say_date(ruling['day'])} · {ruling['by']} · {_BEHIND.say(lang)}"
    name = FIELD_NAMES.get(ruling["attribute"] or "", Message("giấy tờ", "papers")).say(lang)
    said = VERDICTS[ruling["verdict"]].say(lang)
    right = f": {', '.join(ruling['right'])}" if ruling["right"] else ""
    return f"✎ {say_date(ruling['day'])} · {ruling['by']} · {name}: {said}{right}"
