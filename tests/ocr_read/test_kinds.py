"""Which kind of paper a page is, by what the papers of domain.md print, in wordings of several offices."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ocr.faces import spans_of
from ocr.forms import Looks, Match, load_forms, match_columns, match_faces
from ocr.values import text_of
from tests.ocr_read.page_lines import page_of

HEAD = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PAPERS = {
    "don_dang_ky": {
        "the numbered form of 2014": (
            "Mẫu số 04a/ĐK",
            *HEAD,
            "ĐƠN ĐĂNG KÝ, CẤP GIẤY CHỨNG NHẬN",
            "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT",
            "Kính gửi: UBND huyện Thăng Bình",
            "PHẦN GHI CỦA NGƯỜI NHẬN HỒ SƠ",
            "Đã kiểm tra nội dung đơn đầy đủ, rõ ràng, thống nhất với giấy tờ xuất trình.",
            "Vào sổ tiếp nhận hồ sơ số: 123 Quyển 2",
            "I. PHẦN KÊ KHAI CỦA NGƯỜI ĐĂNG KÝ",
            "1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất, người quản lý đất:",
            "1.1. Tên (viết chữ in hoa): ÔNG NGUYỄN VĂN MẪU Năm sinh: 1960 CMND số: 205123456",
            "1.2. Địa chỉ thường trú: thôn 1, xã Bình Minh, huyện Thăng Bình, tỉnh Quảng Nam",
            "2. Đề nghị: - Đăng ký QSDĐ",
            "3. Thửa đất đăng ký:",
            "3.1. Thửa đất số: 125; 3.2. Tờ bản đồ số: 12;",
            "3.3. Địa chỉ tại: thôn 1, xã Bình Minh, huyện Thăng Bình, tỉnh Quảng Nam;",
            "3.4. Diện tích: 1.205,6 m2; sử dụng chung: 0 m2; sử dụng riêng: 1.205,6 m2;",
            "3.5. Sử dụng vào mục đích: Đất ở tại nông thôn, từ thời điểm: 1985;",
            "3.6. Thời hạn đề nghị được sử dụng đất: Lâu dài;",
            "3.7. Nguồn gốc sử dụng: Nhà nước giao đất có thu tiền sử dụng đất;",
            "3.8. Có quyền sử dụng hạn chế đối với thửa đất số ……, của ……, nội dung quyền sử dụng",
            "4. Tài sản gắn liền với đất (chỉ kê khai nếu có nhu cầu được chứng nhận quyền sở hữu tài sản):",
            "4.1. Nhà ở, công trình xây dựng khác:",
        ),
        "that of 2004": (
            *HEAD,
            "ĐƠN XIN CẤP GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT",
            "Kính gửi: Ủy ban nhân dân huyện Đại Lộc",
            "1. Người sử dụng đất",
            "1.1. Tên người sử dụng đất: Hộ ông Lê Văn Thử",
            "1.2. Địa chỉ: thôn 2, xã Đại Minh, huyện Đại Lộc",
            "2. Thửa đất xin cấp giấy chứng nhận quyền sử dụng đất",
            "2.1. Thửa đất số: 41\t2.2. Tờ bản đồ số: 7",
            "2.3. Địa chỉ tại: thôn 2, xã Đại Minh, huyện Đại Lộc, tỉnh Quảng Nam",
            "2.4. Diện tích: 350,5 m2; Hình thức sử dụng:",
            "+ Sử dụng chung: Không m2",
            "+ Sử dụng riêng: 350,5 m2",
            "2.5. Mục đích sử dụng đất: Đất ở tại nông thôn",
            "2.6. Thời hạn sử dụng đất: Lâu dài",
            "2.7. Nguồn gốc sử dụng đất: Cha mẹ để lại",
            "Tôi cam đoan nội dung kê khai trên đơn là đúng.",
            "Đại Minh, ngày 4 tháng 5 năm 2006",
            "Người viết đơn",
        ),
        "with a list of parcels": (
            *HEAD,
            "ĐƠN ĐĂNG KÝ QUYỀN SỬ DỤNG ĐẤT",
            "Kính gửi: UBND xã Bình Dương",
            "Họ và tên chủ hộ: Nguyễn Văn Mẫu",
            "Năm sinh 1950, Số CMND 205123456",
            "Nơi thường trú: thôn 3 xã Bình Dương",
            "Xin đăng ký quyền sử dụng đất các thửa đất sau:",
            "Số tờ bản đồ\tSố thửa\tDiện tích (m2)\tLoại đất\tNguồn gốc",
            "1\t125\t480\tT\tông bà để lại",
            "Tôi xin cam đoan những lời khai trên là đúng",
            "Người làm đơn",
        ),
        "of a change": (
            "Mẫu số 09/ĐK",
            *HEAD,
            "ĐƠN ĐĂNG KÝ BIẾN ĐỘNG",
            "ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT",
            "Kính gửi: Chi nhánh Văn phòng đăng ký đất đai thành phố Hội An",
            "I. PHẦN KÊ KHAI CỦA NGƯỜI ĐĂNG KÝ",
            "1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất",
            "1.1. Tên (viết chữ in hoa): NGUYỄN VĂN MẪU",
            "1.2. Địa chỉ: thôn Bình Hiệp",
            "2. Giấy chứng nhận đã cấp",
            "2.1. Số vào sổ cấp GCN: CH 01234; 2.2. Số phát hành GCN: BA 123456;",
            "2.3. Ngày cấp GCN: 12/5/2015",
            "3. Nội dung biến động về: chuyển nhượng quyền sử dụng đất",
            "3.1. Nội dung trên GCN trước khi biến động: ông A",
            "4. Lý do biến động",
        ),
        "for another certificate": (
            "Mẫu số 10/ĐK",
            *HEAD,
            "ĐƠN ĐỀ NGHỊ CẤP LẠI, CẤP ĐỔI GIẤY CHỨNG NHẬN",
            "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT",
            "Kính gửi: UBND huyện",
            "1. Người sử dụng đất",
            "2. Giấy chứng nhận quyền sử dụng đất đã cấp đề nghị được cấp lại, cấp đổi",
            "2.1. Số vào sổ cấp GCN: CH 01234; 2.2. Số phát hành GCN: BA 123456",
            "3. Lý do đề nghị cấp lại, cấp đổi Giấy chứng nhận: rách",
        ),
    },
    "khac": {
        "a contract with the labels of a certificate": (
            *HEAD,
            "HỢP ĐỒNG",
            "CHUYỂN NHƯỢNG QUYỀN SỬ DỤNG ĐẤT",
            "Bên chuyển nhượng: Ông: Nguyễn Văn Mẫu, sinh năm 1960, CMND số: 205123456",
            "Thửa đất số: 125",
            "Tờ bản đồ số: 12",
            "Địa chỉ: thôn 1",
            "Diện tích: 350,5 m2 (bằng chữ: ba trăm năm mươi)",
            "Hình thức sử dụng:",
            "+ Sử dụng riêng: 350,5 m2",
            "+ Sử dụng chung: không",
            "Mục đích sử dụng: Đất ở",
            "Thời hạn sử dụng: Lâu dài",
            "Nguồn gốc sử dụng: nhận chuyển nhượng",
            "theo Giấy chứng nhận quyền sử dụng đất số BA 123456",
        ),
        "an opinion of the neighbours": (
            *HEAD,
            "PHIẾU LẤY Ý KIẾN KHU DÂN CƯ",
            "Về nguồn gốc và thời điểm sử dụng đất",
            "Thửa đất số: 125 Tờ bản đồ số: 12",
            "Người sử dụng đất: Nguyễn Văn Mẫu",
            "Nguồn gốc sử dụng đất: khai hoang",
            "Thời điểm bắt đầu sử dụng đất vào mục đích hiện nay",
        ),
        "a description of the boundary": (
            *HEAD,
            "BẢN MÔ TẢ RANH GIỚI, MỐC GIỚI THỬA ĐẤT",
            "Ngày 3 tháng 4 năm 2016",
            "Thửa đất số: 125 Tờ bản đồ số: 12",
            "Người sử dụng đất: Nguyễn Văn Mẫu",
            "SƠ ĐỒ RANH GIỚI, MỐC GIỚI THỬA ĐẤT",
            "Mô tả chi tiết mốc giới, ranh giới thửa đất:",
            "Người sử dụng đất liền kề",
            "Số thửa",
        ),
        "a confirmation of the survey, with the items of an extract": (
            "UBND xã Bình Minh",
            *HEAD,
            "PHIẾU XÁC NHẬN KẾT QUẢ ĐO ĐẠC HIỆN TRẠNG THỬA ĐẤT",
            "1. Số thứ tự thửa đất: 125; Tờ bản đồ số: 12; xã Bình Minh",
            "2. Diện tích: 350,5 m2",
            "3. Mục đích sử dụng đất: ONT",
            "4. Tên người sử dụng đất: Nguyễn Văn Mẫu",
            "5. Các thay đổi của thửa đất so với giấy tờ pháp lý về quyền sử dụng đất",
            "6. Bản vẽ thửa đất",
        ),
        "a proposal": (
            "ỦY BAN NHÂN DÂN XÃ BÌNH MINH",
            *HEAD,
            "Số: 12/TTr-UBND",
            "TỜ TRÌNH",
            "Về việc cấp giấy chứng nhận quyền sử dụng đất",
            "Kính gửi: Ủy ban nhân dân huyện Thăng Bình",
            "Căn cứ Luật Đất đai năm 2003;",
            "Căn cứ Quyết định số 12/2005/QĐ-UBND",
            "đề nghị cấp giấy chứng nhận quyền sử dụng đất cho 12 hộ",
            "(có danh sách kèm theo)",
        ),
        "an authorisation": (
            *HEAD,
            "GIẤY ỦY QUYỀN",
            "Tôi tên là: Nguyễn Văn Mẫu, sinh năm 1960",
            "CCCD số 049060123456",
            "Thửa đất số: 125, tờ bản đồ số: 12",
            "Giấy chứng nhận quyền sử dụng đất số BA 123456",
        ),
        "the book of changes": (
            "SỔ THEO DÕI BIẾN ĐỘNG ĐẤT ĐAI",
            "STT\tTên, địa chỉ\tThời điểm đăng ký\tThửa số\tTờ số\tNội dung biến động",
            "1\tNguyễn Văn Mẫu\t12/5/2006\t125\t12\tchuyển nhượng",
        ),
        "a paper of before 1975": (
            "TRÍCH LỤC ĐỊA BỘ",
            "Tỉnh Quảng Nam, quận Thăng Bình, xã Bình Dương",
            "Số hiệu\tDiện tích\tTên nghiệp chủ",
        ),
        "a decision about a post": (
            "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Số: 3456/QĐ-UBND",
            "QUYẾT ĐỊNH",
            "Về việc bổ nhiệm cán bộ",
            "Căn cứ Luật Tổ chức HĐND và UBND ngày 26/11/2003;",
            "QUYẾT ĐỊNH:",
            "Điều 1. Bổ nhiệm ông Nguyễn Văn Mẫu",
            "Điều 2.",
        ),
        "minutes": (
            *HEAD,
            "BIÊN BẢN",
            "Xét duyệt đơn đăng ký quyền sử dụng đất",
            "Hội đồng đăng ký đất đai xã",
            "1. Số hộ đủ điều kiện",
            "Danh sách kèm theo",
            "Cấp giấy chứng nhận quyền sử dụng đất cho 120 hộ",
        ),
    },
    "quyet_dinh": {
        "to issue certificates": (
            "UBND HUYỆN ĐẠI LỘC\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Số: 456 /QĐ-UB\tĐộc lập - Tự do - Hạnh phúc",
            "Đại Lộc, ngày 15 tháng 8 năm 1999",
            "QUYẾT ĐỊNH CỦA UBND HUYỆN ĐẠI LỘC",
            "V/v cấp giấy chứng nhận quyền sử dụng đất",
            "CHỦ TỊCH UBND HUYỆN ĐẠI LỘC",
            "- Căn cứ Luật tổ chức HĐND và UBND ngày 21/6/1994;",
            "- Căn cứ Luật Đất đai ngày 14/7/1993;",
            "- Xét đề nghị của Trưởng phòng Địa chính;",
            "QUYẾT ĐỊNH",
            "Điều 1: Nay cấp giấy chứng nhận quyền sử dụng đất cho 12 hộ tại xã Đại Minh",
            "Điều 2: ...",
        ),
        "to take back land": (
            "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "TỈNH QUẢNG NAM\tĐộc lập - Tự do - Hạnh phúc",
            "Số: 3456/QĐ-UBND\tQuảng Nam, ngày 15 tháng 8 năm 2009",
            "QUYẾT ĐỊNH",
            "Về việc thu hồi đất và giao đất",
            "ỦY BAN NHÂN DÂN TỈNH",
            "Căn cứ Luật Tổ chức HĐND và UBND ngày 26/11/2003;",
            "Căn cứ Luật Đất đai ngày 26/11/2003;",
            "Theo đề nghị của Giám đốc Sở Tài nguyên và Môi trường",
            "QUYẾT ĐỊNH:",
            "Điều 1. Thu hồi 12.000 m2 đất tại xã Tam Phú",
        ),
    },
    "trich_luc": {
        "an extract": (
            "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG",
            "TRÍCH LỤC BẢN ĐỒ ĐỊA CHÍNH THỬA ĐẤT",
            "1. Thửa đất số: 125; tờ bản đồ số: 12",
            "2. Diện tích: 350,5 m2",
            "3. Mục đích sử dụng: ONT",
            "4. Tên người sử dụng đất: Nguyễn Văn Mẫu",
        ),
        "an extract of another wording": (
            "TRÍCH LỤC SƠ ĐỒ THỬA ĐẤT",
            "Số thửa: 125",
            "Tờ bản đồ số: 12",
            "Diện tích: 350,5 m2",
            "Loại đất: T",
            "Chủ sử dụng: Nguyễn Văn Mẫu",
            "Tỷ lệ 1:500",
        ),
    },
    "giay_to_tuy_than": {
        "a card": (
            *HEAD,
            "SOCIALIST REPUBLIC OF VIET NAM",
            "CĂN CƯỚC CÔNG DÂN",
            "Citizen Identity Card",
            "Số / No.: 049060123456",
            "Họ và tên / Full name:",
            "NGUYỄN VĂN MẪU",
            "Ngày sinh / Date of birth: 01/01/1960",
            "Giới tính / Sex: Nam  Quốc tịch / Nationality: Việt Nam",
        ),
        "an older card": (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "GIẤY CHỨNG MINH NHÂN DÂN",
            "SỐ 205123456",
            "Họ tên NGUYỄN VĂN MẪU",
            "Sinh ngày 01-01-1960",
            "Nguyên quán Thăng Bình",
            "Nơi ĐKHK thường trú",
        ),
        "its back": (
            "Dân tộc: Kinh\tTôn giáo: Không",
            "NGÓN TRỎ TRÁI\tDẤU VẾT RIÊNG VÀ DỊ HÌNH",
            "Sẹo chấm",
            "NGÓN TRỎ PHẢI\tNgày 12 tháng 3 năm 2005",
            "GIÁM ĐỐC CA TỈNH",
        ),
        "a leaf of a household book": (
            "CHỦ HỘ",
            "Họ và tên: NGUYỄN VĂN MẪU",
            "Quan hệ với chủ hộ: Vợ",
            "Ngày, tháng, năm sinh: 01/01/1960",
            "Giới tính: Nữ",
            "Nguyên quán: Thăng Bình",
        ),
        "a birth certificate": (
            *HEAD,
            "GIẤY KHAI SINH",
            "(BẢN SAO)",
            "Họ và tên: NGUYỄN VĂN MẪU",
            "Ngày, tháng, năm sinh",
            "Nơi sinh",
        ),
    },
    "ban_do": {
        "a map": (
            "BẢN ĐỒ ĐỊA CHÍNH",
            "XÃ BÌNH MINH, HUYỆN THĂNG BÌNH, TỈNH QUẢNG NAM",
            "TỜ BẢN ĐỒ SỐ 12",
            "TỶ LỆ 1:1000",
            "ONT 12\tCLN 13\tLUC 14",
            "120,5\t33,5\t1.204,5",
            "Người vẽ",
            "Người kiểm tra",
        ),
    },
    "trich_do": {
        "a description with a corner table": (
            "BẢN MÔ TẢ RANH GIỚI, MỐC GIỚI THỬA ĐẤT",
            "Thửa đất số: 125 Tờ bản đồ số: 12",
            "BẢNG LIỆT KÊ TỌA ĐỘ GÓC RANH",
            "1\t1720818.12\t577996.40\t12.31",
            "2\t1720820.55\t578008.47\t28.10",
            "3\t1720793.01\t578014.05\t12.30",
        ),
    },
}


def best(lines: Sequence[str]) -> Match | None:
    """Return the face that the page is taken for, as the reader chooses it."""
    pieces = page_of(lines)
    found: list[Match] = []
    for form in sorted(load_forms(), key=lambda form: form.yields):
        for match in match_faces(pieces, form)[:1]:
            if match.strength >= 1 and not (form.yields and found):
                found.append(match)
    return max(found, key=lambda match: match.strength, default=None)


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        pytest.param(kind, lines, id=f"{kind}: {name}")
        for kind, named in PAPERS.items()
        for name, lines in named.items()
    ],
)
def test_a_paper_is_known_by_what_it_prints(kind: str, lines: Sequence[str]) -> None:
    match = best(lines)
    assert (match.paper.kind if match else "khac") == kind


def test_a_book_in_words_of_its_own_is_known_by_its_columns() -> None:
    # heads that are short wordings of a certificate issue book's, and none of its telling phrases
    lines = ("TT\tTên và địa chỉ người sử dụng đất\tTờ số\tSố thửa\tDiện tích\tSeri\tVào sổ số\tNgày cấp",)
    assert best(lines) is None
    match = match_columns(page_of(lines), load_forms(), Looks())
    assert match is not None
    assert (match.paper.kind, match.face.name) == ("so_cap_gcn", "rows")


def test_a_letter_that_names_some_heads_is_no_book() -> None:
    lines = ("Kính gửi: UBND xã", "Tờ số", "Số thửa", "Diện tích", "Loại đất", "Ghi chú", "Ngày cấp", "Xứ đồng")
    assert match_columns(page_of(lines), load_forms(), Looks()) is None


def read(lines: Sequence[str]) -> dict[str, list[str]]:
    match = best(lines)
    assert match is not None
    _, spans = spans_of(match.face, page_of(lines), None)
    said: dict[str, list[str]] = {}
    for span in spans:
        said.setdefault(span.name, []).append(text_of(span.tokens))
    return said


def test_the_numbered_application_gives_its_parcel_and_its_people() -> None:
    said = read(PAPERS["don_dang_ky"]["the numbered form of 2014"])
    assert said["parcel_no"] == ["125"]
    assert said["sheet_no"] == ["12"]
    assert said["private_m2"] == ["1.205,6"]
    assert said["shared_m2"] == ["0"]
    assert said["land_use"] == ["Đất ở tại nông thôn"]
    assert said["term"] == ["Lâu dài"]
    (people,) = said["owners"]
    assert people.startswith("ÔNG NGUYỄN VĂN MẪU Năm sinh: 1960")


def test_an_application_for_a_change_names_the_certificate_and_no_parcel() -> None:
    said = read(PAPERS["don_dang_ky"]["of a change"])
    assert said["refs"] == ["CH 01234", "BA 123456"]
    assert "parcel_no" not in said
    assert "address" not in said


@pytest.mark.parametrize(
    ("name", "number", "office"),
    [
        ("to issue certificates", "456 /QĐ-UB", "UBND HUYỆN ĐẠI LỘC"),
        ("to take back land", "3456/QĐ-UBND", "ỦY BAN NHÂN DÂN TỈNH QUẢNG NAM"),
    ],
)
def test_a_decision_gives_its_number_its_office_and_its_commune(name: str, number: str, office: str) -> None:
    said = read(PAPERS["quyet_dinh"][name])
    assert said["decision_no"] == [number]
    assert said["issuer"] == [office]
    assert len(said["unit_name"]) == 1


def test_identity_papers_and_maps_are_kept_and_not_read() -> None:
    forms = {form.kind: form for form in load_forms()}
    assert [forms[kind].reads for kind in ("giay_to_tuy_than", "ban_do", "khac")] == [False, False, False]
    assert all(not face.fields and not face.layout for face in forms["giay_to_tuy_than"].faces)
