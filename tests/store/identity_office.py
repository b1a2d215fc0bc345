"""An office of invented staff: dossiers handed in by one, reviewed by another, verified by a third."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import psycopg
from databases import FreshDatabase
from role_logins import login
from store_papers import batch_file, document, entry, paper, sha

from cadastre.identity.persons import people_of
from schemas.answers import Answer
from schemas.documents import PageRef
from schemas.entries import Owner
from schemas.verification import Verified
from store import entries, intake, persons, review, verification
from store.database import Connection
from store.persons import Gathered
from store.runs import begin_run

TODAY = datetime.now(UTC).date()


def owner(number: int, name: str = "Nguyễn Thị Chim Vàng") -> Owner:
    """A woman with a number and a birth year of her own."""
    return Owner(
        name, sex="nu", birth_year=1930 + number % 60, id_kind="cmnd", id_no=f"205{number:06d}", address="Thôn 1"
    )


@dataclass(frozen=True, slots=True)
class IdentityOffice:
    """A database and the acts of its roles, each done as that role's login."""

    database: FreshDatabase
    _open: dict[str, Connection] = field(default_factory=dict)

    @contextmanager
    def being(self, role: str) -> Iterator[Connection]:
        """Give the role's own connection, the same each time."""
        if role not in self._open:
            self._open[role] = psycopg.connect(login(self.database, role), autocommit=True)
        yield self._open[role]

    def close(self) -> None:
        for conn in self._open.values():
            conn.close()

    def hand_in(
        self, content: str, *owners: Owner, by: str | None = None, role: str = "scanner", path: str | None = None
    ) -> str:
        """Hand in a batch of one certificate as that role, derive it as the worker; returns the entry id."""
        with self.being(role) as conn:
            files = [batch_file(path or f"{content}.pdf", content)]
            batch_id = intake.register(conn, begin_run(conn, "intake"), "/scans", files, by=by)
        with self.being("worker") as conn:
            run = begin_run(conn, "digitise")
            intake.file_opened(conn, run, sha(content), 1, "reader-1")
            made = entry(content)
            made = replace(made, fields={**made.fields, "owners": paper(owners, "…", PageRef(sha(content), 1))})
            entries.save_entries(conn, run, batch_id, [document(content)], [made], {})
        return made.entry_id

    def answer(self, entry_id: str, content: str, *, who: str, value: str = "7", undo: bool = False) -> None:
        """Answer a question on an entry, or take that answer back."""
        with self.being("worker") as conn:
            run, digest = begin_run(conn, "answers"), sha(f"{entry_id}{who}{value}")
            if undo:
                review.take_back(conn, run, file_sha256=digest, content_hash=digest, who=who)
                return
            answers = [Answer(entry_id, "parcel_no", "value", value, None, None)]
            files = {entry_id: sha(content)}
            review.add_answers(conn, run, answers, files, file_sha256=digest, content_hash=digest, who=who)

    def gather(self) -> Gathered:
        with self.being("worker") as conn:
            return persons.gather(conn, begin_run(conn, "persons"), people_of, {})

    def open_list(
        self, *, most: int = 100, by: str | None = None, unit: str | None = None, role: str = "verifier"
    ) -> tuple[str | None, list[str]]:
        """Make a list; returns its id and its row ids."""
        with self.being(role) as conn:
            batch_id = verification.open_list(conn, unit=unit, most=most, by=by, reason="kế hoạch 515")
            rows = verification.listed(conn, batch_id, "kế hoạch 515") if batch_id else []
        return batch_id, [one.row_id for one in rows or []]

    def verify(
        self, batch_id: str, row_ids: list[str], *, by: str, role: str = "verifier", checked_by: str | None = None,
        result: str = "matches",
    ) -> int:  # fmt: skip
        rows = [Verified(one, result, {}, TODAY, checked_by or by) for one in row_ids]  # type: ignore[arg-type]
        digest = sha(f"{batch_id}{row_ids}{by}{result}")
        with self.being(role) as conn:
            return verification.take(conn, batch_id, by, rows, file_sha256=digest, content_hash=digest)

    def take_back(
        self, batch_id: str, row_ids: list[str], *, by: str, role: str = "verifier", result: str = "matches"
    ) -> int | None:
        digest = sha(f"{batch_id}{row_ids}{by}{result}")
        with self.being(role) as conn:
            return verification.take_back(conn, by, file_sha256=digest, content_hash=digest)

    def ask(self, question: str) -> list[tuple[object, ...]]:
        """Ask the database as its administrator."""
        with self.being("admin") as admin:
            return admin.execute(question.encode()).fetchall()

    def standing(self) -> int:
        """How many results count."""
        return int(str(self.ask("select count(*) from people.standing_verification")[0][0]))
