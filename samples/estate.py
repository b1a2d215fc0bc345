"""What is true of each invented parcel: its user, its purposes, and the papers that were made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from numpy.random import Generator

from samples.chance import between, chance, day, digits, pick, weighted, whole
from samples.gazetteer import Commune, lower_first
from samples.land import Grain, Plot, sheet_of_plots
from samples.people import Holder, committee, company, hamlet, holder
from schemas.documents import Era
from schemas.entries import LandUse, Term

_ERA_2013_BEGINS = date(2014, 7, 1)
_CHANGES = (
    "Không thay đổi",
    "Ranh giới thửa đất không thay đổi",
    "Diện tích thay đổi do đo đạc lại, ranh giới không thay đổi",
)
_ORIGINS = (
    (("CNQ-CTT",), 0.30),
    (("CNQ-KTT",), 0.22),
    (("DG-CTT",), 0.10),
    (("DG-KTT",), 0.10),
    (("NCN-CNQ-CTT",), 0.10),
    (("NTC-CNQ-CTT",), 0.06),
    (("NTK-CNQ-KTT",), 0.06),
    (("NCN-DG-CTT",), 0.06),
)


Fault = Literal["digit_swap", "parts_off", "words_differ", "xy_swapped", "wrong_meridian"]


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs a certificate: lines over the signature, the signatory's name, and the office as `issuer` has it."""

    office: str
    lines: tuple[str, ...]
    signatory: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of the 2009 form; areas are the legal ones; `barcode` only in era 2013."""

    serial: str
    register_no: str
    issued_on: date
    issuer: Issuer
    uses: tuple[LandUse, ...]
    area_m2: float
    private_m2: float
    shared_m2: float
    terms: tuple[Term, ...]
    origins: tuple[str, ...]
    barcode: str | None
    with_corners: bool
    parent_serial: str | None

    @property
    def era(self) -> Era:
        """Return the era of the signing date."""
        return era_of(self.issued_on)


@dataclass(frozen=True, slots=True)
class Extract:
    """A survey extract: when it was signed, its own number, and what changed against the legal papers.

    `nothing` is what stands there where `change` is None: a word for none, or no word.
    """

    signed_on: date
    number: str
    change: str | None
    nothing: str

    @property
    def era(self) -> Era:
        """Return the era of the signing date."""
        return era_of(self.signed_on)


@dataclass(frozen=True, slots=True)
class Estate:
    """A parcel with everything that is true of it; `uses` are the present, measured ones."""

    commune: Commune
    plot: Plot
    hamlet: str
    holder: Holder
    user_type: str
    uses: tuple[LandUse, ...]
    certificate: Certificate | None
    extract: Extract | None
    note: str | None
    note_refs: tuple[tuple[str, str], ...]
    fault: Fault | None = None
    came_of: tuple[Plot, ...] = ()  # the parcel that this is a part of, or those that were joined into it
    sibling: int = 0  # place among the parts
    seller: Holder | None = None  # who had the parcel when its certificate was issued

    @property
    def address(self) -> str:
        """Return the parcel's address, as certificates print it."""
        return f"{self.hamlet}, {self.commune.inside()}"

    @property
    def certified(self) -> Holder:
        """Return whom the certificate names: today's holder, or the family that sold the parcel since."""
        return self.seller or self.holder

    @property
    def bare_address(self) -> str:
        """Return the hamlet and commune alone."""
        return f"{self.hamlet}, {lower_first(self.commune.name)}"


def era_of(signed_on: date) -> Era:
    """Return `2009` for papers signed to 30 June 2014 and `2013` from then to the end of 2024."""
    return "2013" if signed_on >= _ERA_2013_BEGINS else "2009"


def estates(rng: Generator, commune: Commune, count: int) -> tuple[Estate, ...]:
    """Invent that many parcels of one commune, in the order of sheet and number."""
    out: list[Estate] = []
    number = whole(rng, 2, 40)
    first = whole(rng, 12, 420)
    place = hamlet(rng, commune)
    while len(out) < count:
        grain: Grain = weighted(rng, (("house", 0.36), ("garden", 0.34), ("field", 0.22), ("forest", 0.08)))
        plots = sheet_of_plots(rng, commune.centre, number, first, min(count - len(out), whole(rng, 7, 15)), grain)
        for plot in plots:
            if chance(rng, 0.2):
                place = hamlet(rng, commune)
            out.append(_estate(rng, commune, plot, place))
        number += whole(rng, 1, 6)
        first = 1 if chance(rng, 0.35) else whole(rng, 2, 260)
    return tuple(out)


def _estate(rng: Generator, commune: Commune, plot: Plot, place: str) -> Estate:
    public = chance(rng, 0.06)
    firm = not public and plot.grain != "house" and chance(rng, 0.06)
    owner = committee(commune) if public else company(rng, commune) if firm else holder(rng, commune, place)
    codes = ("DGT",) if public else ("SKC",) if firm else _codes(rng, commune, plot.grain)
    uses = _split(rng, codes, plot.area_m2)
    certificate = None if public or not chance(rng, 0.585) else _certificate(rng, commune, plot, uses)
    extract = None
    if not public and chance(rng, 0.37):
        signed = day(rng, date(2011, 3, 1), date(2024, 11, 29))
        change = pick(rng, _CHANGES) if chance(rng, 0.6) else None
        number = f"{whole(rng, 1, 180):02d}-{signed.year}"
        extract = Extract(signed, number, change, pick(rng, ("Không", "không có", "-/-", "")))
    note, refs = _note(rng, plot, certificate)
    user_type = "UBQ" if public else "TKT" if firm else "GDC"
    return Estate(commune, plot, place, owner, user_type, uses, certificate, extract, note, refs)


