"""Which printed form a certificate is, out of what each of its pages looks like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cadastre.words.certificates import fits_serial, read_serial
from schemas.documents import Form
from schemas.readings import PageReading

#: Forms with one title and one back, and sometimes one layout (domain.md 2.6); their serials tell them apart.
_ALIKE: tuple[Form, Form] = ("gcn_1993", "gcn_2003")


def form_of(pages: Sequence[PageReading]) -> Form | None:
    """Return the form that the surest pages have; between the red forms the serial decides (domain.md 0, fact 9)."""
    votes: dict[Form, float] = {}
    for page in pages:
        if page.form:
            votes[page.form] = votes.get(page.form, 0.0) + page.kind_p
    if not votes:
        return None
    best = max(votes, key=lambda form: votes[form])
    if best in _ALIKE:
        serials = Counter(
            serial
            for page in pages
            for reading in page.fields.get("serial", ())
            for vote in reading.votes
            if (serial := read_serial(vote.text))
        )
        fitting = [form for form in _ALIKE if any(fits_serial(serial, form) for serial in serials)]
        if len(fitting) == 1 and (best == fitting[0] or max(serials.values()) > 1):
            return fitting[0]
    return best
