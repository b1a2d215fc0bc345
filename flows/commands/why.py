"""`diachinh why`: which value of a parcel stands, by which rule, on which paper, and what else was claimed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cadastre.asking.lineage_wording import told as reasons
from cadastre.settling.claims_told import ORDER, Told, told
from cadastre.settling.precedence import NUMBERS
from cadastre.words.wording import FIELD_NAMES, KIND_NAMES, say_date
from flows.commands.two_times import times_of
from flows.commands.why_rulings import ruling_line, rulings_told
from flows.commands.why_table import Row, print_rows
from flows.commands.why_view import View
from flows.folder import shown
from flows.terminal import Terminal
from schemas.errors import BadInput, Lang, Message, Misconfigured
from schemas.office_units import load_office_tables
from schemas.parcels import SAID, Link, ParcelKey
from schemas.tables import Tables
from store.database import Connection, connect
from store.lineage import chain_of
from store.migrate import prepare
from store.why import Known, PaperSeen, behind, parcels_numbered


def why(
    at: Terminal,
    parcel: str,
    attribute: str | None,
    *,
    as_of: str | None,
    identity: str | None,
    as_json: bool,
) -> int:
    """Tell why a parcel's values are what they are; names of people only with a reason, which is logged."""
    tables = load_office_tables(at.settings.home)
    day = times_of(as_of, None, tables).as_of
    if identity is not None and not identity.strip():
        raise Misconfigured(vi="--identity LÝ_DO: lý do không được trống", en="--identity REASON must not be empty")
    with connect(prepare(at.settings)) as conn:
        known, others = _chosen(conn, parcel, day, tables)
        found = behind(conn, known, identity=identity)
        links = chain_of(conn, known.key)
    view = View(at.lang, tables, found, identity is not None)
    attributes = told(sorted(found.claims, key=view.weight, reverse=True))
    if attribute is not None and attribute not in attributes:
        listed = ", ".join(attributes)
        raise BadInput(
            vi=f"{known.key}: không giấy tờ nào nói về «{attribute[:40]}»; có: {listed}",
            en=f"{known.key}: no paper speaks of `{attribute[:40]}`; there are: {listed}",
        )
    chosen = {name: one for name, one in attributes.items() if attribute in (None, name)}
    answer = _answer(view, known, chosen, links, others)
    if as_json:
        at.result(answer)
    else:
        _show(at, answer, single=attribute is not None)
    return 0


def _chosen(conn: Connection, text: str, day: str | None, tables: Tables) -> tuple[Known, list[Known]]:
    """Return the parcel that is meant and the others of that number; the one that held on the day, else the newest."""
    try:
        if "@" in text:
            key = ParcelKey.parse(text)
            found = parcels_numbered(conn, key.unit, key.sheet, key.parcel, key.era)
        else:
            unit, sheet, number = text.split("/")
            found = parcels_numbered(conn, unit, sheet, number)
    except ValueError:
        raise BadInput(
            vi=f"«{shown(text)}»: ghi khóa thửa như 20335@2013/12/125, hoặc MÃ_XÃ/TỜ/THỬA như 20335/12/125",
            en=f"`{shown(text)}`: write a parcel key like 20335@2013/12/125, or UNIT/SHEET/PARCEL like 20335/12/125",
        ) from None
    if day is not None:
        starts = {span.era: span.first.isoformat() for span in tables.eras}
        found = [
            one
            for one in found
            if (one.valid_from or starts[one.key.era]) <= day and (one.valid_to is None or one.valid_to >= day)
        ]
    if not found:
        when = Message(f" vào ngày {say_date(day)}", f" on {day}") if day else Message("", "")
        raise BadInput(
            vi=f"không có thửa {shown(text)}{when.vi}; xem các khóa bằng: diachinh export parcels thua.csv",
            en=f"no parcel {shown(text)}{when.en}; list the keys with: diachinh export parcels parcels.csv",
        )
    return found[0], found[1:]


