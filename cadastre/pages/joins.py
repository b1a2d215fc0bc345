"""How much speaks for a page being a further page of a paper: evidence adds up, a contradiction ends it.

A positive score says that the page belongs to the paper, None or less that it does not.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from cadastre.pages.page_signs import Signs, agree_names, agree_parcels, agree_serials
from schemas.documents import Form, Kind

#: Kinds bound as volumes: a cover, then pages of rows.
BOOK_KINDS: frozenset[Kind] = frozenset({"so_muc_ke", "so_dang_ky", "so_dia_chinh", "so_cap_gcn"})
#: An extract's corner table makes a trích đo of it (contract.md), so the pages of one may be read as either.
_EXTRACTS: frozenset[Kind] = frozenset({"trich_do", "trich_luc"})
_FACES_OF: dict[Form | None, frozenset[str]] = {"gcn_2024": frozenset("12")}
_FOUR_FACES = frozenset("1234")
#: The red certificates have one layout in part (domain.md 2.6), so that a page of one may be taken for the other.
_NEAR_FORMS: frozenset[Form] = frozenset({"gcn_1993", "gcn_2003"})
#: Written pages between a paper's page and its next, beyond which only a shared number or name joins them.
_FAR = 4


@dataclass(frozen=True, slots=True)
class Open:
    """A paper whose pages are being gathered, in the order in which they lie."""

    kind: Kind
    pages: tuple[Signs, ...]

    @property
    def last(self) -> Signs:
        """Return the page that came last."""
        return self.pages[-1]

    @property
    def form(self) -> Form | None:
        """Return the form that its pages show."""
        return next((page.form for page in self.pages if page.form), None)

    @property
    def faces(self) -> frozenset[str]:
        """Return the numbered faces that its pages show."""
        return frozenset(face for page in self.pages for face in page.faces)

    @property
    def lacking(self) -> frozenset[str]:
        """Return the faces of the form that no page shows."""
        return _FACES_OF.get(self.form, _FOUR_FACES) - self.faces

    @property
    def serials(self) -> frozenset[str]:
        """Return the certificate serials that stand on its pages."""
        return frozenset(serial for page in self.pages for serial in page.serials)

    @property
    def spread(self) -> bool:
        """Return whether a page shows two faces."""
        return any(len(page.faces) > 1 for page in self.pages)

    def gap(self, page: Signs) -> int:
        """Return how many written pages lie between the page and the nearest of the paper."""
        return min(abs(page.at - own.at) for own in self.pages) - 1


def score(paper: Open, page: Signs, following: Signs | None = None) -> float | None:
    """Return how much speaks for the page belonging to the paper; None where something rules it out.

    `following` is the page behind it: a first page with its second behind it begins a paper.
    """
    if following is not None and _opens(page, following) and not paper.spread:
        return None
    if _inner_plan(paper, page):
        return 1.0
    if paper.kind in _EXTRACTS and page.kind in _EXTRACTS:
        return _of_leaves(paper, page)
    if paper.kind != page.kind or paper.kind == "khac":
        return None
    if paper.kind == "gcn":
        return _of_certificate(paper, page)
    if paper.kind in BOOK_KINDS:
        return _of_book(paper, page)
    return _of_leaves(paper, page)


def _opens(page: Signs, following: Signs) -> bool:
    """Return whether a single first page has the next page of its paper right behind it."""
    if page.kind not in BOOK_KINDS and page.kind != "gcn" and page.page.title_page:
        return page.kind == following.kind and bool(following.page.faces) and not _begins(following)
    if page.faces != {"1"} or page.kind != following.kind or page.form != following.form:
        return False
    return following.faces == {"2"} and not agree_serials(page.serials, following.serials) < 0


def _inner_plan(paper: Open, page: Signs) -> bool:
    """Return whether an untitled page with corners is the plan of the certificate that still lacks it."""
    if paper.kind != "gcn" or page.kind not in _EXTRACTS or page.page.kind == "gcn":
        return False
    if page.page.title_page or not paper.faces or paper.gap(page) > 1:
        return False
    if not paper.faces & {"2", "3"} and (page.spread or len(paper.last.faces) > 1):
        return True
    return "3" in paper.lacking and "2" in paper.faces and not page.names_parcel and not page.owners


def _identity(paper: Open, page: Signs) -> float | None:
    """Return what serials, parcels and owners say; None where two serials stand against each other."""
    serials = agree_serials(paper.serials, page.serials)
    if serials < 0:
        return None
    parcels = agree_parcels(frozenset(p for own in paper.pages for p in own.parcels), page.parcels)
    owners = agree_names(frozenset(name for own in paper.pages for name in own.owners), page.owners)
    return 3.0 * serials + (2.5 if parcels > 0 else 4.0) * parcels + 2.0 * owners


def _same_number(paper: Open, page: Signs) -> bool:
    """Return whether a serial or a parcel stands on both; one family may own several parcels."""
    parcels = frozenset(parcel for own in paper.pages for parcel in own.parcels)
    return agree_serials(paper.serials, page.serials) > 0 or agree_parcels(parcels, page.parcels) > 0


def _of_certificate(paper: Open, page: Signs) -> float | None:
    if page.page.kind not in ("gcn", "khac") and page.names_parcel:
        return None  # another paper of the parcel in a file that the manifest calls a certificate
    identity = _identity(paper, page)
    if identity is None:
        return None
    gap = paper.gap(page)
    if gap >= _FAR and not _same_number(paper, page):
        return None
    points = _faces_fit(paper, page)
    if points is None:
        return None
    if page.form and paper.form and page.form != paper.form:
        if not agree_serials(paper.serials, page.serials) > 0 and {page.form, paper.form} != _NEAR_FORMS:
            return None
        points -= 1.5
    return points + identity - 0.4 * gap


def _faces_fit(paper: Open, page: Signs) -> float | None:
    """Return how well the page's faces go on from those that the certificate shows."""
    first = page.page.title_page or "1" in page.faces
    if not page.faces:  # a supplement page, or one that the manifest calls a certificate's
        return None if first else 1.5
    if not paper.faces:
        return None if first else 0.5
    if page.faces & paper.faces:
        # two faces taken for the same one: while a face is lacking and the page names no parcel of its own, it is that
        return 0.5 if paper.lacking and not first and not page.names_parcel and paper.gap(page) == 0 else None
    own, other = _low(paper.last), _low(page)
    if first and not (page.spread or len(paper.pages) == 1 or _falling(paper, other)):
        return None  # a first page after inner ones begins the next certificate, unless the pages lie reversed
    if len(page.faces) > 1 or len(paper.last.faces) > 1:
        return 2.0
    return 2.0 if other == own + 1 else 1.5 if not first else 1.0


