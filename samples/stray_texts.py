"""The words of papers that are kept and not read: contracts, minutes, opinions, confirmations, a book of changes.

They quote the labels of papers that are read. In the texts `{who}`, `{other}` are invented people, `{born}` a year,
`{home}` an address, `{parcel}`, `{sheet}`, `{area}` a parcel, `{use}` a purpose, `{serial}` a certificate, `{day}` a
day and `{n}` a number.
"""

from __future__ import annotations

from dataclasses import dataclass

_NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


@dataclass(frozen=True, slots=True)
class Stray:
    """One paper: what stands over its title, the title, its lines (`*` in front of a bold one), and who signs.

    `heads` are those of a table with that many filled rows after the lines; `lying` turns the page; `typed` is the
    page of a typewriter from before 1975.
    """

    over: tuple[str, ...]
    title: tuple[str, ...]
    lines: tuple[str, ...]
    signers: tuple[str, ...]
    heads: tuple[str, ...] = ()
    rows: int = 0
    lying: bool = False
    typed: bool = False


STRAYS: tuple[Stray, ...] = (
    Stray(
        _NATION,
        ("HỢP ĐỒNG CHUYỂN NHƯỢNG", "QUYỀN SỬ DỤNG ĐẤT"),
        (
            "*BÊN CHUYỂN NHƯỢNG (BÊN A):",
            "Ông: {who}     Năm sinh: {born}",
            "Địa chỉ thường trú: {home}",
            "*BÊN NHẬN CHUYỂN NHƯỢNG (BÊN B):",
            "Bà: {other}     Năm sinh: {born}",
            "Hai bên thỏa thuận ký hợp đồng với các điều khoản sau đây:",
            "*ĐIỀU 1. THỬA ĐẤT CHUYỂN NHƯỢNG",
            "- Thửa đất số: {parcel}     - Tờ bản đồ số: {sheet}",
            "- Địa chỉ thửa đất: {home}",
            "- Diện tích: {area} m2, hình thức sử dụng: + Sử dụng riêng: {area} m2; + Sử dụng chung: không",
            "- Mục đích sử dụng: {use}     - Thời hạn sử dụng: Lâu dài",
            "theo Giấy chứng nhận quyền sử dụng đất số {serial}.",
            "*ĐIỀU 2. GIÁ CHUYỂN NHƯỢNG VÀ PHƯƠNG THỨC THANH TOÁN",
            "Bên B trả đủ cho Bên A một lần bằng tiền mặt ngay khi ký hợp đồng này.",
            "*ĐIỀU 3. VIỆC ĐĂNG KÝ VÀ LỆ PHÍ",
            "Việc đăng ký quyền sử dụng đất do Bên B thực hiện và chịu lệ phí.",
        ),
        ("BÊN A", "BÊN B"),
    ),
    Stray(
        _NATION,
        ("BIÊN BẢN", "Về việc xác định ranh giới, mốc giới sử dụng đất"),
        (
            "Hôm nay, {day}, tại thửa đất số {parcel}, tờ bản đồ số {sheet}, {home}, chúng tôi gồm:",
            "1. Ông (bà): {who} - Chủ sử dụng đất",
            "2. Ông (bà): {other} - Chủ sử dụng đất giáp ranh",
            "3. Cán bộ địa chính xã.",
            "Các bên cùng xác định ranh giới thửa đất tại thực địa như sau: từ điểm 1 đến điểm 2 theo mép tường rào; "
            "từ điểm 2 đến điểm 3 theo bờ ruộng; từ điểm 3 về điểm 1 theo hàng cây.",
            "Diện tích đo đạc hiện trạng: {area} m2. Ranh giới không có tranh chấp.",
            "Biên bản được đọc lại cho mọi người cùng nghe, nhất trí và ký tên.",
        ),
        ("CHỦ SỬ DỤNG ĐẤT", "CÁN BỘ ĐỊA CHÍNH"),
    ),
    Stray(
        (),
        ("BẢN MÔ TẢ RANH GIỚI, MỐC GIỚI THỬA ĐẤT",),
        (
            "Ngày {day}, đơn vị đo đạc đã xác định ranh giới, mốc giới thửa đất của ông (bà) {who} tại {home}.",
            "Thửa đất số: {parcel}; tờ bản đồ số: {sheet}.",
            "*SƠ HỌA RANH GIỚI, MỐC GIỚI THỬA ĐẤT",
            "- Từ điểm 1 đến điểm 2: theo mép ngoài tường rào;",
            "- Từ điểm 2 đến điểm 3: theo tim bờ đất;",
            "- Từ điểm 3 đến điểm 1: theo mép đường bê tông.",
            "Người sử dụng đất liền kề ký xác nhận ranh giới, mốc giới thửa đất:",
        ),
        ("NGƯỜI SỬ DỤNG ĐẤT", "CÁN BỘ ĐO ĐẠC"),
        ("STT", "Tên người sử dụng đất liền kề", "Đồng ý (ký tên)", "Không đồng ý"),
        4,
    ),
    Stray(
        _NATION,
        ("PHIẾU LẤY Ý KIẾN KHU DÂN CƯ",),
        (
            "Về nguồn gốc và thời điểm sử dụng đất của ông (bà): {who}",
            "Thửa đất số {parcel}, tờ bản đồ số {sheet}, tại {home}. Diện tích {area} m2.",
            "Hội nghị khu dân cư gồm có các ông, bà có tên dưới đây thống nhất ý kiến:",
            "1. Nguồn gốc sử dụng đất: ông bà để lại, không có giấy tờ.",
            "2. Thời điểm bắt đầu sử dụng đất vào mục đích hiện nay: trước ngày 18/12/1980.",
            "3. Tình trạng tranh chấp đất đai: không có tranh chấp.",
        ),
        ("TRƯỞNG THÔN", "NGƯỜI LÀM CHỨNG"),
        ("Số TT", "Họ và tên", "Năm sinh", "Nơi ở", "Ký tên"),
        4,
    ),
    Stray(
        _NATION,
        ("PHIẾU XÁC NHẬN KẾT QUẢ ĐO ĐẠC HIỆN TRẠNG THỬA ĐẤT",),
        (
            "1. Thửa đất số: {parcel}; Tờ bản đồ số: {sheet}",
            "2. Địa chỉ thửa đất: {home}",
            "3. Diện tích: {area} m2; Mục đích sử dụng đất: {use}",
            "4. Tên người sử dụng đất: {who}",
            "5. Tên người sử dụng đất liền kề:",
            "6. Tình hình thay đổi ranh giới thửa đất từ khi có giấy tờ về quyền sử dụng đất: không thay đổi.",
            "Người sử dụng đất đã kiểm tra và xác nhận kết quả đo đạc nêu trên là đúng hiện trạng.",
        ),
        ("NGƯỜI SỬ DỤNG ĐẤT", "ĐƠN VỊ ĐO ĐẠC"),
        ("STT", "Tên người sử dụng đất liền kề", "Thửa đất số", "Ký xác nhận"),
        3,
    ),
    Stray(
        (),
        ("SỔ THEO DÕI BIẾN ĐỘNG ĐẤT ĐAI",),
        ("Năm 2009     Trang số: {n}",),
        (),
        ("STT", "Tên, địa chỉ", "Thời điểm đăng ký", "Thửa số", "Tờ số", "Nội dung biến động"),
        12,
        lying=True,
    ),
    Stray(
        ("ỦY BAN NHÂN DÂN XÃ", *_NATION),
        ("TỜ TRÌNH", "Về việc đề nghị cấp giấy chứng nhận quyền sử dụng đất"),
        (
            "Kính gửi: Ủy ban nhân dân huyện; Phòng Tài nguyên và Môi trường.",
            "Căn cứ Luật Đất đai; căn cứ kết quả xét duyệt của Hội đồng đăng ký đất đai xã ngày {day};",
            "Ủy ban nhân dân xã đề nghị cấp giấy chứng nhận quyền sử dụng đất cho {n} hộ gia đình, cá nhân đủ "
            "điều kiện, với tổng diện tích {area} m2 (kèm theo hồ sơ từng hộ).",
            "Kính đề nghị xem xét, giải quyết.",
        ),
        ("NƠI NHẬN", "TM. ỦY BAN NHÂN DÂN"),
    ),
    Stray(
        ("VIỆT NAM CỘNG HÒA", "TY ĐIỀN ĐỊA QUẢNG NAM"),
        ("TRÍCH LỤC ĐỊA BỘ",),
        (
            "Tỉnh Quảng Nam, quận, xã: {home}",
            "Số bằng khoán: {n}     Tờ bản đồ thứ: {sheet}     Số thửa: {parcel}",
            "Họ tên chủ đất: {who}",
            "Loại đất: tư thổ, hạng nhì. Diện tích: 0 mẫu 3 sào 7 thước.",
            "Trích y trong địa bộ lưu tại Ty. Bản sao này cấp theo lời xin của đương sự.",
        ),
        ("TRƯỞNG TY", "THƯ KÝ"),
        typed=True,
    ),
)
