"""The certificate of the 2009 form: four pages of 190 × 265 mm on pink ground."""

from __future__ import annotations

from numpy.random import Generator

from samples.chance import between, pick
from samples.estate import Certificate, Estate
from samples.faults import certificate_slips
from samples.gcn_back import page_four, page_three
from samples.gcn_inside import page_two
from samples.gcn_printing import Printing, certificate_page
from samples.ground import RED
from samples.paper import Face, Paper, Said
from samples.phrases import owners_on, person_lines
from samples.sheet import Run, Sheet
from schemas.entries import Value

_BLOCK_I = "I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất"
_TITLE = ("QUYỀN SỬ DỤNG ĐẤT", "QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT")


def draw_gcn(rng: Generator, estate: Estate, index: int, style: Printing) -> Paper:
    """Draw the four pages of an estate's certificate; `index` is the estate's, for the truth."""
    certificate = estate.certificate
    if certificate is None:
        raise ValueError("the estate has no certificate")
    front = _page_one(rng, certificate_page(rng, style), estate, certificate, style)
    inside, inside_says = page_two(rng, certificate_page(rng, style), estate, certificate, style)
    plan, plan_says = page_three(rng, certificate_page(rng, style), estate, certificate)
    back = page_four(rng, certificate_page(rng, style), certificate)
    owners = owners_on(estate.certified, certificate.issued_on)
    printed: dict[str, Value] = {"owners": owners, "serial": certificate.serial, **inside_says, **plan_says}
    faces = tuple(
        Face(sheet.image, sheet.dpi, tuple(sheet.marks), name)
        for sheet, name in ((front, "1"), (inside, "2"), (plan, "3"), (back, "4"))
    )
    said = Said(printed, {"unit_code": estate.commune.code}, parcel=index, slips=certificate_slips(estate))
    return Paper("gcn", "gcn_2009", certificate.era, faces, (said,), certificate.serial, estate.commune.name)


def _page_one(rng: Generator, sheet: Sheet, estate: Estate, certificate: Certificate, style: Printing) -> Sheet:
    sheet.centred(24, Run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True), size_pt=13)
    sheet.centred(30.5, Run("Độc lập - Tự do - Hạnh phúc", bold=True), size_pt=12.5)
    sheet.rule(72, 32.5, 118, 32.5, 0.3)
    top = between(rng, 66, 76)
    sheet.centred(top, Run("GIẤY CHỨNG NHẬN", bold=True, ink=RED), size_pt=28)
    sheet.centred(top + 10, Run(_TITLE[0], bold=True, ink=RED), size_pt=14.5)
    sheet.centred(top + 17, Run(_TITLE[1], bold=True, ink=RED), size_pt=12.5)
    y = sheet.paragraph(style.left_mm - 4, top + 32, 156, [Run(_BLOCK_I, bold=True)], size_pt=11.5)
    sheet.face = style.filler
    y += 3
    for line in person_lines(estate.certified, certificate.issued_on, style.people, capitals=style.capitals):
        y = sheet.paragraph(style.left_mm, y, 148, line, leading=style.leading, indent=4)
    sheet.face = style.blank
    x = between(rng, 142, 166)
    serial = Run(certificate.serial, "serial", bold=True, ink=pick(rng, (RED, (40, 30, 34))))
    sheet.text(x, between(rng, 244, 250), serial, size_pt=style.serial_size_pt, anchor="m")
    return sheet