def _low(page: Signs) -> int:
    return min((int(face) for face in page.faces), default=0)


def _falling(paper: Open, number: int) -> bool:
    """Return whether the certificate's faces lie in reversed order and the number goes on so."""
    numbers = [*(_low(page) for page in paper.pages), number]
    return all(a == b + 1 for a, b in itertools.pairwise(numbers))


def _of_book(paper: Open, page: Signs) -> float | None:
    if _differ(paper, page):
        return None
    if page.cover:  # the first page of rows slipped before it
        slipped = len(paper.pages) == 1 and paper.last.number == 1 and not paper.last.cover and paper.gap(page) == 0
        return 1.0 if slipped else None
    points = 1.5 - 0.3 * paper.gap(page)
    numbers = [own.number for own in paper.pages if own.number is not None]
    if page.number is None or not numbers:
        return points
    if page.after is not None and page.after in numbers:
        return points + 2.0
    step = page.number - max(numbers)
    if step > 0:
        return points + (2.0 if step == 1 else 0.5)
    return points + 0.5 if page.number not in numbers and step >= -2 else points - 0.5


def _differ(paper: Open, page: Signs) -> bool:
    """Return whether the page is of another era, volume or commune than the book's nearest page that tells it."""
    for own in reversed(paper.pages):
        if own.era and page.era:
            if own.era != page.era:
                return True
            break
    volumes = [own.volume for own in paper.pages if own.volume]
    if page.volume and volumes and page.volume not in volumes:
        return True
    units = frozenset(own.unit for own in paper.pages if own.unit)
    return page.unit is not None and agree_names(units, frozenset({page.unit})) < 0


def _of_leaves(paper: Open, page: Signs) -> float | None:
    """Return the score of a further page of an application, an extract, a decision or another paper of a few leaves."""
    follows = page.number is not None and page.number > 1 and page.number - 1 in {p.number or 1 for p in paper.pages}
    slipped = _headless(paper) and paper.gap(page) == 0
    if page.page.title_page and not follows and not slipped:
        return None
    if paper.kind == "ban_do" or paper.gap(page) >= _FAR:
        return None
    if paper.kind not in _EXTRACTS and "1" in page.faces and "1" in paper.faces and not follows:
        return None
    if paper.last.decision and page.decision and Levenshtein.distance(paper.last.decision, page.decision) > 1:
        return None
    identity = _identity(paper, page)
    if identity is None:
        return None
    if page.names_parcel and identity <= 0 and "2" not in page.faces:
        return None
    points = 1.2 + (1.0 if follows else 0.0) - (1.5 if page.page.title_page and not slipped else 0.0)
    return points + identity - 0.5 * paper.gap(page)


def _headless(paper: Open) -> bool:
    """Return whether the paper is one page that is no first page: a list, or a second face."""
    return len(paper.pages) == 1 and bool(paper.last.page.faces) and not _begins(paper.last)


def _begins(page: Signs) -> bool:
    return page.page.title_page or "1" in page.faces or page.cover