def _answer(
    view: View, known: Known, attributes: Mapping[str, Told], links: Sequence[Link], others: Sequence[Known]
) -> dict[str, Any]:
    reasons = [view.tables.grade_reasons[name] for name in known.grade_reasons if name in view.tables.grade_reasons]
    return {
        "parcel_id": known.parcel_id,
        "parcel_key": str(known.key),
        "status": known.status,
        "grade": known.grade,
        "grade_reasons": [
            {"reason": one.reason, "grade": one.grade, "message": one.about.say(view.lang), "ground": one.ground}
            for one in reasons
        ],
        "valid_from": known.valid_from,
        "valid_to": known.valid_to,
        "known_from": known.known_from.isoformat(),
        "attributes": [
            {
                "attribute": name,
                "state": one.state,
                "claims": [view.claim(claim) for claim in one.claims],
            }
            for name, one in attributes.items()
        ],
        "chain": [
            {"key": str(link.older), "newer": str(link.newer), "relation": link.relation, "p": link.p,
             "evidence": list(link.evidence)}
            for link in links
        ],
        "rulings": rulings_told(view.found, view.lang),
        "open": _open(view, attributes),
        "same_number": [str(one.key) for one in others],
    }  # fmt: skip


def _open(view: View, attributes: Mapping[str, Told]) -> list[dict[str, Any]]:
    """Return what waits for a person on the papers, and what the rules found."""
    told_ids = {claim.entry_id for one in attributes.values() for claim in one.claims}
    papers: list[PaperSeen] = [view.found.papers[one] for one in sorted(told_ids) if one in view.found.papers]
    waits = [
        {"entry_id": seen.entry_id, "kind": seen.kind, "field": name, "status": place.status}
        for seen in papers
        for name, place in seen.fields.items()
        if place.status in ("review", "unreadable")
    ]
    found = [
        {"entry_id": seen.entry_id, "kind": seen.kind, "code": one.code, "severity": one.severity,
         "message": one.message.say(view.lang)}
        for seen in papers
        for one in seen.findings
    ]  # fmt: skip
    return waits + found


def _show(at: Terminal, answer: Mapping[str, Any], *, single: bool) -> None:
    en = at.lang == "en"
    status = {
        "consistent": Message("nhất quán", "consistent"),
        "conflict": Message("giấy tờ mâu thuẫn", "papers disagree"),
        "review": Message("chờ người xem", "waits for a person"),
    }[answer["status"]].say(at.lang)
    span = " – ".join(say_date(answer[name]) if answer[name] else "…" for name in ("valid_from", "valid_to"))
    grade = Message(f"hạng {answer['grade']}", f"grade {answer['grade']}").say(at.lang)
    at.out.print(f"[bold]{answer['parcel_key']}[/] · {status} · {grade} · {span}")
    for reason in answer["grade_reasons"]:
        at.out.print(f"  · {reason['message']}", style="yellow" if reason["grade"] > 1 else "dim")
    rows: list[Row] = []
    for one in answer["attributes"]:
        if one["attribute"] in _IN_THE_KEY and not single:
            continue
        name = FIELD_NAMES[one["attribute"]].say(at.lang) if one["attribute"] in FIELD_NAMES else one["attribute"]
        for number, claim in enumerate(one["claims"] if single else _few(one["claims"])):
            cells = _cells(claim, at.lang, single=single)
            rows.append(Row("" if number else name, *cells, _STYLES[claim["standing"]]))
    print_rows(at.out, rows)
    for link in answer["chain"]:
        at.out.print(_step(link, at.lang), markup=False)
    for ruling in answer["rulings"]:
        at.out.print(ruling_line(ruling, at.lang), markup=False)
    if answer["same_number"]:
        head = "Same number: " if en else "Cùng số: "
        at.out.print(head + ", ".join(answer["same_number"]), markup=False, style="dim")
    for line in _open_lines(answer["open"], at.lang):
        at.out.print(line, markup=False, style="yellow")


_IN_THE_KEY = NUMBERS.keys()
_LONGEST = 160
_STYLES = {"current": "", "disputed": "yellow", "superseded": "dim"}


