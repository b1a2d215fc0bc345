"""Made-up pages, as the readers hand them on: invented people, real communes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.documents import Box, Era, Form, Given, Kind, PageRef
from schemas.entries import Draft
from schemas.readings import CornerReading, PageReading, Reading, RowReading, Vote

#: One text: both engines read it. A pair: Tesseract's and RapidOCR's; None for an engine that read nothing.
Said = str | tuple[str | None, str | None]

SHA = "a" * 64
REF = PageRef(SHA, 1)


def said(text: Said, ref: PageRef = REF, top: int = 10) -> Reading:
    """Return a place where the two engines read this."""
    words, digits = (text, text) if isinstance(text, str) else text
    votes = tuple(
        Vote(engine, heard, 0.9) for engine, heard in (("tesseract", words), ("rapidocr", digits)) if heard is not None
    )
    return Reading(ref, Box(10, top, 200, top + 30), words or digits or "", votes)


def fields_of(**texts: Said | Sequence[Said]) -> dict[str, tuple[Reading, ...]]:
    """Return fields by name; a list has one text for each place."""
    return {
        name: tuple(
            said(text, top=10 + 40 * i) for i, text in enumerate(texts_ if isinstance(texts_, list) else [texts_])
        )
        for name, texts_ in texts.items()
    }


def draft(
    kind: Kind = "gcn",
    form: Form | None = "gcn_2009",
    era: Era | None = None,
    given: Given | None = None,
    row: int | None = None,
    corners: tuple[CornerReading, ...] = (),
    **texts: Said | Sequence[Said],
) -> Draft:
    """Return a draft with these fields."""
    fields = fields_of(**texts)
    return Draft("entry", "document", REF, row, kind, form, era, given or Given("scan.pdf"), fields, corners)


CERTIFICATE: Mapping[str, Said] = {
    "serial": "BA 123456",
    "register_no": "CH 01234",
    "owners": ("Ông: NGUYỄN VĂN AN, sinh năm 1960, CMND số: 205123456", "Ong: NGUYEN VAN AN, sinh nam 1960"),
    "parcel_no": "125",
    "sheet_no": "12",
    "address": "Thôn 1, xã Bình Dương, huyện Thăng Bình, tỉnh Quảng Nam",
    "area_m2": "1.205,6 m²",
    "area_words_m2": ("Một nghìn hai trăm lẻ năm phẩy sáu mét vuông", "Mot nghin hai tram le nam phay sau met vuong"),
    "private_m2": "1.205,6 m²",
    "shared_m2": "Không",
    "land_use": ("Đất ở tại nông thôn: 200,0 m²; Đất trồng cây lâu năm: 1.005,6 m²",) * 2,
    "term": ("Đất ở tại nông thôn: Lâu dài; Đất trồng cây lâu năm: Đến ngày 15/10/2063",) * 2,
    "origin": (
        "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất",
        "Cong nhan QSDD nhu giao dat co thu tien su dung dat",
    ),
    "issued_on": "ngày 12 tháng 5 năm 2015",
}


def certificate(**texts: Said | Sequence[Said]) -> Draft:
    """Return a draft of a sound certificate, with these fields put differently."""
    return draft(**{**CERTIFICATE, **texts})


def page(
    kind: Kind = "gcn",
    *,
    sha: str = SHA,
    number: int = 1,
    faces: tuple[str, ...] = (),
    title: bool = False,
    rows: Sequence[Mapping[str, Said]] = (),
    blank: bool = False,
    corners: tuple[CornerReading, ...] = (),
    **texts: Said | Sequence[Said],
) -> PageReading:
    """Return a page's reading."""
    ref = PageRef(sha, number)
    fields = {name: tuple(said(t, ref) for t in (ts if isinstance(ts, list) else [ts])) for name, ts in texts.items()}
    forms: dict[Kind, Form] = {"gcn": "gcn_2009"}
    eras: dict[Kind, Era] = {"so_muc_ke": "2013"}
    return PageReading(
        ref=ref, width=1000, height=1400, blank=blank, kind=kind, kind_p=0.9, form=forms.get(kind), era=eras.get(kind),
        quality="clean", capture=None, copy_kind=None, turn_deg=0, printed_no=None, title_page=title, faces=faces,
        fields=fields,
        rows=tuple(
            RowReading(i, {name: said(text, ref) for name, text in row.items()}) for i, row in enumerate(rows, start=1)
        ),
        corners=corners,
    )  # fmt: skip


def corner_table(*points: tuple[float, float], edges: Sequence[float]) -> tuple[CornerReading, ...]:
    """Return a printed corner table of (x north, y east) with the first row repeated and the edges between the rows."""
    rows = [*points, points[0]]
    return tuple(
        CornerReading(
            no=said(str(i % len(points) + 1), top=40 * i),
            x=said(f"{x:.2f}", top=40 * i),
            y=said(f"{y:.2f}", top=40 * i),
            edge=said(f"{edges[i]:.2f}", top=40 * i + 20) if i < len(edges) else None,
        )
        for i, (x, y) in enumerate(rows)
    )
