"""Who scanned or reviewed a paper never verifies its people: by login and by name, whatever they try."""

from __future__ import annotations

import json
import random

import psycopg
import pytest
from identity_office import TODAY, IdentityOffice, owner
from role_logins import ROLES, login
from store_papers import sha

from cadastre.words.folding import fold
from store.backup import SCHEMAS
from store.database import connect

OTHERS = [role for role in ROLES if role != "verifier"]
BLIND = ("scanner", "consultant", "environment", "administrator")


@pytest.fixture
def office(database):
    office = IdentityOffice(database)
    yield office
    office.close()


def refused():
    return pytest.raises(psycopg.errors.InsufficientPrivilege)


# The names of staff.


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Trần Thị Lan", "tran thi lan", True),
        ("Cô Lan", "Trần Thị Lan", True),  # she may be
        ("Bà Trần Thị Lan", "Lan", True),
        ("Nguyễn Thị Thúy", "Nguyễn Thị Thuý", True),
        ("Lý Mỹ", "Lí Mĩ", True),
        ("Đỗ Minh", "do minh", True),
        ("Trần Thị Lan", "Nguyễn Thị Lan", False),
        ("Trần Thị Lan", "Trần Thị Hoa", False),
        ("Lan", "", False),
        ("Lan", None, False),
    ],
)
def test_a_name_may_be_anothers_when_its_end_is_the_same(cluster, office, one, other, alike):
    with connect(office.database.admin) as admin:
        for names in ((one, other), (other, one)):
            assert admin.execute("select people.may_be_one(%s, %s) is true", names).fetchone() == (alike,)


# Four eyes.


def test_a_third_person_verifies_and_the_log_has_the_list_the_reading_and_the_result(office):
    office.answer(office.hand_in("a", owner(1), by="Cô Lan"), "a", who="Nguyễn Hoa")
    office.gather()
    batch_id, rows = office.open_list()
    assert office.verify(batch_id, rows, by="Trần Văn Minh") == 1
    assert office.standing() == 1
    actions = [
        action
        for action, actor in office.ask("select action, actor from audit.log order by seq")
        if actor == "diachinh_verifier"
    ]
    assert actions == ["list-identity", "read-identity", "verify-identity"]


@pytest.mark.parametrize("name", ["Trần Thị Lan", "LAN", "cô Lan"])
def test_who_scanned_does_not_verify(office, name):
    office.hand_in("a", owner(1), by="Cô Lan")
    office.gather()
    batch_id, rows = office.open_list()
    with refused():
        office.verify(batch_id, rows, by=name)
    with refused():
        office.verify(batch_id, rows, by="Trần Văn Minh", checked_by=name)
    assert office.standing() == 0


@pytest.mark.parametrize("undone", [False, True])
def test_who_answered_a_question_on_the_paper_does_not_verify_even_when_it_was_taken_back(office, undone):
    entry_id = office.hand_in("a", owner(1))
    office.answer(entry_id, "a", who="Nguyễn Thị Hoa")
    if undone:
        office.answer(entry_id, "a", who="Nguyễn Thị Hoa", undo=True)
    office.gather()
    batch_id, rows = office.open_list()
    with refused():
        office.verify(batch_id, rows, by="Hoa")
    assert office.verify(batch_id, rows, by="Minh") == 1


def test_whoever_handed_the_same_file_in_before_is_its_scanner_too(office):
    office.hand_in("a", owner(1), by="Lan", path="cũ/a.pdf")
    office.hand_in("a", owner(1), by="Tâm", path="mới/a.pdf")
    office.gather()
    batch_id, rows = office.open_list()
    for name in ("Lan", "Tâm"):
        with refused():
            office.verify(batch_id, rows, by=name)


