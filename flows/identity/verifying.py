"""The commands `identity export`, `identity import`, `identity lists` and `identity withdraw` (docs/identity.md).

They work with the login of the verifier: the private database's own, or the one that the settings name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from cadastre.identity.persons import people_of
from cadastre.identity.verification import Asking, Filled, hear_result
from cadastre.settling.same_land import same_land
from flows.exit_codes import DONE
from flows.identity.sheet import FilledSheet, batch_of, list_file, read_list, write_list
from flows.terminal import Terminal
from schemas.errors import BadInput, Message, Misconfigured
from schemas.office_units import load_office_tables
from schemas.persons import Mention, People
from schemas.tables import Tables
from schemas.verification import Listed, Verified
from store import lineage, persons, verification
from store.database import Connection, Refused, connect
from store.migrate import login_url, prepare
from store.persons import Gathered
from store.runs import Run, running
from store.verification import ListLine, Part

_SHOWN = 50
_CHECKING = "nhập kết quả xác minh"
_OWN_PART: Mapping[Part, Message] = {
    "scanner": Message(
        "người xác minh đã đưa lô quét có giấy tờ của người này vào; để trống dòng này và giao cho người khác",
        "the verifier handed in the batch with this person's papers; leave the row empty and give it to another",
    ),
    "reviewer": Message(
        "người xác minh đã trả lời câu hỏi về giấy tờ của người này; để trống dòng này và giao cho người khác",
        "the verifier answered a question on this person's papers; leave the row empty and give it to another",
    ),
}


def gather(conn: Connection, run: Run, tables: Tables) -> Gathered:
    """Find out anew who is one person among all papers, by what is known of renumberings; needs the worker's rights."""
    land = same_land(lineage.steps(conn))
    successors = {unit.code: unit.successor for unit in tables.units if unit.successor}

    def people(mentions: Iterable[Mention]) -> People:
        held = list(mentions)
        return people_of(held, {one.mention_id: land[one.parcel] for one in held if one.parcel in land})

    return persons.gather(conn, run, people, successors)


def export(
    at: Terminal,
    out: Path,
    *,
    unit: str | None,
    limit: int,
    by: str | None,
    again: str | None,
    reason: str,
    as_json: bool,
) -> int:
    """Write a list of persons who wait for verification; `again` writes an open list anew."""
    if not reason.strip():
        raise Misconfigured(vi="--reason: ghi lý do xuất danh sách", en="--reason: say why the list goes out")
    url = prepare(at.settings)
    with connect(url) as conn:
        if again is None and verification.rights(conn).gathers:
            with running(url, "persons", lease_s=at.settings.lease_seconds) as run:
                gather(conn, run, load_office_tables(at.settings.home))
    # Where the file cannot be written nobody is put on a list.
    with connect(_verifier_url(at)) as conn, list_file(out) as partial:
        _require_verifier(conn)
        name = _person(conn, by) if by else None
        batch_id = again or verification.open_list(conn, unit=unit, most=limit, by=name, reason=reason)
        if batch_id is None:
            raise BadInput(
                vi="không còn ai chờ mà người này được xác minh: đã xác minh, đang ở danh sách chưa trả về (xem: "
                "diachinh identity lists), hoặc giấy tờ do chính người này đưa vào hay đã trả lời câu hỏi",
                en="nobody waits whom this verifier may verify: they are verified, or in a list that has not come back "
                "(see: diachinh identity lists), or the verifier handed in or reviewed their papers",
            )
        listed = _listed(conn, batch_id, reason)
        write_list(partial, batch_id, listed)
    if as_json:
        at.result({"file": str(out), "list": batch_id, "persons": len(listed)})
        return DONE
    at.say(
        f"{out}: danh sách {batch_id}, {len(listed)} người. Gửi cho người được giao xác minh; khi có kết quả: "
        f"diachinh identity import {out} --by NGƯỜI_XÁC_MINH",
        f"{out}: list {batch_id}, {len(listed)} persons. Give it to the authorised verifier; with the results: "
        f"diachinh identity import {out} --by VERIFIER",
    )
    return DONE