def _codes(rng: Generator, commune: Commune, grain: Grain) -> tuple[str, ...]:
    home = "ODT" if commune.urban else "ONT"
    if grain == "house":
        return (home,)
    if grain == "garden":
        return weighted(rng, (((home, "CLN"), 0.62), ((home, "BHK"), 0.14), ((home,), 0.14), (("CLN",), 0.10)))
    if grain == "field":
        return weighted(rng, ((("LUC",), 0.5), (("BHK",), 0.2), (("HNK",), 0.1), (("NTS",), 0.1), (("CLN",), 0.1)))
    return ("RSX",)


def _split(rng: Generator, codes: tuple[str, ...], area_m2: float) -> tuple[LandUse, ...]:
    if len(codes) == 1:
        return (LandUse(codes[0], area_m2),)
    home = min(float(pick(rng, (100, 120, 150, 200, 200, 300))), round(area_m2 / 2))
    return (LandUse(codes[0], home), LandUse(codes[1], round(area_m2 - home, 1)))


def _certificate(rng: Generator, commune: Commune, plot: Plot, uses: tuple[LandUse, ...]) -> Certificate:
    signed = day(rng, date(2010, 2, 1), date(2024, 12, 20))
    with_corners = chance(rng, 0.35)
    area = plot.area_m2
    if not with_corners and chance(rng, 0.3):
        area = round(area * (1 + between(rng, -0.03, 0.03)), pick(rng, (0, 1)))
        uses = _split(rng, tuple(use.code for use in uses), area)
    shared = round(area * between(rng, 0.05, 0.3), 1) if chance(rng, 0.08) else 0.0
    barcode = None
    if era_of(signed) == "2013":
        barcode = f"{commune.code}{signed.year % 100:02d}{whole(rng, 1, 9999):06d}"
    issuer = _issuer(rng, commune, signed)
    return Certificate(
        serial=f"{_letters(rng, signed)} {digits(rng, 6)}",
        register_no=f"{issuer.prefix} {whole(rng, 12, 19999):05d}",
        issued_on=signed,
        issuer=issuer,
        uses=uses,
        area_m2=area,
        private_m2=round(area - shared, 1),
        shared_m2=shared,
        terms=tuple(_term(rng, use.code, signed) for use in uses),
        origins=weighted(rng, _ORIGINS),
        barcode=barcode,
        with_corners=with_corners,
        parent_serial=f"A{pick(rng, 'BDEGHKLMNOP')} {digits(rng, 6)}" if chance(rng, 0.12) else None,
    )


def _letters(rng: Generator, signed: date) -> str:
    first, begun = ("B", 2010) if signed.year < 2015 else ("C", 2015) if signed.year < 2020 else ("D", 2020)
    late = (signed.year - begun) * 5
    return first + "ABCDEGHIKLMNOPQRSTUVXY"[min(21, late + whole(rng, 0, 4))]


def _issuer(rng: Generator, commune: Commune, signed: date) -> Issuer:
    clerk = pick(rng, ("Trần Văn Mẫu", "Nguyễn Thị Mẫu", "Lê Quang Mẫu", "Phan Đình Mẫu", "Võ Thị Mẫu"))
    if signed.year >= 2023 and chance(rng, 0.6):
        branch = f"CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI {commune.town.upper()}"
        return Issuer(branch, (branch, "GIÁM ĐỐC"), clerk, "CN")
    if signed.year >= 2015 and chance(rng, 0.45):
        office = "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG TỈNH QUẢNG NAM"
        below = pick(
            rng,
            (("GIÁM ĐỐC",), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), ("TUQ. GIÁM ĐỐC", "GIÁM ĐỐC VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI")),
        )
        return Issuer(office, (office, *below), clerk, "CS")
    office = f"ỦY BAN NHÂN DÂN {commune.district.upper()}"
    below = pick(rng, (("CHỦ TỊCH",), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")))
    return Issuer(office, (f"TM. {office}", *below), clerk, "CH")


def _term(rng: Generator, code: str, signed: date) -> Term:
    if code in ("ONT", "ODT"):
        return Term("long")
    if code in ("RSX", "SKC"):
        return Term("years", years=50) if chance(rng, 0.5) else Term("until", date=str(signed.year + 50))
    if code == "CLN":
        return Term("until", date="2043-10-15")
    year = 2063 if signed >= date(2013, 10, 15) else 2013
    return Term("until", date=pick(rng, (f"{year}-10-15", f"{year}-10-15", f"{year}-10", str(year))))


def _note(
    rng: Generator, plot: Plot, certificate: Certificate | None
) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    if certificate and chance(rng, 0.15):
        return f"GCN {certificate.serial}", (("serial", certificate.serial),)
    if chance(rng, 0.06):
        other = plot.neighbours[3] or plot.neighbours[1]
        if other:
            return f"Tách từ thửa {other}", (("parcel", other),)
    if chance(rng, 0.08):
        return pick(rng, ("Nhận chuyển nhượng năm 2016", "Nhận thừa kế", "Chưa cấp GCN", "Đo đạc lại năm 2015")), ()
    return None, ()
