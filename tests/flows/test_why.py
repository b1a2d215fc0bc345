"""`diachinh why`: one screen from a value back to the paper, its page and box, and what else was said."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from databases import FreshDatabase
from handing_in_papers import AN, BINH, Paper, certificate, land, ledger, put
from pydantic import SecretStr
from rich.console import Console

from cadastre.settling.settled import settle
from flows.commands.why import why
from flows.terminal import Terminal
from schemas.entries import Ref, Value
from schemas.errors import BadInput
from schemas.parcels import Link, ParcelKey
from schemas.settings import Settings
from schemas.tables import load_tables
from store import lineage, parcels, runs
from store.database import Connection

UNIT = "20344"  # Hòa Hương
OLD, NEW = ParcelKey(UNIT, "299", "3", "48"), ParcelKey(UNIT, "2013", "12", "125")
STEP = Link(OLD, NEW, "same", 0.995, ("area", "owners"))
BOOK = ledger({**land(UNIT, "3", "48", area_m2=98.0), "owners": (BINH,)}, era="299")
INDEX = ledger({**land(UNIT, "12", "125", area_m2=101.0), "legal_area_m2": 90.0}, name="muc ke moi")
RED = certificate("BA 123456", land(UNIT, "12", "125"))


@pytest.fixture
def held(conn: Connection) -> Connection:
    """The three papers published, with the step between the two numbers."""
    batch_id = put(conn, [BOOK, INDEX, replace(RED, waits=frozenset({"address"}))])
    run = runs.begin_run(conn, "test")
    found = settle(parcels.entries_of_keys(conn, (OLD, NEW)), load_tables(), (STEP,))
    parcels.publish(conn, run, found, batch_id=batch_id, keys=(OLD, NEW))
    with conn.transaction():
        lineage.keep(conn, UNIT, (STEP,))
    return conn


def desk(database: FreshDatabase, home: Path, lang: str = "vi") -> Terminal:
    settings = Settings(home=home, database_url=SecretStr(database.admin), lang=lang)  # type: ignore[arg-type]
    return Terminal(settings, Console(file=StringIO(), width=160), Console(file=StringIO()))


def asked(at: Terminal, parcel: str, attribute: str | None = None, **options: Any) -> str:
    why(at, parcel, attribute, **{"as_of": None, "identity": None, "as_json": False, **options})
    out = at.out.file
    assert isinstance(out, StringIO)
    return out.getvalue()


def test_a_value_that_several_papers_say_is_told_with_the_paper_that_the_rule_names(
    database: FreshDatabase, conn: Connection, tmp_path: Path
) -> None:
    """The application of 2012 says 100 m² too, and comes first; the certificate of 2015 is what decides."""
    asks = Paper(
        "don 2012", "don_dang_ky", [{**land(UNIT, "12", "125"), "legal_area_m2": 100.0, "issued_on": "2012-03-01"}]
    )
    batch_id = put(conn, [asks, RED])
    found = settle(parcels.entries_of_keys(conn, (NEW,)), load_tables(), ())
    parcels.publish(conn, runs.begin_run(conn, "test"), found, batch_id=batch_id, keys=(NEW,))
    told = json.loads(asked(desk(database, tmp_path), f"{UNIT}/12/125", "legal_area_m2", as_json=True))
    ((first, second),) = (one["claims"] for one in told["attributes"])
    assert [(one["value"], one["standing"], one["rule"]) for one in (first, second)] == [
        (100.0, "current", "certificate")
    ] * 2
    assert (first["paper"]["kind"], second["paper"]["kind"]) == ("gcn", "don_dang_ky")


def test_a_value_that_the_certificate_before_had_too_is_told_with_the_one_in_force(
    database: FreshDatabase, conn: Connection, tmp_path: Path
) -> None:
    """`BA 123456` of 2015 was exchanged for `CC 222222` of 2018: the same 100 m² for a long term."""
    later = certificate(
        "CC 222222", land(UNIT, "12", "125"), issued_on="2018-04-04", register_no="CH 05678",
        refs=(Ref("serial", "BA 123456"),),
    )  # fmt: skip
    for number, papers in enumerate(([RED, later], [later, RED])):
        batch_id = put(conn, papers, f"/scans/{number}")
        found = settle(parcels.entries_of_keys(conn, (NEW,)), load_tables(), ())
        parcels.publish(conn, runs.begin_run(conn, "test"), found, batch_id=batch_id, keys=(NEW,))
        told = json.loads(asked(desk(database, tmp_path), f"{UNIT}/12/125", as_json=True))
        first = {one["attribute"]: one["claims"][0] for one in told["attributes"]}
        assert first["serial"]["value"] == "CC 222222"
        assert {first[name]["paper"]["day"] for name in ("serial", "legal_area_m2", "term")} == {"2018-04-04"}


def test_a_value_is_told_with_its_rule_paper_page_and_box_and_what_else_was_said(
    database: FreshDatabase, held: Connection, tmp_path: Path
) -> None:
    told = json.loads(asked(desk(database, tmp_path), f"{UNIT}/12/125", "legal_area_m2", as_json=True))
    assert (told["parcel_key"], told["status"]) == (str(NEW), "consistent")
    ((stands, lost),) = (one["claims"] for one in told["attributes"])
    assert (stands["value"], stands["standing"], stands["rule"]) == (100.0, "current", "certificate")
    assert stands["because"] == "giấy chứng nhận còn hiệu lực"
    assert "8.6" in stands["ground"]
    paper = stands["paper"]
    assert (paper["kind"], paper["day"], paper["file"], paper["page"], paper["box"], paper["status"]) == (
        "gcn", "2015-03-20", "gcn BA 123456.pdf", 1, [1, 2, 3, 4], "accepted",
    )  # fmt: skip
    assert (lost["value"], lost["standing"], lost["paper"]["kind"]) == (90.0, "superseded", "so_muc_ke")


def test_the_older_number_is_in_the_chain_with_its_evidence(
    database: FreshDatabase, held: Connection, tmp_path: Path
) -> None:
    told = json.loads(asked(desk(database, tmp_path), str(NEW), "area_m2", as_json=True))
    assert told["chain"] == [
        {"key": str(OLD), "newer": str(NEW), "relation": "same", "p": 0.995, "evidence": ["area", "owners"]}
    ]
    claims = told["attributes"][0]["claims"]
    assert [(one["value"], one["paper"]["parcel_key"], one["rule"]) for one in claims] == [
        (101.0, str(NEW), "parcel-index:later-series"),
        (98.0, str(OLD), "parcel-index:later-series"),
    ]


def test_without_a_reason_no_name_is_read_or_shown(database: FreshDatabase, held: Connection, tmp_path: Path) -> None:
    text = asked(desk(database, tmp_path), str(NEW))
    assert AN.name not in text
    assert "cần --identity" in text
    assert held.execute("select count(*) from audit.log where action = 'read-identity'").fetchone() == (0,)
    text = asked(desk(database, tmp_path), str(NEW), identity="trả lời công dân")
    assert AN.name in text
    (reason,) = (
        held.execute("select detail ->> 'reason' from audit.log where action = 'read-identity'").fetchone() or ()
    )
    assert reason == "trả lời công dân"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_it_fits_on_one_screen(database: FreshDatabase, held: Connection, tmp_path: Path, lang: str) -> None:
    text = asked(desk(database, tmp_path, lang), str(NEW))
    assert len(text.splitlines()) <= 45
    assert str(OLD) in text
    assert {"vi": "Còn chờ người xem", "en": "Waits for a person"}[lang] in text


def test_of_a_number_that_was_given_twice_the_one_that_holds_is_meant_or_that_of_the_day(
    database: FreshDatabase, conn: Connection, tmp_path: Path
) -> None:
    values: dict[str, Value] = land(UNIT, "12", "125", area_m2=55.0)
    put(conn, [ledger(values, era="299"), RED])
    told = json.loads(asked(desk(database, tmp_path), f"{UNIT}/12/125", as_json=True))
    assert (told["parcel_key"], told["same_number"]) == (str(NEW), [f"{UNIT}@299/12/125"])
    told = json.loads(asked(desk(database, tmp_path), f"{UNIT}/12/125", as_of="1990-01-01", as_json=True))
    assert told["parcel_key"] == f"{UNIT}@299/12/125"


@pytest.mark.parametrize(
    ("parcel", "attribute", "message"),
    [
        ("20344/12", None, "write a parcel key like"),
        ("20344@1815/12/125", None, "write a parcel key like"),
        ("20344/12/999", None, "no parcel 20344/12/999"),
        ("20344/12/125", "colour", "there are: "),
    ],
)
def test_a_parcel_or_attribute_that_is_not_there_is_named_with_what_to_do(
    database: FreshDatabase, held: Connection, tmp_path: Path, parcel: str, attribute: str | None, message: str
) -> None:
    with pytest.raises(BadInput, match=message):
        asked(desk(database, tmp_path), parcel, attribute)