def test_a_login_that_handed_in_is_bound_whatever_name_it_gives(office):
    """The worker's login as that of a small office where one login may do both by mistake."""
    with connect(office.database.admin) as admin:
        admin.execute("create role small_office login in role diachinh_worker, diachinh_verifier")
    try:
        url = login(office.database, "worker").replace("diachinh_worker", "small_office", 1)
        office.hand_in("a", owner(1), by="Lan", role="worker")
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute("update intake.batch set folder = '/scans/y' where folder = '/scans'")
        office.gather()
        batch_id, rows = office.open_list()
        results = json.dumps(
            [{"row_id": rows[0], "result": "matches", "corrections": {}, "checked_on": str(TODAY), "checked_by": "X"}]
        )
        with psycopg.connect(url, autocommit=True) as conn, refused():
            conn.execute("select people.take_results(%s, 'Người Khác', %s, %s, 'h')", [batch_id, results, sha("f")])
    finally:
        with connect(office.database.admin) as admin:
            admin.execute("drop role small_office")


def test_a_registration_bears_the_login_that_made_it_and_no_other(office):
    with office.being("scanner") as conn:
        conn.execute("insert into intake.batch (batch_id, folder) values ('00000000000000aa', '/x')")
        with refused():
            conn.execute(
                "insert into intake.registration (batch_id, login) values ('00000000000000aa', 'diachinh_worker')"
            )
            conn.execute("select * from intake.registration")
    assert office.ask("select distinct login from intake.registration") == [("diachinh_scanner",)]


def test_who_reviews_a_paper_after_verifying_its_person_voids_the_own_result(office):
    entry_id = office.hand_in("a", owner(1))
    office.gather()
    batch_id, rows = office.open_list()
    office.verify(batch_id, rows, by="Lê Văn Minh")
    office.answer(entry_id, "a", who="anh Minh")
    assert office.standing() == 0
    assert office.ask("select own_part from people.void_verification") == [("reviewer",)]
    with refused():
        office.verify(batch_id, rows, by="Lê Văn Minh", result="not_found")
    assert office.verify(batch_id, rows, by="Trần Văn Tâm") == 1
    assert office.standing() == 1


def test_a_list_made_for_a_named_verifier_leaves_out_whom_they_may_not_verify(office):
    office.hand_in("a", owner(1), by="Lan")
    office.hand_in("b", owner(2), by="Tâm")
    office.gather()
    _, rows = office.open_list(by="Trần Thị Lan")
    assert len(rows) == 1
    _, rest = office.open_list(by="Minh")
    assert len(rest) == 1


# Lists.


def test_a_person_is_in_one_open_list_at_a_time_and_waits_again_when_it_is_taken_back(office):
    for number in range(3):
        office.hand_in(f"p{number}", owner(number))
    office.gather()
    first, rows = office.open_list(most=2)
    second, rest = office.open_list()
    assert (len(rows), len(rest)) == (2, 1)
    assert office.open_list() == (None, [])
    office.verify(first, rows[:1], by="Minh")
    with office.being("verifier") as conn:
        conn.execute("select people.end_verification(%s, 'thất lạc')", [first])
    again, left = office.open_list()
    assert len(left) == 1
    with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState):
        office.verify(first, rows[1:], by="Minh")
    assert {first, second, again} == {line for (line,) in office.ask("select batch_id from people.verification_batch")}


def test_who_is_verified_waits_no_more_until_a_paper_says_something_new(office):
    office.hand_in("a", owner(1))
    office.gather()
    batch_id, rows = office.open_list()
    office.verify(batch_id, rows, by="Minh")
    office.gather()
    assert office.open_list() == (None, [])
    office.hand_in("b", owner(1, name="Nguyễn Thị Chim Vàng Anh"))  # the same number, another form of the name
    office.hand_in("c", owner(1, name="Nguyễn Thị Chim Vàng"))
    office.gather()
    assert office.open_list()[0] is not None


def test_results_are_kept_once_whole_or_not_at_all_and_can_be_taken_back(office):
    office.hand_in("a", owner(1))
    office.hand_in("b", owner(2))
    office.gather()
    batch_id, rows = office.open_list()
    with pytest.raises(psycopg.errors.NoDataFound):
        office.verify(batch_id, [*rows, "0000000000"], by="Minh")
    assert office.standing() == 0
    assert [office.verify(batch_id, rows, by="Minh") for _ in range(2)] == [2, 0]
    assert office.take_back(batch_id, rows, by="Minh") == 2
    assert (office.standing(), office.take_back(batch_id, rows, by="Minh")) == (0, None)
    assert office.verify(batch_id, rows, by="Minh") == 2


