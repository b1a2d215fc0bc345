"""Numbers that one confusion of two signs turns into another, and remarks that call a number empty."""

import pytest

from cadastre.missing.holdings import Line
from cadastre.missing.lookalikes import best_match, lookalikes, numbers_alike
from cadastre.words.struck import is_struck, struck_numbers


def certificate(serial: str, **said: object) -> Line:
    return Line("b", f"d-{serial}", 1, f"{serial}.pdf", 1, None, "gcn", serial=serial, **said)  # type: ignore[arg-type]


def row(**said: object) -> Line:
    return Line("b", "book", 2, "so.pdf", 2, 1, "so_cap_gcn", **said)  # type: ignore[arg-type]


def test_the_confusions_are_those_of_the_handbook() -> None:
    # 0/O, 1/7, 3/8, 5/6, S/5, T/1
    assert lookalikes("10") == {"70", "T0", "1O"}
    assert lookalikes("24") == frozenset()
    assert numbers_alike(1255, 5) == {7255, 1265, 1256}


def test_one_digit_away_and_the_same_parcel_is_the_same_certificate() -> None:
    held = certificate("AG 421576", sheet_no="28", parcel_no="410")
    naming = row(sheet_no="28", parcel_no="410")
    assert best_match(naming, "AG 427576", {"AG 421576": [held]}, frozenset()) == "AG 421576"


def test_one_digit_away_and_nothing_alike_is_another_certificate() -> None:
    held = certificate("AG 421576", sheet_no="28", parcel_no="410")
    assert best_match(row(sheet_no="28", parcel_no="99"), "AG 427576", {"AG 421576": [held]}, frozenset()) is None


def test_a_certificate_that_another_paper_explains_needs_two_agreements() -> None:
    held = certificate("AG 421576", sheet_no="28", parcel_no="410", area_m2=120.0)
    explained = frozenset({"AG 421576"})
    pair = {"AG 421576": [held]}
    assert best_match(row(sheet_no="28", parcel_no="410"), "AG 427576", pair, explained) is None
    alike = row(sheet_no="28", parcel_no="410", area_m2=120.0)
    assert best_match(alike, "AG 427576", pair, explained) == "AG 421576"


def test_two_digits_away_is_never_the_same() -> None:
    held = certificate("AG 421576", sheet_no="28", parcel_no="410")
    naming = row(sheet_no="28", parcel_no="410")
    assert best_match(naming, "AG 427516", {"AG 421576": [held]}, frozenset()) is None


@pytest.mark.parametrize(
    ("note", "numbers"),
    [
        ("Số 01255 hủy", {1255}),
        ("H 01255: bỏ trống", {1255}),
        ("Từ số 12 đến số 15 không sử dụng", {12, 13, 14, 15}),
        ("Số 7 huỷ do viết hỏng; số 9 cấp ngày 12/5/2006", {7}),
        ("Nhận chuyển nhượng của ông Trần Văn Huy, thửa 405", set()),
        ("Cấp đổi từ AG 424178", set()),
    ],
)
def test_a_remark_calls_numbers_empty(note: str, numbers: set[int]) -> None:
    assert struck_numbers(note) == numbers


def test_huy_is_a_name_unless_it_bears_its_marks() -> None:
    assert is_struck("Hủy")
    assert is_struck("đã hủy bỏ")
    assert not is_struck("Nguyễn Quang Huy")
