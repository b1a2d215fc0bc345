"""The command `export`: what is kept, written to a file or folder in the contract's form."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path

from flows.batches import known_batch
from flows.commands.two_times import times_of
from flows.exit_codes import DONE
from flows.exports import writing
from flows.terminal import Terminal
from schemas.errors import BadInput, Misconfigured
from schemas.office_units import load_office_tables
from store import layers, lineage
from store.database import connect
from store.migrate import prepare

#: What is written as text, and its ending; a program that knows another ending would find the file broken.
_TEXTS = {"entries": ".jsonl", "pages": ".jsonl", "claims": ".jsonl", "lineage": ".csv", "missing": ".csv"}
_OF_OTHER_PROGRAMS = frozenset({".xlsx", ".xls", ".ods", ".gpkg", ".parquet", ".shp", ".pdf", ".docx"})


def export(
    at: Terminal,
    what: str,
    out: Path,
    batch_id: str | None,
    *,
    identity: str | None,
    as_of: str | None = None,
    known_on: str | None = None,
    as_json: bool,
) -> int:
    """Write what is kept to a file in the contract's form."""
    if identity is not None and (what not in ("entries", "claims", "form", "scans") or not identity.strip()):
        raise Misconfigured(
            vi="--identity LÝ_DO chỉ dùng với entries, claims, form, scans, và lý do không được trống",
            en="--identity REASON goes with entries, claims, form and scans only, and the reason must not be empty",
        )
    if (as_of is not None or known_on is not None) and what not in ("parcels", "claims"):
        raise Misconfigured(
            vi="--as-of và --known-on chỉ dùng với parcels và claims",
            en="--as-of and --known-on go with parcels and claims only",
        )
    if what in _TEXTS and out.suffix.lower() in _OF_OTHER_PROGRAMS:
        ending = _TEXTS[what]
        raise BadInput(
            vi=f"{out}: {what} được xuất ra {ending}; đổi đuôi tệp",
            en=f"{out}: {what} are written as {ending}; change the ending",
        )
    tables = load_office_tables(at.settings.home)
    times = times_of(as_of, known_on, tables)
    with connect(prepare(at.settings)) as conn, ExitStack() as reading:  # no reader outlives a writer that failed
        known_batch(conn, batch_id)
        match what:
            case "entries":
                reason = identity or "export without identity numbers"
                lines = reading.enter_context(closing(layers.entries(conn, batch_id=batch_id, reason=reason)))
                told = (writing.entry_line(line, at.lang, identity=identity is not None) for line in lines)
                count = writing.write_json_lines(out, told)
            case "pages":
                pages = reading.enter_context(closing(layers.pages(conn, batch_id=batch_id)))
                count = writing.write_json_lines(out, (writing.page_line(line, at.lang) for line in pages))
            case "claims":
                reason = identity or "export without identity numbers"
                told_claims = layers.claims(conn, batch_id=batch_id, times=times, reason=reason)
                claims = reading.enter_context(closing(told_claims))
                said = (writing.claim_line(line, identity=identity is not None) for line in claims)
                count = writing.write_json_lines(out, said)
            case "lineage":
                count = writing.write_lineage(out, lineage.steps(conn, batch_id=batch_id))
            case "missing":
                count = writing.write_missing(
                    out, reading.enter_context(closing(layers.missing(conn, batch_id=batch_id)))
                )
            case "form":
                from flows.national.handing_in import export_form

                count = export_form(conn, at, out, batch_id, identity).rows
            case "scans":
                from flows.national.handing_in import export_scans

                count = export_scans(conn, at, out, batch_id, identity)
            case _:
                from flows.exports.geofiles import write_parcels

                count = write_parcels(out, list(layers.parcels(conn, batch_id=batch_id, times=times)), tables)
    if as_json:
        at.result({"what": what, "file": str(out), "count": count})
    else:
        at.say(f"{out}: {count} dòng", f"{out}: {count} rows")
    return DONE