def bring_in(at: Terminal, file: Path, *, by: str, undo: bool, as_json: bool) -> int:
    """Check and keep the results of a list, all or none, or take its last results back."""
    sheet = read_list(file)
    prepare(at.settings)
    with connect(_verifier_url(at)) as conn:
        _require_verifier(conn)
        person = _person(conn, by)
        if undo:
            return _undo(at, conn, file, sheet, person, as_json=as_json)
        if not sheet.rows:
            raise BadInput(vi=f"{file}: chưa dòng nào có kết quả", en=f"{file}: no row has a result")
        batch_id = batch_of(file, sheet.rows)
        line = next((one for one in verification.lists(conn) if one.batch_id == batch_id), None)
        if line is None:
            raise BadInput(
                vi=f"{file}: không có danh sách mang mã này; nhập đúng tệp đã xuất ra",
                en=f"{file}: there is no list with this id; import the file that was exported",
            )
        if line.ended:
            raise BadInput(
                vi=f"{file}: danh sách này đã rút lại; xuất danh sách mới",
                en=f"{file}: this list was taken back; export a new one",
            )
        results = _heard(at, conn, file, sheet, line, person)
        fresh = verification.take(
            conn, batch_id, person, results, file_sha256=sheet.file_sha256, content_hash=sheet.content_hash
        )
    if as_json:
        at.result({"file": str(file), "list": batch_id, "applied": fresh, "standing": len(results) - fresh})
        return DONE
    at.say(
        f"{fresh} kết quả được ghi nhận, {len(results) - fresh} đã có từ trước; {line.persons - len(results)} người "
        "trong danh sách chưa có kết quả ở tệp này.",
        f"{fresh} results taken, {len(results) - fresh} stood already; {line.persons - len(results)} persons of the "
        "list have no result in this file.",
    )
    return DONE


def _heard(
    at: Terminal, conn: Connection, file: Path, sheet: FilledSheet, line: ListLine, person: str
) -> list[Verified]:
    """Return what the rows say; BadInput, with each fault told, where one of them cannot be taken."""
    listed = {one.row_id: one for one in _listed(conn, line.batch_id, _CHECKING)}
    today = datetime.now(UTC).date()
    asking = Asking(load_office_tables(at.settings.home), today, line.made_at.astimezone(UTC).date(), person)
    faults: list[tuple[int, Message]] = []
    results: dict[str, tuple[Filled, Verified]] = {}
    for filled in sheet.rows:
        heard = _hear(filled, listed, asking, twice=filled.row_id in results)
        if isinstance(heard, Message):
            faults.append((filled.row, heard))
        else:
            results[filled.row_id] = (filled, heard)
    told = [heard for _, heard in results.values()]
    for row_id, part in verification.own_rows(conn, line.batch_id, person, told).items():
        faults.append((results[row_id][0].row, _OWN_PART[part]))
    if faults:
        raise _refused(at, file, sorted(faults, key=lambda fault: fault[0]))
    return told


def _hear(filled: Filled, listed: Mapping[str, Listed], asking: Asking, *, twice: bool) -> Verified | Message:
    if filled.row_id not in listed:
        return Message(
            "mã dòng không có trong danh sách; chép lại mã từ tệp đã xuất",
            "its row id is not of the list; copy it from the exported file",
        )
    if twice:
        return Message("mã dòng này đã có ở dòng trên; bỏ bớt một dòng", "its row id stands above already; remove one")
    return hear_result(filled, listed[filled.row_id], asking)


def _refused(at: Terminal, file: Path, faults: Sequence[tuple[int, Message]]) -> BadInput:
    for row, why in faults[:_SHOWN]:
        at.say(f"Dòng {row}: {why.vi}", f"Row {row}: {why.en}", style="yellow")
    row, why = faults[0]
    return BadInput(
        vi=f"{file}: {len(faults)} dòng có lỗi nên chưa ghi gì; sửa rồi nhập lại. Dòng {row}: {why.vi}",
        en=f"{file}: {len(faults)} rows are at fault, so nothing was kept; mend them and import again. "
        f"Row {row}: {why.en}",
    )


