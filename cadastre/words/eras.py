"""Which era and which certificate form a day belongs to (domain.md 1.1); the days are in schemas/codes/eras.csv."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schemas.documents import Era, Form
from schemas.tables import EraSpan, Tables


@dataclass(frozen=True, slots=True)
class Period:
    """The days on which a paper may have been made, both ends included; None is an open end."""

    first: date | None
    last: date | None

    @classmethod
    def on(cls, day: date) -> Period:
        """Return the period of one day."""
        return cls(day, day)


ALWAYS = Period(None, None)


def span_on(day: date, tables: Tables) -> EraSpan | None:
    """Return the era that the day lies in; None before the first."""
    for span in tables.eras:
        if span.first <= day and (span.last is None or day <= span.last):
            return span
    return None


def era_on(day: str | None, tables: Tables) -> Era | None:
    """Return the era of an ISO day; None where there is no full day or no era."""
    if day is None or len(day) != 10:
        return None
    span = span_on(date.fromisoformat(day), tables)
    return span.era if span else None


def form_on(day: str, tables: Tables) -> Form | None:
    """Return the certificate form that was printed on an ISO day."""
    span = span_on(date.fromisoformat(day), tables)
    return span.form if span else None


def era_of_form(form: Form | None, tables: Tables) -> Era | None:
    """Return the era in which a form was printed; None where it was in several, as that of 2009."""
    eras = [span.era for span in tables.eras if form is not None and span.form == form]
    return eras[0] if len(eras) == 1 else None


def period_of_form(form: Form, tables: Tables) -> Period | None:
    """Return the days on which a form was printed; None where they are not known."""
    spans = [span for span in tables.eras if span.form == form]
    return Period(spans[0].first, spans[-1].last) if spans else None


def period_of(era: Era | None, tables: Tables) -> Period:
    """Return the days of an era; without an era, any day."""
    for span in tables.eras:
        if span.era == era:
            return Period(span.first, span.last)
    return ALWAYS
