"""The desk for files of xAPI statements."""

from __future__ import annotations

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor
from ldtrack.exchange import xapi_import
from ldtrack.exchange.forms import StatementsUploadForm
from ldtrack.exchange.limits import BROWSER
from ldtrack.exchange.report import Report
from ldtrack.exchange.uploads import Kept
from ldtrack.exchange.views import exchange
from ldtrack.exchange.views.desk import FIRST_ROWS, Desk, Preview
from ldtrack.ui.dates import day
from ldtrack.ui.request import clock, request_session


class StatementsDesk(Desk):
    """Statements from another system; those that nobody understands yet are parked."""

    kind = "statements"
    action = Action.RECORD_COMPLETION
    title = "Bring in statements"
    one, many = "statement", "statements"
    back = "courses.parked"
    form = StatementsUploadForm

    def look(self, kept: Kept, raw: bytes) -> Preview:
        report, parsed = xapi_import.look_at(
            request_session(), current_actor(), raw, now=clock().now()
        )
        return Preview(
            report=report,
            columns=("Learner", "Activity", "Day", "Result"),
            rows=[
                (
                    row.actor_name or row.actor_key.partition(":")[2],
                    row.activity_name or row.activity_id,
                    day(row.happened_at),
                    _result(row.passed, row.score, row.score_max),
                )
                for row in parsed.rows[:FIRST_ROWS]
            ],
        )

    def store(self, kept: Kept, raw: bytes, *, skip_bad: bool) -> Report:
        return xapi_import.import_file(
            request_session(),
            current_actor(),
            raw,
            skip_bad=skip_bad,
            now=clock().now(),
            limits=BROWSER,
        )


def _result(passed: bool | None, score: float | None, score_max: float | None) -> str:
    word = {True: "passed", False: "not passed", None: ""}[passed]
    points = "" if score is None else f"{score:g} of {score_max:g}"
    return ", ".join(filter(None, (word, points))) or "completed"


StatementsDesk().register(exchange)
