"""The papers of domain.md, drawn with invented people and numbers."""

from __future__ import annotations

from pathlib import Path

from tests.ocr_read.drawing import SERIF, Paper

PINK = (252, 226, 228)
WIDTH, HEIGHT = 1496, 2087  # 190 x 265 mm at 200 dpi


def certificate_front(font: Path = SERIF, paper: Paper | None = None, x: int = 0) -> Paper:
    """Return page 1: title, block I with a couple, the serial lower right."""
    p = paper or Paper(WIDTH, HEIGHT, font, PINK)
    middle = x + WIDTH // 2
    p.write(middle, 120, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=28, centred=True)
    p.write(middle, 170, "Độc lập - Tự do - Hạnh phúc", size=26, centred=True)
    p.write(middle, 560, "GIẤY CHỨNG NHẬN", size=56, centred=True)
    p.write(middle, 660, "QUYỀN SỬ DỤNG ĐẤT", size=34, centred=True)
    p.write(middle, 720, "QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT", size=30, centred=True)
    p.write(x + 120, 900, "I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất", size=28)
    p.write(x + 140, 980, ("owner.1", "Ông: NGUYỄN VĂN MẪU, sinh năm 1960, CMND số: 205123456,"))
    p.write(x + 140, 1030, "địa chỉ thường trú: thôn Phú Đông, xã Tam Phú, thành phố Tam Kỳ, tỉnh Quảng Nam")
    p.write(x + 140, 1090, ("owner.2", "và vợ là bà: TRẦN THỊ THỬ, sinh năm 1962, CMND số: 205654321,"))
    p.write(x + 140, 1140, "địa chỉ thường trú: thôn Phú Đông, xã Tam Phú, thành phố Tam Kỳ, tỉnh Quảng Nam")
    p.write(x + 1020, 1850, ("serial", "BA 123456"), size=44, ink=(190, 30, 40))
    return p


def certificate_parcel(font: Path = SERIF, paper: Paper | None = None, x: int = 0) -> Paper:
    """Return page 2: block II, its notes, the signature at the right and the register number at the left."""
    p = paper or Paper(WIDTH, HEIGHT, font, PINK)
    left = x + 110
    p.write(left, 120, "II. Thửa đất, nhà ở và tài sản khác gắn liền với đất", size=28)
    p.write(left, 180, "1. Thửa đất:")
    p.write(left, 240, "a) Thửa đất số: ", ("parcel_no", "125"), ",   tờ bản đồ số: ", ("sheet_no", "12"))
    p.write(left, 300, "b) Địa chỉ: ", ("address", "thôn Phú Đông, xã Tam Phú, thành phố Tam Kỳ,"))
    p.write(left, 345, "tỉnh Quảng Nam")
    p.write(left, 405, "c) Diện tích: ", ("area_m2", "1.205,6 m²"), ", (bằng chữ: một nghìn hai trăm lẻ năm phẩy sáu")
    p.write(left, 450, "mét vuông)")
    p.write(
        left, 510, "d) Hình thức sử dụng: riêng: ", ("private_m2", "1.205,6 m²"), "; chung: ", ("shared_m2", "Không")
    )
    p.write(left, 570, "đ) Mục đích sử dụng: Đất ở tại nông thôn: 200,0 m²; Đất trồng cây lâu năm:")
    p.write(left, 615, "1.005,6 m²")
    p.write(left, 675, "e) Thời hạn sử dụng: Đất ở: Lâu dài; Đất trồng cây lâu năm: Đến ngày 15/10/2043")
    p.write(left, 735, "g) Nguồn gốc sử dụng: ", ("origin", "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất"))
    p.write(left, 795, "2. Nhà ở: -/-")
    p.write(left, 855, "3. Công trình xây dựng khác: -/-")
    p.write(left, 915, "4. Rừng sản xuất là rừng trồng: -/-")
    p.write(left, 975, "5. Cây lâu năm: -/-")
    p.write(left, 1035, "6. Ghi chú: ", ("refs", "Cấp đổi từ Giấy chứng nhận quyền sử dụng đất số AN 123456"))
    p.write(x + 1060, 1300, "Tam Kỳ, ", ("issued_on", "ngày 12 tháng 5 năm 2015"), centred=True)
    p.write(x + 1060, 1350, "TM. ỦY BAN NHÂN DÂN THÀNH PHỐ TAM KỲ", size=24, centred=True)
    p.write(x + 1060, 1395, "CHỦ TỊCH", size=24, centred=True)
    p.write(x + 1060, 1650, "Trần Văn Mẫu", centred=True)
    p.write(left, 1900, "Số vào sổ cấp GCN: ", ("register_no", "CH 01234"))
    return p