def _few(claims: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the first claim that stands, or all that are disputed, and of the others one for each other value."""
    seen: set[str] = set()
    out = []
    for claim in sorted(claims, key=lambda one: ORDER[one["standing"]]):
        said = repr(claim["value"])
        if said not in seen or (claim["standing"] == "disputed"):
            seen.add(said)
            out.append(claim)
    return out


def _cells(claim: Mapping[str, Any], lang: Lang, *, single: bool) -> tuple[str, str, str]:
    paper = claim["paper"]
    kind = KIND_NAMES[paper["kind"]].say(lang) if "kind" in paper else paper["entry_id"]
    day = say_date(paper["day"]) if paper.get("day") else str(paper.get("era") or "")
    where = ""
    if paper.get("file"):
        page = Message("trang", "page").say(lang)
        row = f" {Message('dòng', 'row').say(lang)} {paper['row']}" if paper.get("row") else ""
        where = f"{shown(paper['file'])} {page} {paper['page']}{row}"
        if paper.get("box") and single:
            where += f" {paper['box']}"
        if told := paper.get("imported"):
            line = Message("nhập từ", "imported from").say(lang)
            where += f" ({line} {shown(told['file'])} {Message('dòng', 'row').say(lang)} {told['row']})"
    sure = f", p {paper['p']:.3f}" if paper.get("p") is not None and single else ""
    state = f" ({_STATES[paper['status']].say(lang)}{sure})" if paper.get("status") and single else ""
    hidden = Message("(không hiện; cần --identity)", "(hidden; needs --identity)").say(lang)
    value = hidden if claim.get("hidden") else _short(str(claim["said"]).replace("\n", "; "))
    mark = {"current": "✓", "disputed": "?", "superseded": "–"}[claim["standing"]]
    behind_it = Message("đứng sau: ", "behind: ").say(lang) if claim["standing"] == "superseded" else ""
    because = f"{behind_it}{claim['because']} [{claim['rule']}]" + (f"\n{claim['ground']}" if single else "")
    return f"{mark} {value}{state}", f"{kind} {day} · {where}".rstrip(" ·"), because


_STATES = {
    "accepted": Message("nhận tự động", "accepted"),
    "confirmed": Message("người đã xác nhận", "confirmed"),
    "review": Message("chờ người xem", "waiting for a person"),
    "unreadable": Message("không đọc được", "unreadable"),
}


def _short(text: str) -> str:
    """Return the beginning of a text that would fill the screen, as a boundary does; `--json` has it whole."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


_RELATIONS = {
    "same": Message("cùng một thửa, đánh số lại", "the same parcel, numbered anew"),
    "split": Message("tách thửa", "divided"),
    "merge": Message("hợp thửa", "joined"),
    "unit_change": Message("đổi đơn vị hành chính", "the commune changed"),
}


def _step(link: Mapping[str, Any], lang: Lang) -> str:
    """Return one step of the lineage in words: the older number, what became of it, how sure, and why."""
    if SAID in link["evidence"]:
        said = Message("người có trách nhiệm đã xác nhận", "a person confirmed it").say(lang)
        return f"← {link['key']} · {_RELATIONS[link['relation']].say(lang)} · {said}"
    speaks_for, against = reasons(link["evidence"])
    sure = f"{link['p']:.1%}" if lang == "en" else f"{link['p'] * 100:.1f} %".replace(".", ",")
    line = f"← {link['key']} · {_RELATIONS[link['relation']].say(lang)} · {Message('chắc', 'sure').say(lang)} {sure}"
    if speaks_for:
        line += ": " + "; ".join(one.say(lang) for one in speaks_for)
    if against:
        line += Message(" · ngược lại: ", " · but: ").say(lang) + "; ".join(one.say(lang) for one in against)
    return line


def _open_lines(items: Sequence[Mapping[str, Any]], lang: Lang) -> list[str]:
    waits: dict[str, list[str]] = {}
    lines = []
    for item in items:
        kind = KIND_NAMES[item["kind"]].say(lang)
        if "code" in item:
            lines.append(f"! {item['code']} ({kind}): {item['message']}")
        else:
            name = item["field"]
            waits.setdefault(kind, []).append(FIELD_NAMES[name].say(lang) if name in FIELD_NAMES else name)
    head = Message("Còn chờ người xem", "Waits for a person").say(lang)
    return [f"{head} ({kind}): {', '.join(dict.fromkeys(names))}" for kind, names in waits.items()] + lines
