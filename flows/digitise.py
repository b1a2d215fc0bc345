"""The Prefect flow of the main job: its parameters are batch ids, its artifacts are figures, nothing else leaves."""

from __future__ import annotations

from prefect import flow
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.context import get_run_context
from prefect.exceptions import MissingContextError

from flows.reports import as_markdown, as_rows
from flows.steps import Job, digest
from flows.tasks import PrefectSteps
from schemas.settings import Settings
from store import layers
from store.database import retry
from store.migrate import prepare
from store.runs import running


@flow(name="digitise", flow_run_name="digitise-{batch_ids}", log_prints=False, validate_parameters=True)
def digitise(batch_ids: list[str]) -> str | None:
    """Read, check, load and report the batches that were taken in; returns the flow run's id."""
    settings = Settings()
    job = Job(settings, prepare(settings))
    for batch_id in batch_ids:
        with running(job.url, f"digitise {batch_id}", lease_s=settings.lease_seconds) as run:
            digest(PrefectSteps(), job, run, batch_id)
        _publish_figures(job, batch_id)
    try:
        context = get_run_context()
    except MissingContextError:
        return None
    run_of_flow = getattr(context, "flow_run", None)
    return str(run_of_flow.id) if run_of_flow else None


def _publish_figures(job: Job, batch_id: str) -> None:
    figures = retry(job.url, lambda conn: layers.figures(conn, batch_id=batch_id))
    lang = job.settings.lang
    create_markdown_artifact(as_markdown(figures, lang), key=f"batch-{batch_id}", description=f"diachinh {batch_id}")
    create_table_artifact(as_rows(figures, lang), key=f"batch-{batch_id}-figures", description=f"diachinh {batch_id}")
