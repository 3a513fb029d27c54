"""How far an import is, for the page that waits and its script."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from ldtrack.exchange.domain import LOOK, STORE, TAKE_BACK, ImportRow, ImportState
from ldtrack.outbox.domain import JobState
from ldtrack.outbox.queries import latest_job

JOBS = {
    ImportState.SENT: LOOK,
    ImportState.STORING: STORE,
    ImportState.TAKING_BACK: TAKE_BACK,
}


def progress_of(session: Session, run: ImportRow) -> dict[str, Any]:
    """Done of total, a state and a sentence."""
    if not run.state.is_under_way:
        return {"done": 1, "total": 1, "state": "done", "sentence": f"{run.state.label}."}
    job = latest_job(session, kind=JOBS[run.state], thing_id=run.id)
    if job is not None and job.state is JobState.FAILED:
        return {"done": 0, "total": 1, "state": "failed", "sentence": "It stopped on the way."}
    if run.state is ImportState.SENT:
        total = job.total if job else 0
        done = job.done if job else 0
        read = f"{done:,} rows are read so far." if done > total else "The file is being read."
        return {
            "done": done if total else 0,
            "total": total,
            "state": "running" if total else "waiting",
            "sentence": read,
        }
    back = run.state is ImportState.TAKING_BACK
    done = run.n_parts - run.n_done if back else run.n_done
    return {
        "done": done,
        "total": run.n_parts,
        "state": "running" if done else "waiting",
        "sentence": f"{done:,} of {run.n_parts:,} parts are {'taken back' if back else 'stored'}.",
    }