def test_a_list_is_read_only_by_who_asked_and_after_the_log_was_committed(office):
    office.hand_in("a", owner(1))
    office.gather()
    batch_id, _ = office.open_list()
    with office.being("verifier") as conn:
        with conn.transaction(force_rollback=True):
            (permit,) = conn.execute("select people.ask_to_verify(%s, 'lén')", [batch_id]).fetchone()
            with refused(), conn.transaction():
                conn.execute("select * from people.verification_rows(%s)", [permit])
        with refused():
            conn.execute("select * from people.verification_rows(%s)", [permit])
        with pytest.raises(psycopg.errors.InvalidParameterValue):
            conn.execute("select people.ask_to_verify(%s, ' ')", [batch_id])


def test_a_list_has_no_more_columns_than_verification_needs(office):
    office.hand_in("a", owner(1))
    office.gather()
    batch_id, _ = office.open_list()
    with office.being("verifier") as conn:
        (permit,) = conn.execute("select people.ask_to_verify(%s, 'xem')", [batch_id]).fetchone()
        cursor = conn.execute("select * from people.verification_rows(%s)", [permit])
        assert [column.name for column in cursor.description] == [
            "row_id", "name", "sex", "birth_year", "numbers", "address",
        ]  # fmt: skip


def test_gathering_again_changes_nothing_and_history_is_insert_only(office):
    office.hand_in("a", owner(1), owner(2, name="Trần Thị Bình"))
    assert (office.gather().renewed, office.gather().renewed) == (2, 0)
    with office.being("worker") as conn:
        for attempt in ("update people.person set name = 'x'", "delete from people.person_mention",
                        "insert into people.verification_batch (batch_id, reason, made_by, log_seq) "
                        "values ('v0123456789ab', 'x', 'y', 1)"):  # fmt: skip
            with refused():
                conn.execute(attempt)


def test_a_corrected_number_is_a_claim_beside_the_papers(office):
    entry_id = office.hand_in("a", owner(1))
    office.gather()
    batch_id, rows = office.open_list()
    results = json.dumps(
        [{"row_id": rows[0], "result": "differs", "corrections": {"cmnd": "205999999"}, "checked_on": str(TODAY),
          "checked_by": "Minh"}]
    )  # fmt: skip
    with office.being("verifier") as conn:
        conn.execute("select people.take_results(%s, 'Minh', %s, %s, 'h')", [batch_id, results, sha("f")])
    claims = office.ask(
        "select value, source, source_id from people.identity_claim where attribute = 'cmnd' order by source"
    )
    (verification_id,) = office.ask("select verification_id::text from people.verification")[0]
    assert claims == [("205000001", "paper", f"{entry_id}#1"), ("205999999", "verification", verification_id)]


# Every other role.

ATTEMPTS = [
    "select people.open_verification(null, 5, null, 'x')",
    "select people.ask_to_verify('{list}', 'x')",
    "select * from people.verification_rows(1)",
    "select * from people.verification_lists()",
    "select * from people.own_rows('{list}', 'x', '[]')",
    "select people.take_results('{list}', 'x', '{results}', repeat('a', 64), 'h')",
    "select people.take_back_results('x', repeat('a', 64), 'h')",
    "select people.end_verification('{list}', 'x')",
    "insert into people.verification_import (batch_id, file_sha256, content_hash, login, person, log_seq) "
    "values ('{list}', repeat('a', 64), 'h', 'diachinh_verifier', 'x', 1)",
    "insert into people.verification (import_id, batch_id, row_id, result, checked_on, checked_by) "
    "values (1, '{list}', '{row}', 'matches', current_date, 'x')",
    "update people.verification set result = 'matches'",
    "delete from people.verification",
]


