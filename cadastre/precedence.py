"""Which paper's value stands (domain.md 8.6): the published order, by sort of attribute and kind of paper."""

from __future__ import annotations

from typing import Literal

from schemas.documents import Kind

Sort = Literal["legal", "measured"]

#: Papers by weight, the heaviest first; the name goes into a claim's `rule`. Project policy: configuration.
ORDER: dict[Sort, tuple[tuple[str, Kind], ...]] = {
    "legal": (
        ("certificate", "gcn"),
        ("cadastral-register", "so_dia_chinh"),
        ("issue-book", "so_cap_gcn"),
        ("decision-list", "quyet_dinh"),
        ("parcel-index", "so_muc_ke"),
        ("land-register", "so_dang_ky"),
        ("application", "don_dang_ky"),
    ),
    "measured": (
        ("imported-map", "du_lieu"),
        ("cadastral-map", "ban_do"),
        ("survey-extract", "trich_do"),
        ("map-extract", "trich_luc"),
        ("certificate-plan", "gcn"),
        ("parcel-index", "so_muc_ke"),
    ),
}

_LEGAL_AREA: dict[str, tuple[str, Sort]] = {
    "area_m2": ("legal_area_m2", "legal"),
    "land_use": ("land_use", "legal"),
}
#: Which attribute of the parcel a paper's field asserts. The area on a certificate, register, decision or application
#: is the legal one, that of an extract is measured, and a parcel index prints both.
ASSERTS: dict[Kind, dict[str, tuple[str, Sort]]] = {
    "gcn": {**_LEGAL_AREA, "corners": ("corners", "measured")},
    "so_dia_chinh": _LEGAL_AREA,
    "so_cap_gcn": _LEGAL_AREA,
    "quyet_dinh": _LEGAL_AREA,
    "so_dang_ky": _LEGAL_AREA,
    "don_dang_ky": _LEGAL_AREA,
    "so_muc_ke": {
        "area_m2": ("area_m2", "measured"),
        "legal_area_m2": ("legal_area_m2", "legal"),
        "land_use": ("land_use", "legal"),
        "legal_land_use": ("legal_land_use", "legal"),
    },
    "trich_do": {
        "area_m2": ("area_m2", "measured"),
        "land_use": ("land_use", "legal"),
        "corners": ("corners", "measured"),
    },
    "trich_luc": {
        "area_m2": ("area_m2", "measured"),
        "land_use": ("land_use", "legal"),
    },
}
ASSERTS["du_lieu"] = {
    "area_m2": ("area_m2", "measured"),
    "shape": ("shape", "measured"),
    "legal_area_m2": ("legal_area_m2", "legal"),
    "land_use": ("land_use", "legal"),
}
#: Fields that every kind asserts under their own name.
COMMON = ("owners", "term", "origin", "user_type", "address", "serial", "register_no", "assets", "restrictions",
          "change_note", "private_m2", "shared_m2", "toponym")  # fmt: skip


def asserted(kind: Kind) -> dict[str, tuple[str, Sort]]:
    """Return field name -> (attribute of the parcel, sort) for a kind of paper."""
    return {**{name: (name, "legal") for name in COMMON}, **ASSERTS.get(kind, {})}


def rank(kind: Kind, sort: Sort, *, drawn: bool = False) -> tuple[int, str]:
    """Return the weight of a kind of paper, 0 the heaviest, and its name in the published order.

    Data of an earlier project weighs as a digital map in what it measured, where it is one (`drawn`: it has shapes);
    all else that it says, and lists, weigh below every paper.
    """
    if kind == "du_lieu" and not (drawn and sort == "measured"):
        return len(ORDER[sort]) + 1, "imported-list"
    for position, (name, listed) in enumerate(ORDER[sort]):
        if listed == kind:
            return position, name
    return len(ORDER[sort]), "other-paper"