def certificate_plan(font: Path = SERIF, paper: Paper | None = None, x: int = 0) -> Paper:
    """Return page 3: block III without a corner table, and block IV with one change."""
    p = paper or Paper(WIDTH, HEIGHT, font, PINK)
    p.write(x + 110, 120, "III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất", size=28)
    p.write(x + 700, 500, "125")
    p.write(x + 110, 1300, "IV. Những thay đổi sau khi cấp Giấy chứng nhận", size=28)
    p.write(x + 130, 1370, "Nội dung thay đổi và cơ sở pháp lý")
    p.write(x + 860, 1370, "Xác nhận của cơ quan có thẩm quyền", size=24)
    p.write(x + 130, 1450, ("change_note", "Chuyển nhượng cho bà Lê Thị Thử theo hồ"))
    p.write(x + 130, 1495, "sơ số 001234.CN.005")
    p.write(x + 900, 1450, "Ngày 03/02/2018")
    p.write(x + 900, 1495, "GIÁM ĐỐC")
    return p


def certificate_back(font: Path = SERIF, paper: Paper | None = None, x: int = 0) -> Paper:
    """Return page 4: block IV going on, empty, and the barcode's digits."""
    p = paper or Paper(WIDTH, HEIGHT, font, PINK)
    p.write(x + 130, 150, "Nội dung thay đổi và cơ sở pháp lý")
    p.write(x + 860, 150, "Xác nhận của cơ quan có thẩm quyền", size=24)
    p.write(x + 900, 1900, ("barcode", "2034415001234"), size=30)
    return p


def spread(left: str, right: str) -> Paper:
    """Return two pages of the certificate on one sheet, by their numbers "1" to "4"."""
    p = Paper(2 * WIDTH, HEIGHT, SERIF, PINK)
    faces = {"1": certificate_front, "2": certificate_parcel, "3": certificate_plan, "4": certificate_back}
    faces[left](paper=p)
    faces[right](paper=p, x=WIDTH)
    return p


def extract(font: Path = SERIF) -> Paper:
    """Return a survey extract: title, items 1 to 5, and a corner table of four points."""
    p = Paper(1654, 2339, font)
    p.write(827, 120, "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG TỈNH QUẢNG NAM", size=24, centred=True)
    p.write(827, 200, "TRÍCH ĐO ĐỊA CHÍNH THỬA ĐẤT", size=38, centred=True)
    p.write(150, 300, "1. Số thứ tự thửa đất: ", ("parcel_no", "48"), "; Tờ bản đồ số: ", ("sheet_no", "7"), ";")
    p.write(150, 345, ("address", "xã Tam Phú"), ", thành phố Tam Kỳ, tỉnh Quảng Nam")
    p.write(150, 405, "2. Diện tích: ", ("area_m2", "350,5 m²"))
    p.write(150, 465, "3. Mục đích sử dụng đất: ", ("land_use", "Đất ở tại nông thôn (ONT)"))
    p.write(150, 525, "4. Tên người sử dụng đất: ", ("owners", "Hộ ông Lê Văn Thử"))
    p.write(150, 570, "địa chỉ thường trú: thôn Ngọc Mỹ, xã Tam Phú, thành phố Tam Kỳ")
    p.write(150, 630, "5. Các thay đổi của thửa đất so với giấy tờ pháp lý về quyền sử dụng đất:")
    p.write(150, 675, ("change_note", "Ranh giới không thay đổi"))
    p.write(150, 735, "6. Bản vẽ thửa đất")
    p.write(827, 1150, ("scale", "Tỷ lệ 1:500"), centred=True)
    p.write(827, 1250, "BẢNG LIỆT KÊ TỌA ĐỘ GÓC RANH", size=28, centred=True)
    p.write(827, 1300, ("meridian", "Hệ tọa độ VN-2000, kinh tuyến trục 107°45', múi chiếu 3°"), centred=True)
    heads = ("Số hiệu điểm", "X (m)", "Y (m)", "Cạnh (m)")
    rows = (
        ("1", "1720818.12", "577996.40", "12.31"),
        ("2", "1720820.55", "578008.47", "28.10"),
        ("3", "1720793.01", "578014.05", "12.30"),
        ("4", "1720790.60", "578001.99", "28.09"),
    )
    for column, head in enumerate(heads):
        p.write(250 + 320 * column, 1370, head)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            p.write(260 + 320 * column, 1430 + 60 * row + (30 if column == 3 else 0), cell)
    p.write(1150, 1850, "Tam Kỳ, ", ("issued_on", "ngày 05 tháng 9 năm 2019"), centred=True)
    p.write(1150, 1895, "GIÁM ĐỐC", centred=True)
    return p