@pytest.fixture(scope="module")
def listed(fresh_database):
    """An office with one person on an open list, whom nobody verified."""
    with fresh_database() as database:
        office = IdentityOffice(database)
        office.hand_in("a", owner(1), by="Lan")
        office.gather()
        batch_id, rows = office.open_list()
        results = json.dumps(
            [{"row_id": rows[0], "result": "matches", "corrections": {}, "checked_on": str(TODAY), "checked_by": "X"}]
        )
        yield office, {"list": batch_id, "row": rows[0], "results": results}
        office.close()


@pytest.mark.parametrize("role", OTHERS)
def test_no_other_role_lists_reads_or_verifies(listed, role):
    office, names = listed
    for attempt in ATTEMPTS:
        text = attempt
        for name, value in names.items():
            text = text.replace("{" + name + "}", value)
        with office.being(role) as conn, refused():
            conn.execute(text)


@pytest.mark.parametrize("wrong", ["scanner", "reviewer", "contractor"])
def test_a_verifier_who_was_given_another_role_too_verifies_nobody(listed, wrong):
    office, names = listed
    with connect(office.database.admin) as admin:
        admin.execute(f"create role clerk_two login in role diachinh_{wrong}, diachinh_verifier, diachinh_owner")
    try:
        url = login(office.database, "scanner").replace("diachinh_scanner", "clerk_two", 1)
        for attempt in ATTEMPTS:
            text = attempt
            for name, value in names.items():
                text = text.replace("{" + name + "}", value)
            with psycopg.connect(url, autocommit=True) as conn, refused():
                conn.execute(text)
                conn.execute("select pg_sleep(0)")
    finally:
        with connect(office.database.admin) as admin:
            admin.execute("drop role clerk_two")
    assert office.standing() == 0


@pytest.mark.parametrize("role", BLIND)
def test_what_a_role_without_the_right_sees_holds_no_person_and_no_list(listed, role):
    office, names = listed
    relations = office.ask(
        "select n.nspname || '.' || c.relname from pg_class as c join pg_namespace as n on n.oid = c.relnamespace "
        f"where n.nspname = any('{{{','.join(SCHEMAS)}}}') and c.relkind in ('r', 'v')"
    )
    seen = ""
    with office.being(role) as conn:
        for (name,) in relations:
            try:
                seen += str(conn.execute(f"select v::text from {name} as v").fetchall())
            except psycopg.errors.InsufficientPrivilege:
                continue
    assert not any(secret in seen for secret in ("Chim", "205000001", names["row"]))
    assert role == "administrator" or names["list"] not in seen  # the log names lists, never who is on them


# A random walk of all roles.


def may_be_one(one: str, other: str) -> bool:
    """The rule of four eyes by name, told again from its words."""
    a, b = (fold(name).replace("y", "i").split() for name in (one, other))
    a, b = (words[1:] if len(words) > 1 and words[0] in ("ba", "co", "anh") else words for words in (a, b))
    return all(x == y for x, y in zip(reversed(a), reversed(b), strict=False))


STAFF = ["Trần Thị Lan", "cô Lan", "Nguyễn Thị Lan", "Lê Văn Minh", "anh Minh", "Phạm Hoa", "Võ Tâm"]