def _undo(at: Terminal, conn: Connection, file: Path, sheet: FilledSheet, person: str, *, as_json: bool) -> int:
    taken = verification.take_back(conn, person, file_sha256=sheet.file_sha256, content_hash=sheet.content_hash)
    if taken is None:
        raise BadInput(
            vi=f"{file}: tệp này chưa được nhập, hoặc đã lấy lại rồi",
            en=f"{file}: this file was not imported, or was taken back already",
        )
    if as_json:
        at.result({"file": str(file), "undone": taken})
    else:
        at.say(f"Đã lấy lại {taken} kết quả.", f"{taken} results were taken back.")
    return DONE


def lists(at: Terminal, *, as_json: bool) -> int:
    """Tell which lists went out and how many of their persons have a result."""
    prepare(at.settings)
    with connect(_verifier_url(at)) as conn:
        _require_verifier(conn)
        found = verification.lists(conn)
    if as_json:
        at.result(
            [
                {
                    "list": one.batch_id,
                    "made_at": one.made_at.isoformat(),
                    "made_by": one.made_by,
                    "unit_code": one.unit_code,
                    "persons": one.persons,
                    "answered": one.answered,
                    "withdrawn": one.ended,
                }
                for one in found
            ]
        )
        return DONE
    heads = {
        "vi": ("Danh sách", "Xuất ngày", "Tài khoản", "Mã xã", "Số người", "Có kết quả", "Đã rút"),
        "en": ("List", "Made on", "Login", "Commune", "Persons", "Answered", "Taken back"),
    }[at.lang]
    table = Table(*heads, box=None, pad_edge=False)
    table.columns[0].no_wrap = True  # the id is typed again
    for one in found:
        table.add_row(
            one.batch_id, one.made_at.date().isoformat(), one.made_by, one.unit_code or "", str(one.persons),
            str(one.answered), "×" if one.ended else "",
        )  # fmt: skip
    at.out.print(table)
    return DONE


def withdraw(at: Terminal, batch_id: str, *, reason: str, as_json: bool) -> int:
    """Take a list back: its results stay, its other persons may go out again."""
    if not reason.strip():
        raise Misconfigured(vi="--reason: ghi lý do rút lại", en="--reason: say why the list is taken back")
    prepare(at.settings)
    with connect(_verifier_url(at)) as conn:
        _require_verifier(conn)
        if not verification.end_list(conn, batch_id, reason):
            raise _no_list()
    if as_json:
        at.result({"list": batch_id, "withdrawn": True})
    else:
        at.say(f"Đã rút lại danh sách {batch_id}.", f"The list {batch_id} was taken back.")
    return DONE


def _listed(conn: Connection, batch_id: str, reason: str) -> list[Listed]:
    found = verification.listed(conn, batch_id, reason)
    if found is None:
        raise _no_list()
    return found


def _no_list() -> BadInput:
    return BadInput(
        vi="không có danh sách mang mã này; xem: diachinh identity lists",
        en="there is no list with this id; see: diachinh identity lists",
    )


def _verifier_url(at: Terminal) -> str:
    return login_url(at.settings, "diachinh_verifier")


def _require_verifier(conn: Connection) -> None:
    if not verification.rights(conn).verifies:
        raise Refused


def _person(conn: Connection, by: str) -> str:
    """Return the name in `NAME` or `LOGIN/NAME`; Misconfigured where the login is another."""
    login, mark, name = by.rpartition("/")
    name = " ".join(name.split())
    if not any(sign.isalpha() for sign in name) or len(name) > 200:
        raise Misconfigured(
            vi="--by: ghi họ tên người xác minh, không quá 200 chữ",
            en="--by: name the verifier, in at most 200 letters",
        )
    own = verification.rights(conn).login
    if mark and login != own:
        raise Misconfigured(
            vi=f"--by: đang dùng tài khoản {own}, không phải tài khoản ghi trước dấu /",
            en=f"--by: the login in use is {own}, not the one before the /",
        )
    return name
