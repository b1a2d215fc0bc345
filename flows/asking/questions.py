"""The commands `questions export`, `questions import` and `missing set`: people's part of the work, without a desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from cadastre.checking.questions import Question, by_worth
from flows.asking.answer_sheet import read_sheet
from flows.asking.dispute_answers import HeardDisputes, hear_disputes
from flows.asking.dispute_questions import dispute_crops, pending_disputes
from flows.asking.dispute_questions import pages_of as pages_of_disputes
from flows.asking.help import DISPUTES, LINKS
from flows.asking.link_answers import HeardLinks, hear_links
from flows.asking.link_questions import link_crops, pages_of, pending_links
from flows.asking.taking import Heard, hear_all
from flows.asking.waiting import Pending, crops, documents, page_of, pending
from flows.asking.workbook import write_workbook
from flows.batches import known_batch, waits_elsewhere
from flows.exit_codes import DONE
from flows.exports.writing import whole_or_nothing
from flows.reconcile import settle_land
from flows.steps import Job, derive_entries, flag_missing, settle_parcels
from flows.terminal import Terminal
from schemas.answers import Asked
from schemas.entries import Draft, Entry
from schemas.errors import BadInput, Misconfigured
from schemas.office_units import load_office_tables
from schemas.outcomes import MissingStatus
from store import audit, dispute_answers, imports, intake, layers, link_answers, recovery, review
from store.database import connect
from store.migrate import prepare
from store.runs import Run, running

_SHOWN = 50


def export(at: Terminal, out: Path, batch_id: str | None, *, identity: str | None, as_json: bool) -> int:
    """Write what waits for a person as a workbook; owners only with a reason, which is logged before they are read."""
    if identity is not None and not identity.strip():
        raise Misconfigured(vi="lý do của --identity không được trống", en="the reason of --identity must not be empty")
    url, tables = prepare(at.settings), load_office_tables(at.settings.home)
    with connect(url) as conn:
        known_batch(conn, batch_id)
        if identity is not None:
            audit.append(conn, "read-identity", batch_id or "all batches", {"reason": identity, "what": "questions"})
        batch_ids = [batch_id] if batch_id else [one.batch_id for one in layers.batches(conn)]
        paths = {one: intake.paths_of(conn, one) for one in batch_ids}
        waiting, unread = pending(conn, batch_ids, paths, tables)
        asked = [one for one in waiting if identity is not None or not one.question.personal]
        asked = _ordered(asked)
        questions = [one.question for one in asked]
        of_maps = pending_links(conn, batch_ids, tables, identity=identity is not None)
        elsewhere = {one: many for one, many in imports.waiting_elsewhere(conn).items() if one in batch_ids}
        of_papers, personal = pending_disputes(conn, batch_ids, tables, identity=identity is not None)
        pages = pages_of(of_maps.links) | pages_of_disputes(of_papers)
        turns = review.turns(conn, {page_of(question).sha256 for question in questions} | pages)
        pictures = crops(at.settings.home, turns, questions, identity=identity is not None)
        pairs = link_crops(at.settings.home, turns, of_maps.links)
        sides = dispute_crops(at.settings.home, turns, of_papers)
        with whole_or_nothing(out) as partial:
            write_workbook(partial, asked, pictures, tables, of_maps.links, pairs, of_papers, sides)
        with running(url, "ask", lease_s=at.settings.lease_seconds) as run:
            review.save_questions(conn, run, [row for question in questions for row in _asked_rows(question)])
            link_answers.save_questions(conn, run, [one.question.asked for one in of_maps.links])
            dispute_answers.save_questions(conn, run, [one.question.asked for one in of_papers])
    left_out = len(waiting) - len(asked) + personal
    settled = len({entry.entry_id for question in questions for entry in question.entries})
    linked, parcels = len(of_maps.links), len({key for one in of_maps.links for key in one.question.settled})
    disputes, settles = len(of_papers), len({key for one in of_papers for key in one.question.settled})
    lost = [place.text for place in of_maps.lost]
    if as_json:
        told = {"file": str(out), "questions": len(asked), "entries": settled, "identity_left_out": left_out}
        links = {"links": linked, "parcels": parcels, "disputes": disputes, "disputed_parcels": settles}
        away = {"waiting_elsewhere": sum(elsewhere.values())}
        at.result({**told, "kinds_not_read": unread, **away, **links, "answers_lost": lost})
        return DONE
    at.say(f"{out}: {len(asked)} câu hỏi về {settled} mục", f"{out}: {len(asked)} questions about {settled} entries")
    if linked:
        at.say(
            f"và {linked} câu hỏi nối các thời kỳ, về {parcels} thửa (trang tính «{LINKS}»)",
            f"and {linked} questions of how maps go together, about {parcels} parcels (sheet «{LINKS}»)",
        )
    if disputes:
        at.say(
            f"và {disputes} câu hỏi về giấy tờ ghi khác nhau, ở {settles} thửa (trang tính «{DISPUTES}»)",
            f"and {disputes} questions of papers that do not agree, on {settles} parcels (sheet «{DISPUTES}»)",
        )
    if lost:
        at.say(
            f"Câu trả lời trước không còn tìm thấy thửa, tờ: {', '.join(lost[:_SHOWN])}; xem lại số tờ, số thửa của "
            "giấy tờ đó",
            f"Earlier answers find no paper any more of: {', '.join(lost[:_SHOWN])}; check the numbers of those papers",
            style="yellow",
        )
    if left_out:
        at.say(
            f"Chưa hỏi {left_out} câu có tên người; để hỏi cả: --identity LÝ_DO",
            f"{left_out} questions with names were left out; to ask them: --identity REASON",
        )
    if unread:
        at.say(
            f"{unread} mục thuộc loại giấy chưa đọc được bằng máy, không có câu hỏi.",
            f"{unread} entries are of kinds that are not read yet; nothing is asked of them.",
        )
    if elsewhere:
        at.tell(waits_elsewhere(sum(elsewhere.values()), list(elsewhere)))
    return DONE


def _ordered(waiting: Iterable[Pending]) -> list[Pending]:
    """Return the questions in the order of their worth, then as they stand in the batch."""
    of_id = {one.question.question_id: one for one in waiting}
    return [of_id[question.question_id] for question in by_worth(one.question for one in of_id.values())]


def _asked_rows(question: Question) -> list[Asked]:
    ref, box = question.place or (None, None)
    return [
        Asked(
            question.question_id,
            entry.entry_id,
            question.field,
            question.seen[entry.entry_id],
            question.shown,
            ref,
            box,
        )
        for entry in question.entries
    ]


def bring_in(at: Terminal, file: Path, *, who: str, undo: bool, as_json: bool) -> int:
    """Check and apply the answers of a workbook, or take its last import back; 3 where a row was not taken."""
    if not who.strip():
        raise Misconfigured(vi="--by: ghi tên người trả lời", en="--by: name who answered")
    sheet = read_sheet(file)
    job, tables = Job(at.settings, prepare(at.settings)), load_office_tables(at.settings.home)
    heard, of_maps, of_papers = Heard((), (), ()), HeardLinks((), (), ()), HeardDisputes((), (), ())
    with connect(job.url) as conn, running(job.url, "answers", lease_s=at.settings.lease_seconds) as run:
        if undo:
            taken = review.take_back(conn, run, file_sha256=sheet.file_sha256, content_hash=sheet.content_hash, who=who)
            if taken is None:
                raise BadInput(
                    vi=f"{file}: tệp này chưa được nhập, hoặc đã lấy lại rồi",
                    en=f"{file}: this workbook was not imported, or was taken back already",
                )
            done = taken
        else:
            asked = review.asked(conn, {one.question_id for one in sheet.answers})
            ids = {one.entry_id for rows in asked.values() for one in rows}
            standing: dict[str, tuple[Draft | None, Entry]] = {
                draft.entry_id: (draft, entry)
                for batch_id in review.batches_of(conn, ids)
                for document in documents(conn, batch_id, tables)
                for draft, entry in zip(document.drafts, document.read, strict=True)
            }
            standing |= {entry.entry_id: (None, entry) for entry in imports.as_told(conn, None, ids)}
            heard, of_maps = hear_all(sheet.answers, asked, standing, tables), hear_links(conn, sheet.links)
            of_papers = hear_disputes(conn, sheet.disputes, tables)
            files = {one.entry_id: standing[one.entry_id][1].ref.sha256 for one in heard.answers}
            done = review.add_answers(
                conn,
                run,
                heard.answers,
                files,
                file_sha256=sheet.file_sha256,
                content_hash=sheet.content_hash,
                who=who,
                links=of_maps.answers,
                rulings=of_papers.rulings,
            )
        _derive_again(job, run, done.batch_ids)
        lands = link_answers.lands_of_answers(conn, done.import_id) if done.import_id is not None else []
        for land in lands:
            settle_land(conn, run, land, tables)
    heard = Heard(
        heard.answers,
        heard.refused + of_maps.refused + of_papers.refused,
        heard.stale + of_maps.stale + of_papers.stale,
    )
    _tell(at, file, done, heard, lands, undo=undo, as_json=as_json)
    return BadInput.exit_code if heard.refused or heard.stale else DONE


def _derive_again(job: Job, run: Run, batch_ids: Sequence[str]) -> None:
    """Derive the touched batches from what is stored, settle their parcels, search for what is missing."""
    for batch_id in batch_ids:
        derive_entries(job, run, batch_id)
    for batch_id in batch_ids:
        settle_parcels(job, run, batch_id)
    for batch_id in batch_ids:
        flag_missing(job, run, batch_id)


def _tell(
    at: Terminal, file: Path, done: review.Imported, heard: Heard, lands: Sequence[str], *, undo: bool, as_json: bool
) -> None:
    if as_json:
        rows = {
            name: [{"row": row, "why": why.say(at.lang)} for row, why in found]
            for name, found in (("refused", heard.refused), ("stale", heard.stale))
        }
        count = {"undone" if undo else "applied": done.answers, "standing": done.standing}
        count["replaced"] = done.replaced
        at.result({"file": str(file), **count, **rows, "batches": list(done.batch_ids), "lands": list(lands)})
        return
    for row, why in (*heard.refused, *heard.stale)[:_SHOWN]:
        at.say(f"Dòng {row}: {why.vi}", f"Row {row}: {why.en}", style="yellow")
    if undo:
        at.say(f"Đã lấy lại {done.answers} câu trả lời.", f"{done.answers} answers were taken back.")
        return
    left = len(heard.refused) + len(heard.stale)
    at.say(
        f"{done.answers} câu trả lời được ghi nhận, {done.standing} đã có từ trước, {left} dòng không nhận.",
        f"{done.answers} answers taken, {done.standing} stood already, {left} rows not taken.",
    )
    if done.replaced:
        at.say(
            f"Trong đó {done.replaced} câu khác câu trả lời đã có của cùng một ô: câu sau đứng. "
            "Nếu câu trước mới đúng, nhập lại tệp này với --undo.",
            f"{done.replaced} of them differ from an answer that the field had: the later stands. "
            "Where the earlier is right, import this file again with --undo.",
            style="yellow",
        )


def missing_set(at: Terminal, case_id: str, status: MissingStatus, *, who: str, as_json: bool) -> int:
    """Set the state of a missing original for a person."""
    if not who.strip():
        raise Misconfigured(vi="--by: ghi tên người quyết định", en="--by: name who decided")
    url = prepare(at.settings)
    with connect(url) as conn, running(url, "missing", lease_s=at.settings.lease_seconds) as run:
        recovery.set_state(conn, run, case_id, status, who)
    if as_json:
        at.result({"case_id": case_id, "status": status})
    else:
        at.say(f"{case_id}: {status}", f"{case_id}: {status}")
    return DONE
