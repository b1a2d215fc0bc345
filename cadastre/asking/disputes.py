"""Where papers of one parcel do not agree, as questions: about a paper once, else about a value."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace

from cadastre.asking.dispute_cases import Case, Cause, DisputeQuestion, in_order
from cadastre.missing.lookalikes import lookalikes
from cadastre.settling.across_papers import numbers_told
from cadastre.settling.contradictions import OF_STEPS, later_contradictions
from cadastre.settling.doubtful_steps import is_held_back
from cadastre.settling.imported_contradictions import imported_contradictions
from cadastre.settling.in_force import OF_CERTIFICATES, serial_of, taken
from cadastre.settling.known_uses import is_unknown
from cadastre.settling.passed_on import is_passed_on
from cadastre.settling.rulings import AREAS
from cadastre.settling.waiting_values import is_kept_waiting
from cadastre.words.register_numbers import register_number
from schemas.disputes import IMPORTED, Decided, Dispute, DisputeKind, Side
from schemas.entries import Entry, Value
from schemas.parcels import Claim, Parcel, ParcelKey
from schemas.tables import Tables

_MANY = 2  # values that two papers must tell differently for the papers to be asked for as a whole
_MANY_OF_A_FILE = 10  # parcels on which imported data contradicts papers, for the file to be asked for as a whole


def ask_disputes(
    scope: str,
    parcels: Iterable[Parcel],
    entries: Mapping[str, Entry],
    tables: Tables,
    decided: Iterable[Decided] = (),
) -> list[DisputeQuestion]:
    """Return what is to be asked of one land, what settles most for each minute first.

    `entries` are those of the parcels, by id. What was answered, `unknown` too, is not asked again; two papers that
    nobody can put in order are asked for value by value.
    """
    found = _Found(scope, entries, tables, frozenset(one.asked.question_id for one in decided))
    for parcel in sorted(parcels, key=lambda one: one.key):
        found.look_at(parcel)
    certificates = list(found.certificates())
    first = frozenset[ParcelKey]().union(*(one.settled for one in certificates))  # what else differs may go with them
    questions = [
        *found.numbers(), *certificates, *found.papers_and_values(), *found.areas(first), *found.later(first),
        *found.imported(first),
    ]  # fmt: skip
    return sorted(questions, key=in_order)


class _Found:
    """The cases of a land as they are collected, by what is to be asked."""

    def __init__(
        self, scope: str, entries: Mapping[str, Entry], tables: Tables, answered: frozenset[str]
    ) -> None:  # fmt: skip
        self._scope, self._entries, self._tables, self._answered = scope, entries, tables, answered
        self._numbers: dict[tuple[str, tuple[Side, ...]], list[Case]] = defaultdict(list)
        self._rivals: dict[tuple[Side, ...], list[Case]] = defaultdict(list)
        self._succeeded: dict[str, list[Case]] = defaultdict(list)
        self._areas: dict[tuple[Cause, tuple[Side, ...]], list[Case]] = defaultdict(list)
        self._values: dict[tuple[str, tuple[Side, ...]], list[Case]] = defaultdict(list)
        self._later: list[Case] = []
        self._imported: list[Case] = []
        self._now: set[ParcelKey] = set()  # numbers that parcels have now, not those of older maps

    def look_at(self, parcel: Parcel) -> None:
        """Collect what the parcel's papers tell differently."""
        if parcel.valid_to is None:
            self._now.add(parcel.key)
        own = [self._entries[one] for one in parcel.entry_ids if one in self._entries]
        misread = self._look_at_numbers(parcel, own)
        for old, new in parcel.unexplained:
            if not {old, new} <= misread:
                names = (old, new)
                case = Case(parcel.key, "serial", names, tuple(self._certificate(own, name) for name in names))
                self._succeeded[old].append(case)
        told: dict[str, list[Claim]] = defaultdict(list)
        for claim in parcel.claims:
            if claim.standing == "disputed" and not _waits(claim):
                told[claim.attribute].append(claim)
        rivals = self._living(parcel.key, own, told)
        about: set[str] = set()
        if rivals is not None:
            if not {str(value) for value in rivals.values} <= misread:
                self._rivals[_names(rivals.sides)].append(rivals)
            about = self._of_certificates(own, rivals.sides)
        for attribute, claims in told.items():
            if attribute in ("serial", "register_no") or {claim.entry_id for claim in claims} <= about:
                continue  # the certificate decides
            case = self._case(parcel.key, attribute, ((claim.value, claim.entry_id) for claim in claims))
            self._values[attribute, case.sides].append(case)
        if not {"link-doubtful", *OF_STEPS} & set(parcel.grade_reasons):  # else the link is asked for first
            self._look_at_areas(parcel)
            self._look_at_others(parcel, told.keys())

    def _look_at_numbers(self, parcel: Parcel, own: Sequence[Entry]) -> set[str]:
        """Collect the numbers of certificates that papers print differently, and return them."""
        misread: set[str] = set()
        for case in self._differing_numbers(parcel, own):
            if self._are_several(case):
                own_serial = zip(case.sides, case.values, strict=True)
                apart = tuple(replace(side, serials=(str(value),)) for side, value in own_serial)
                self._rivals[_names(apart)].append(replace(case, sides=apart))
            else:
                self._numbers[case.attribute, case.sides].append(case)
            misread |= {str(value) for value in case.values}
        return misread

    def _look_at_areas(self, parcel: Parcel) -> None:
        """Collect a measured and a legal area that differ too much."""
        causes: Mapping[str, Cause] = {"area-material": "material", "area-digit": "digit"}
        found = [cause for reason, cause in causes.items() if reason in parcel.grade_reasons]
        if not found:
            return
        sides = []
        for name in AREAS:
            ids = [c.entry_id for c in parcel.claims if c.attribute == name and c.standing == "current"]
            sides.append(self._side(one for one in ids if one in self._entries))
        if all(side.entry_ids for side in sides):
            values = (parcel.area_m2, parcel.legal_area_m2)
            self._areas[found[0], tuple(sides)].append(Case(parcel.key, AREAS[0], values, tuple(sides)))

    def _look_at_others(self, parcel: Parcel, disputed: Collection[str]) -> None:
        """Collect what later papers, and data of earlier projects, say otherwise than the papers that stand."""
        kinds = {one: self._entries[one].kind for one in parcel.entry_ids if one in self._entries}
        for collected, every in (
            (self._later, later_contradictions(parcel.claims, kinds, self._tables)),
            (self._imported, imported_contradictions(parcel.claims, kinds, self._tables)),
        ):
            for found in every:
                if found.attribute in disputed:
                    continue
                papers = self._side(claim.entry_id for claim in found.standing)
                others = self._case(parcel.key, found.attribute, ((c.value, c.entry_id) for c in found.against))
                values = (found.standing[0].value, *others.values)
                collected.append(Case(parcel.key, found.attribute, values, (papers, *others.sides)))

    def later(self, waiting: Collection[ParcelKey]) -> Iterator[DisputeQuestion]:
        """Yield what is asked of later papers that say otherwise, but for parcels that wait for another answer.

        What an older number was told is asked only where a parcel has it from there now: the rest is history.
        """
        yield from self._one_by_one("later", [case for case in self._later if case.key in self._now - set(waiting)])

    def imported(self, waiting: Collection[ParcelKey]) -> Iterator[DisputeQuestion]:
        """Yield what is asked of data that contradicts papers: of a file once where it does so on many parcels."""
        of_file: dict[tuple[str, ...], list[Case]] = defaultdict(list)
        later = {side for case in self._imported if case.key in waiting for side in case.sides[1:]}
        for case in self._imported:
            if not later & set(case.sides[1:]):
                of_file[tuple(sorted({name for side in case.sides[1:] for name in side.document_ids}))].append(case)
        for files, cases in of_file.items():
            if len(files) == 1 and len({case.key for case in cases}) >= _MANY_OF_A_FILE:
                sides = (Side((), ()), Side((), files))
                asked = list(self._question("papers", "imported", IMPORTED, sides, cases))
                yield from asked
                if asked:
                    continue
            yield from self._one_by_one("imported", cases)

    def _one_by_one(self, cause: Cause, cases: Iterable[Case]) -> Iterator[DisputeQuestion]:
        """Yield a question for each value that speaks against what stands, once for a parcel and its older numbers."""
        of_rows: dict[tuple[str, tuple[Side, ...]], list[Case]] = defaultdict(list)
        for case in cases:  # an older number of the parcel has the same rows, and some of the papers
            of_rows[case.attribute, case.sides[1:]].append(case)
        for (attribute, against), alike in of_rows.items():
            papers = self._side(name for case in alike for name in case.sides[0].entry_ids)
            now = [case for case in alike if case.key in self._now] or alike
            yield from self._question("value", cause, attribute, (papers, *against), now)

    def areas(self, waiting: Collection[ParcelKey]) -> Iterator[DisputeQuestion]:
        """Yield what is asked of measured and legal areas, but for parcels that wait for another answer."""
        for (cause, sides), cases in self._areas.items():
            yield from self._question("area", cause, None, sides, [one for one in cases if one.key not in waiting])

    def _differing_numbers(self, parcel: Parcel, own: Sequence[Entry]) -> Iterator[Case]:
        open_ = {
            (name, entry_id)
            for entry_id, finding in parcel.across
            if finding.code == "R11" and finding.severity == "error"
            for name in finding.fields
        }
        if not open_:
            return
        for certificate in numbers_told(own):
            name, values = next(iter(certificate.items()))  # who is right about the serial is about both numbers
            every = [entry.entry_id for some in certificate.values() for told in some.values() for entry in told]
            if any((number, entry_id) in open_ for number in certificate for entry_id in every):
                yield self._case(
                    parcel.key, name, ((value, entry.entry_id) for value, told in values.items() for entry in told)
                )

    def _are_several(self, case: Case) -> bool:
        """Return whether both numbers differ, each told as a whole: several certificates, not one misread."""
        if case.attribute != "serial":
            return False
        books = [
            {register_number(str(field.value)) for one in side.entry_ids
             if (field := taken(self._entries[one], "register_no")) is not None}
            for side in case.sides
        ]  # fmt: skip
        alike = any(str(a) in lookalikes(str(b)) for a in case.values for b in case.values)
        return not alike and all(books) and sum(map(len, books)) == len(set[object]().union(*books))

    def _living(self, key: ParcelKey, own: Sequence[Entry], told: Mapping[str, Sequence[Claim]]) -> Case | None:
        """Return the certificates of which the papers leave open which is in force."""
        serials = sorted({str(claim.value) for claim in told.get("serial", ())})
        if len(serials) > 1:
            return Case(key, "serial", tuple(serials), tuple(self._certificate(own, name) for name in serials))
        books = told.get("register_no", ())
        if len({claim.value for claim in books}) > 1:
            return self._case(key, "register_no", ((claim.value, claim.entry_id) for claim in books))
        return None

    def _certificate(self, own: Iterable[Entry], name: str) -> Side:
        if name.startswith("="):
            return self._side([name[1:]])
        return self._side([entry.entry_id for entry in own if serial_of(entry) == name], (name,))

    def _of_certificates(self, own: Iterable[Entry], sides: Sequence[Side]) -> set[str]:
        serials = {name for side in sides for name in side.serials}
        ids = {name for side in sides for name in side.entry_ids}
        return ids | {
            entry.entry_id for entry in own if entry.kind in OF_CERTIFICATES and serial_of(entry) in serials
        }  # fmt: skip

    def _case(self, key: ParcelKey, attribute: str, told: Iterable[tuple[Value, str]]) -> Case:
        """Return the case with a side for each value, in the order of their papers."""
        ids: dict[Value, list[str]] = defaultdict(list)
        for value, entry_id in told:
            ids[value].append(entry_id)
        sides = sorted(((self._side(some), value) for value, some in ids.items()), key=lambda one: one[0])
        return Case(key, attribute, tuple(value for _, value in sides), tuple(side for side, _ in sides))

    def _side(self, entry_ids: Iterable[str], serials: tuple[str, ...] = ()) -> Side:
        ids = tuple(sorted(set(entry_ids)))
        return Side(ids, tuple(sorted({self._entries[one].document_id for one in ids})), serials)

    def numbers(self) -> Iterator[DisputeQuestion]:
        """Yield what is asked of the numbers of one certificate that its papers print differently."""
        for (attribute, sides), cases in self._numbers.items():
            yield from self._question("number", "misprint", attribute, sides, cases)

    def certificates(self) -> Iterator[DisputeQuestion]:
        """Yield what is asked of certificates: of one that others succeeded once for all its parcels."""
        asked: dict[frozenset[Side], tuple[Cause, tuple[Side, ...], list[Case]]] = {}
        for cases in self._succeeded.values():
            sides = _names(_together(case.sides[n] for case in cases) for n in (0, 1))
            asked[frozenset(sides)] = ("succeeded", sides, cases)
        for sides, cases in self._rivals.items():  # the same two may be rivals on a parcel and not on another
            _, order, together = asked.setdefault(frozenset(sides), ("rivals", sides, []))
            together += [_arranged(case, order) for case in cases]
        for cause, sides, cases in asked.values():
            yield from self._question("certificate", cause, None, sides, cases)

    def papers_and_values(self) -> Iterator[DisputeQuestion]:
        """Yield what is asked of papers that disagree more than once, and of single values."""
        by_papers: dict[tuple[tuple[str, ...], ...], list[list[Case]]] = defaultdict(list)
        for (_, sides), cases in self._values.items():
            documents = [name for side in sides for name in side.document_ids]
            apart = len(set(documents)) == len(documents)
            by_papers[tuple(sorted((name,) for name in documents)) if apart else ()].append(cases)
        for papers, some in by_papers.items():
            every = [case for cases in some for case in cases]
            if papers and len(some) >= _MANY:
                asked = list(self._question("papers", "equal", None, tuple(Side((), name) for name in papers), every))
                yield from asked
                if asked:
                    continue
            for cases in some:
                yield from self._question("value", "equal", cases[0].attribute, cases[0].sides, cases)

    def _question(
        self,
        kind: DisputeKind,
        cause: Cause,
        attribute: str | None,
        sides: tuple[Side, ...],
        cases: Sequence[Case],
    ) -> Iterator[DisputeQuestion]:
        if not cases:
            return
        says = json.dumps([self._scope, kind, attribute, [asdict(side) for side in sides]], sort_keys=True)
        question_id = hashlib.sha256(says.encode()).hexdigest()[:20]
        if question_id not in self._answered:
            asked = Dispute(question_id, self._scope, kind, attribute, sides)
            yield DisputeQuestion(asked, cause, tuple(cases), frozenset(case.key for case in cases))


def _names(sides: Iterable[Side]) -> tuple[Side, ...]:
    return tuple(_bare(side) for side in sides)


def _arranged(case: Case, order: Sequence[Side]) -> Case:
    """Return the case with its sides in the order of the question's."""
    names = _names(case.sides)
    places = [names.index(side) for side in order]
    return replace(case, values=tuple(case.values[n] for n in places), sides=tuple(case.sides[n] for n in places))


def _bare(side: Side) -> Side:
    """Return the side without its entries: a certificate, or a paper, is the same on all its parcels.

    A certificate is known by its serial, one without by its document.
    """
    return Side((), () if side.serials else side.document_ids, side.serials)


def _together(sides: Iterable[Side]) -> Side:
    sides = list(sides)
    documents = {name for side in sides if not side.serials for name in side.document_ids}
    return Side((), tuple(sorted(documents)), tuple(sorted({name for side in sides for name in side.serials})))


def _waits(claim: Claim) -> bool:
    """Return whether another question settles the claim: of a step, a reading, a code, a later paper."""
    return is_held_back(claim) or is_kept_waiting(claim) or is_unknown(claim) or is_passed_on(claim)
