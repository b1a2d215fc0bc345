"""Vietnamese text in the one-byte encodings of before Unicode: TCVN3 (ABC) and VNI, found column by column.

A column is judged by whole words: under the right encoding nearly every word with marks is a Vietnamese syllable.
Bytes are shown as Latin-1 letters, which is how exports keep them (domain.md, section 10).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from cadastre.words.syllables import is_syllable

Encoding = Literal["unicode", "tcvn3", "vni"]
Verdict = Encoding | Literal["plain", "unclear"]

_TCVN3_LOWER = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ",
        strict=True,
    )
)
_TCVN3 = {**_TCVN3_LOWER, **dict(zip("¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ", strict=True))}
_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_MARKED = {
    "a": {"â": "â", "á": "ấ", "à": "ầ", "å": "ẩ", "ã": "ẫ", "ä": "ậ",
          "ê": "ă", "é": "ắ", "è": "ằ", "ú": "ẳ", "ü": "ẵ", "ë": "ặ"},
    "e": {"â": "ê", "á": "ế", "à": "ề", "å": "ể", "ã": "ễ", "ä": "ệ"},
    "o": {"â": "ô", "á": "ố", "à": "ồ", "å": "ổ", "ã": "ỗ", "ä": "ộ"},
}  # fmt: skip
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_WORD = re.compile(r"[^\s0-9!-&(-/:-@\[-`{-~]+")
_CLEAR = 0.75  # of the words with marks, so many must be syllables; names of minorities are none
_APART = 0.3  # and the next encoding must fall so far behind
_ENOUGH = 3  # different words with marks that decide; one less where no other encoding makes a word of them


@dataclass(frozen=True, slots=True)
class Column:
    """What a column's text is in; `words` different words with marks were judged, `fitting` the share that fits.

    `plain` has no letter outside ASCII; `unclear` has too few words or none that tell one encoding from another.
    """

    verdict: Verdict
    words: int
    fitting: float


def decode(text: str, encoding: Encoding) -> str:
    """Return the text as Unicode, NFC.

    In TCVN3 capitals with a tone are written with the small letter's byte in a font of capitals: a word whose other
    letters are capitals comes out in capitals, and a word that begins with such a letter stays small.
    """
    if encoding == "tcvn3":
        return _tcvn3(text)
    return unicodedata.normalize("NFC", _vni(text)[0] if encoding == "vni" else text)


def detect(values: Iterable[str]) -> Column:
    """Return what the texts of one column are in, by the words that hold a letter outside ASCII."""
    words = Counter(
        word for text in values for word in _WORD.findall(text) if not word.isascii() and any(map(str.isalpha, word))
    )
    if not words:
        return Column("plain", 0, 1.0)
    fits: dict[Encoding, float] = {name: _fitting(words, name) for name in ("unicode", "tcvn3", "vni")}
    best = max(fits, key=lambda name: fits[name])
    behind = max(share for name, share in fits.items() if name != best)
    enough = len(words) >= _ENOUGH or (len(words) == _ENOUGH - 1 and behind == 0)
    clear = enough and fits[best] >= _CLEAR and fits[best] - behind >= _APART
    return Column(best if clear else "unclear", len(words), fits[best])


def makes_sense(values: Iterable[str], encoding: Encoding) -> bool:
    """Return whether no word of the column speaks against the encoding: letters only, no sign inside a word."""
    words = {word for text in values for word in _WORD.findall(text) if not word.isascii()}
    return all(
        _possible(word, encoding) and re.fullmatch(r"[^\W_]+(?:['’/-][^\W_]+)*", decode(word, encoding))
        for word in words
    )


def read_as_utf8(text: str) -> str | None:
    """Return what Latin-1 letters mean as bytes of UTF-8; None where they are none."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return None


def _fitting(words: Iterable[str], encoding: Encoding) -> float:
    """Return the share of the different words that are Vietnamese syllables under the encoding."""
    told = [_fits(word, encoding) for word in words]
    return sum(told) / len(told)


def _fits(word: str, encoding: Encoding) -> bool:
    if not _possible(word, encoding):
        return False
    decoded = decode(word, encoding)
    return all(map(is_syllable, [part for part in re.split(r"['’\-/]", decoded) if part] or [decoded]))


def _possible(word: str, encoding: Encoding) -> bool:
    """Return whether every letter beyond ASCII has a meaning in the encoding."""
    if encoding == "tcvn3":
        return all(letter.isascii() or letter in _TCVN3 for letter in word)
    return encoding == "unicode" or _vni(word)[1]


def _tcvn3(text: str) -> str:
    """Return TCVN3 as Unicode; words in a font of capitals get their toned letters as capitals."""
    shouted = not any("a" <= letter <= "z" for letter in text) and re.search(r"[A-Z¡-§]{2}", text) is not None

    def word(match: re.Match[str]) -> str:
        raw = match[0]
        decoded = "".join(_TCVN3.get(letter, letter) for letter in raw)
        capitals = len(re.findall(r"[A-Z¡-§]", raw))
        in_capitals = not re.search(r"[a-z]", raw) and (shouted or capitals >= 2)
        return decoded.upper() if in_capitals else decoded

    return re.sub(r"\S+", word, text)


def _vni(text: str) -> tuple[str, bool]:
    """Return VNI as Unicode, and whether every mark found its letter."""
    out: list[str] = []
    whole = True
    for letter in unicodedata.normalize("NFC", text):
        small = letter.lower()
        before = out[-1][-1:] if out else ""
        plain = before.lower()
        if plain in _VNI_MARKED and small in _VNI_MARKED[plain]:
            out[-1] = out[-1][:-1] + _cased(_VNI_MARKED[plain][small], capital=before.isupper())
        elif plain and plain in "aeouyơư" and small in _VNI_TONES:
            out[-1] = unicodedata.normalize("NFC", out[-1][:-1] + before + _VNI_TONES[small])
        elif small in _VNI_ALONE:
            out.append(_cased(_VNI_ALONE[small], capital=letter.isupper()))
        else:
            out.append(letter)
            whole = whole and letter.isascii()
    return "".join(out), whole


def _cased(letter: str, *, capital: bool) -> str:
    return letter.upper() if capital else letter
