"""The main job without Prefect, for weak machines and tests."""

from __future__ import annotations

from collections.abc import Sequence

from flows import steps
from flows.steps import Job, digest
from store.runs import running


def digitise_plain(job: Job, batch_ids: Sequence[str]) -> None:
    """Take registered batches through all stages, one after the other."""
    for batch_id in batch_ids:
        with running(job.url, f"digitise {batch_id}", lease_s=job.settings.lease_seconds) as run:
            digest(steps, job, run, batch_id)