def ledger_cover(font: Path = SERIF) -> Paper:
    """Return the cover of a parcel index."""
    p = Paper(2339, 1654, font)
    for y, name, text in (
        (200, "province_name", "TỈNH QUẢNG NAM"),
        (280, "district_name", "THÀNH PHỐ TAM KỲ"),
        (360, "unit_name", "XÃ TAM PHÚ"),
    ):
        p.write(1170, y, (name, text), size=36, centred=True)
    p.write(1170, 700, "SỔ MỤC KÊ ĐẤT ĐAI", size=70, centred=True)
    p.write(1170, 900, "Quyển số: ", ("volume", "03"), size=36, centred=True)
    return p


def ledger_rows(font: Path = SERIF) -> Paper:
    """Return a page of a parcel index with its two head rows, the column numbers and two parcels."""
    p = Paper(2339, 1654, font)
    p.write(1950, 90, "Trang số: ", ("printed_no", "08"))
    heads = (
        (120, 200, ("Tờ", "bản đồ", "số")),
        (260, 200, ("Thửa", "đất", "số")),
        (430, 200, ("Tên người sử dụng,", "quản lý đất")),
        (880, 200, ("Mã đối tượng", "sử dụng,", "quản lý đất")),
        (1120, 190, ("Hiện trạng sử dụng đất",)),
        (1120, 250, ("Diện tích", "(m2)")),
        (1320, 250, ("Loại", "đất")),
        (1500, 190, ("Giấy tờ pháp lý về QSDĐ",)),
        (1500, 250, ("Diện tích", "(m2)")),
        (1700, 250, ("Loại", "đất")),
        (1960, 210, ("Ghi chú",)),
    )
    for x, y, lines in heads:
        for n, line in enumerate(lines):
            p.write(x, y + 34 * n, line, size=22)
    xs = (140, 280, 520, 930, 1150, 1330, 1530, 1710, 2000)
    for n, x in enumerate(xs, start=1):
        p.write(x, 330, f"({n})", size=22)
    for row, cells in enumerate(
        (
            ("7", "48", "Lê Văn Thử", "GDC", "350,5", "ONT", "350,0", "ONT", ""),
            ("7", "49", "Trần Thị Mẫu", "GDC", "1.205,6", "LUC", "1.205,6", "LUC", "Tách từ thửa 12"),
        )
    ):
        for x, cell in zip(xs, cells, strict=True):
            p.write(x, 400 + 60 * row, cell, size=24)
    for x in (100, 230, 370, 860, 1100, 1290, 1490, 1680, 1880, 2280):
        p.rule(x, 170, x, 520)
    for y in (170, 320, 370, 445, 520):
        p.rule(100, y, 2280, y)
    return p