class Walk:
    """Random acts of all roles, beside a model of who has handled which dossier."""

    def __init__(self, office: IdentityOffice, chance: random.Random) -> None:
        self.office, self.chance = office, chance
        self.handlers: dict[str, set[str]] = {}
        self.entries: dict[str, str] = {}
        self.lists: list[tuple[str, list[str]]] = []
        self.taken: list[tuple[str, list[str], str]] = []

    def name(self) -> str:
        return self.chance.choice(STAFF)

    def hand_in(self) -> None:
        new = not self.entries or self.chance.random() < 0.1
        content = f"d{len(self.entries)}" if new else self.chance.choice(list(self.entries))
        by = self.name()
        number = len(self.entries) if new else int(content[1:])
        path = f"{content}-{self.chance.randint(1, 3)}.pdf"
        self.entries[content] = self.office.hand_in(content, owner(number), by=by, path=path)
        self.handlers.setdefault(content, set()).add(by)
        if new:
            self.office.gather()

    def answer(self) -> None:
        if self.entries:
            content, who = self.chance.choice(list(self.entries)), self.name()
            value = str(self.chance.randint(1, 3))
            self.office.answer(self.entries[content], content, who=who, value=value, undo=self.chance.random() < 0.2)
            if self.office.ask(
                f"select 1 from review.answer as a join review.import as i using (import_id) "
                f"where a.entry_id = '{self.entries[content]}' and i.who = '{who}'"
            ):
                self.handlers[content].add(who)

    def list_out(self) -> None:
        by = self.chance.choice([None, self.name()])
        batch_id, rows = self.office.open_list(most=self.chance.randint(1, 4), by=by)
        if batch_id:
            self.lists.append((batch_id, rows))

    def verify(self) -> None:
        if self.lists:
            batch_id, rows = self.chance.choice(self.lists)
            some, by = self.chance.sample(rows, self.chance.randint(1, len(rows))), self.name()
            self.office.verify(batch_id, some, by=by, checked_by=self.chance.choice([None, self.name()]))
            self.taken.append((batch_id, some, by))

    def take_back(self) -> None:
        if self.taken:
            batch_id, rows, by = self.chance.choice(self.taken)
            self.office.take_back(batch_id, rows, by=by)

    def intrude(self) -> None:
        """Somebody without the right tries what a verifier may."""
        batch_id, rows = self.chance.choice(self.lists) if self.lists else ("v000000000000", ["0000000000"])
        results = json.dumps([{"row_id": rows[0], "result": "matches", "corrections": {}, "checked_on": str(TODAY),
                               "checked_by": self.name()}])  # fmt: skip
        attempt = self.chance.choice([
            *ATTEMPTS, "set role diachinh_verifier", "set session authorization diachinh_verifier",
            "grant diachinh_verifier to diachinh_scanner", "select audit.append('verify-identity', 'x', '{}')",
            "select set_config('role', 'diachinh_verifier', false)",
        ])  # fmt: skip
        for name, value in (("list", batch_id), ("row", rows[0]), ("results", results)):
            attempt = attempt.replace("{" + name + "}", value)
        before = self.office.ask("select count(*) from people.verification")
        role = self.chance.choice(["scanner", "scanner", *OTHERS])
        if role != "worker" or "audit.append" not in attempt:
            with self.office.being(role) as conn, pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(attempt)
        assert self.office.ask("select count(*) from people.verification") == before

    def step(self) -> None:
        act = self.chance.choice(
            [self.hand_in, self.answer, self.list_out, self.verify, self.verify, self.take_back, self.intrude]
        )
        try:
            act()
        except psycopg.errors.InsufficientPrivilege:
            assert act == self.verify  # refused: it was a handler's

    def broken(self) -> list[str]:
        """Return the results that count though somebody behind them handled the dossier."""
        rows = self.office.ask(
            "select split_part(m.entry_id, '-', 2), s.person, s.checked_by from people.standing_verification as s "
            "join people.person_mention as m on m.version_id = s.version_id"
        )
        return [
            str(content)
            for content, *people in rows
            if any(may_be_one(str(one), handler) for one in people for handler in self.handlers[str(content)])
        ]


@pytest.mark.parametrize("steps", [120, pytest.param(10_000, marks=pytest.mark.soak)])
def test_no_random_series_of_acts_makes_a_handlers_result_count_and_no_other_role_verifies(office, steps, seed):
    walk = Walk(office, random.Random(seed))
    most = 0
    for number in range(steps):
        walk.step()
        if number % 10 == 0 or number == steps - 1:
            assert walk.broken() == [], f"seed {seed}, step {number}"
            most = max(most, office.standing())
    assert most > 0, f"seed {seed}: nobody was ever verified, so nothing was tried"
