"""Whether a word is a Vietnamese syllable with its marks: initial, rhyme and tone as the language allows them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = {"̀", "́", "̉", "̃", "̣"}
_INITIALS = "b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|q|r|s|th|tr|t|v|x|"
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uy uya uych uyn
uynh uyt uyu uyên uyêt uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yê yêm yên yêng yêt yêu
"""
_SYLLABLE = re.compile(rf"(?:{_INITIALS})(?:{'|'.join(sorted(_RHYMES.split(), key=len, reverse=True))})")
# After q the u belongs to the rhyme (`quang`), after gi the i may stand for both (`gì`, `giếng`).
_AFTER_Q = re.compile(
    r"q(?:ua|uac|uach|uai|uam|uan|uang|uanh|uao|uap|uat|uau|uay|uăc|uăm|uăn|uăng|uăp|uăt|ue|uen|ueo|uet)"
)
_SHORT_GI = re.compile(r"gi(?:n|m|êng|êt|ên|êm)?")
_STOPPED = re.compile(r"(?:c|ch|p|t)$")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Return whether the word, in NFC or NFD, is a syllable that Vietnamese could have."""
    plain = ""
    tones = []
    for letter in unicodedata.normalize("NFD", word.casefold()):
        if letter in _TONES:
            tones.append(letter)
        else:
            plain += letter
    plain = unicodedata.normalize("NFC", plain)
    if len(tones) > 1:
        return False
    if not any(pattern.fullmatch(plain) for pattern in (_SYLLABLE, _AFTER_Q, _SHORT_GI)):
        return False
    # a syllable that ends in a stop bears the acute or the dot below
    return _STOPPED.search(plain) is None or not tones or tones[0] in ("́", "̣")
