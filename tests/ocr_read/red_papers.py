"""Certificates of other forms than that of 2009, drawn with invented people and numbers (domain.md 2.6)."""

from __future__ import annotations

import numpy as np
import zxingcpp
from PIL import Image

from tests.ocr_read.drawing import SERIF, Paper
from tests.ocr_read.papers import HEIGHT, WIDTH

DEEP_RED, GOLD = (180, 32, 42), (250, 214, 110)
A4 = (1654, 2339)


def deep_cover() -> Paper:
    """Return a deep red cover with gold letters and a black serial of one letter and six digits."""
    p = Paper(WIDTH, HEIGHT, SERIF, DEEP_RED)
    p.write(WIDTH // 2, 200, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=30, ink=GOLD, centred=True)
    p.write(WIDTH // 2, 900, "GIẤY CHỨNG NHẬN", size=64, ink=GOLD, centred=True)
    p.write(WIDTH // 2, 1000, "QUYỀN SỬ DỤNG ĐẤT", size=52, ink=GOLD, centred=True)
    p.write(700, 1800, "Số ", ("serial", "Q 012345"), size=42)
    return p


def list_of_parcels() -> Paper:
    """Return the inner page of 1993: the user, and a table of two parcels with its total."""
    p = Paper(WIDTH, HEIGHT, SERIF, (252, 246, 226))
    p.write(WIDTH // 2, 130, "ỦY BAN NHÂN DÂN HUYỆN DUY XUYÊN", size=30, centred=True)
    p.write(WIDTH // 2, 190, "CHỨNG NHẬN", size=40, centred=True)
    p.write(120, 300, "Hộ ông (bà): Trần Văn Sáu")
    p.write(120, 350, "Được quyền sử dụng: 1.250 m2 đất")
    p.write(120, 400, "Tại: xã Duy Phước, huyện Duy Xuyên, tỉnh Quảng Nam")
    p.write(120, 450, "Theo bảng liệt kê dưới đây:")
    edges = (100, 260, 400, 590, 850, 1150, 1400)
    heads = (
        ("Số tờ", "bản đồ"),
        ("Số", "thửa"),
        ("Diện tích", "(m2)"),
        ("Mục đích", "sử dụng"),
        ("Thời hạn", "sử dụng"),
        ("Phần ghi", "thêm"),
    )
    rows = (
        ("3", "125", "250", "Đất ở", "Lâu dài", ""),
        ("3", "126", "1.000", "Lúa", "20 năm", ""),
        ("Cộng", "", "1.250", "", "", ""),
    )
    levels = (510, 610, 670, 730, 790)
    for y in levels:
        p.rule(edges[0], y, edges[-1], y)
    for x in edges:
        p.rule(x, levels[0], x, levels[-1])
    for k, (one, other) in enumerate(heads):
        middle = (edges[k] + edges[k + 1]) // 2
        p.write(middle, 520, one, size=24, centred=True)
        p.write(middle, 562, other, size=24, centred=True)
    for n, row in enumerate(rows):
        for k, text in enumerate(row):
            p.write((edges[k] + edges[k + 1]) // 2, levels[n + 1] + 14, text, centred=True)
    p.write(100, 830, "Tổng diện tích bằng chữ: Một nghìn hai trăm năm mươi mét vuông")
    p.write(1000, 1300, "Ngày 12 tháng 5 năm 1998", centred=True)
    p.write(1000, 1350, "TM. ỦY BAN NHÂN DÂN HUYỆN DUY XUYÊN", size=24, centred=True)
    p.write(1000, 1395, "CHỦ TỊCH", size=24, centred=True)
    p.write(110, 1330, "Vào sổ cấp giấy chứng nhận", size=24)
    p.write(110, 1370, "quyền sử dụng đất", size=24)
    p.write(110, 1410, "Số ", ("register_no", "00123 QSDĐ/456/QĐ-UB"), size=24)
    return p


def blocks_of_2003() -> Paper:
    """Return the inner page of 2003: blocks I to IV, with a couple whose blank prints both titles."""
    p = Paper(WIDTH, HEIGHT, SERIF, (252, 246, 226))
    p.write(WIDTH // 2, 130, "CHỨNG NHẬN", size=40, centred=True)
    lines = (
        "I- Tên người sử dụng đất",
        "Ông(Bà): LÊ VĂN MẪU   Năm sinh: 1960",
        "Số CMND: 205123456   Cấp ngày: 02/03/1979   Nơi cấp: CA Quảng Nam",
        "Vợ(Chồng): TRẦN THỊ THỬ   Năm sinh: 1962",
        "Địa chỉ (Nơi đăng ký hộ khẩu thường trú): thôn 2, xã Tam Phú",
        "II- Thửa đất được quyền sử dụng",
        "Thửa số: 125     Tờ bản đồ số: 12",
        "Địa chỉ thửa đất: thôn 2, xã Tam Phú, thị xã Tam Kỳ, tỉnh Quảng Nam",
        "Diện tích: 350,5 m2",
        "Bằng chữ: Ba trăm năm mươi phẩy năm mét vuông",
        "Hình thức sử dụng:",
        "+ Sử dụng riêng: 350,5 m2",
        "+ Sử dụng chung: Không",
        "Mục đích sử dụng: Đất ở tại nông thôn",
        "Thời hạn sử dụng: Lâu dài",
        "Nguồn gốc sử dụng: Nhà nước giao đất có thu tiền sử dụng đất",
        "III- Tài sản gắn liền với đất",
        "IV- Ghi chú",
    )
    for n, line in enumerate(lines):
        p.write(120, 240 + 56 * n, line)
    return p


def sheet_of_2024() -> Paper:
    """Return page 1 of the form of 2024 with a QR code that holds the serial among other things."""
    p = Paper(*A4, SERIF)
    p.write(827, 300, "GIẤY CHỨNG NHẬN", size=56, centred=True)
    p.write(827, 400, "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT", size=30, centred=True)
    lines = (
        "1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:",
        "Ông: Lê Văn Mẫu, CC: 049060123456",
        "2. Thông tin thửa đất:",
        "a. Thửa đất số: 125; tờ bản đồ số: 12",
        "b. Diện tích: 383,0 m²",
        "c. Loại đất: Đất ở tại nông thôn (ONT): 93,0 m²; Đất trồng cây hằng năm khác (HNK): 290,0 m²",
        "d. Thời hạn sử dụng đất: Đất ở tại nông thôn (ONT): Lâu dài; Đất trồng cây hằng năm khác",
        "(HNK): Đến ngày 17/12/2065",
        "đ. Hình thức sử dụng: Sử dụng riêng",
        "e. Địa chỉ: thôn 2, xã Tam Phú, thành phố Tam Kỳ, tỉnh Quảng Nam",
        "3. Thông tin tài sản gắn liền với đất: -/-",
    )
    for n, line in enumerate(lines):
        p.write(150, 560 + 60 * n, line, size=27)
    p.write(150, 2120, "Thông tin chi tiết được thể hiện tại mã QR", size=22)
    p.write(150, 2180, ("serial", "AA 01234567"), size=40)
    code = zxingcpp.create_barcode("x;AA 01234567;20335;12;125", zxingcpp.BarcodeFormat.QRCode)
    p.image.paste(Image.fromarray(np.array(zxingcpp.write_barcode_to_image(code, scale=4))), (1380, 120))
    return p


def bars(digits: str) -> Paper:
    """Return page 4 of the form of 2009 whose barcode is drawn and whose digits under it are torn off."""
    p = Paper(WIDTH, HEIGHT, SERIF)
    p.write(130, 150, "Nội dung thay đổi và cơ sở pháp lý")
    p.write(860, 150, "Xác nhận của cơ quan có thẩm quyền", size=24)
    code = zxingcpp.create_barcode(digits, zxingcpp.BarcodeFormat.Code128)
    p.image.paste(Image.fromarray(np.array(zxingcpp.write_barcode_to_image(code, scale=2))), (900, 1800))
    return p
