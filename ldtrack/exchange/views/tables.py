"""The desks for past ratings and norms."""

from __future__ import annotations

from datetime import date
from typing import Any

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor
from ldtrack.competencies.queries import frameworks
from ldtrack.exchange import norms_import, ratings_import
from ldtrack.exchange.forms import NormsUploadForm, RatingsUploadForm
from ldtrack.exchange.limits import BROWSER
from ldtrack.exchange.norms_import import NormSetting
from ldtrack.exchange.ratings_import import PastSetting
from ldtrack.exchange.report import Report
from ldtrack.exchange.uploads import Kept
from ldtrack.exchange.views import exchange
from ldtrack.exchange.views.desk import FIRST_ROWS, Desk, Preview
from ldtrack.ui.fields import Option
from ldtrack.ui.request import clock, request_session


class RatingsDesk(Desk):
    """Past 360 ratings, released as the reports they make."""

    kind = "ratings"
    action = Action.WRITE_CYCLE
    title = "Bring in past 360 ratings"
    one, many = "leader", "leaders"
    back = "feedback.cycles"
    may_skip = False
    form = RatingsUploadForm

    def prepare(self, form: Any) -> Any:
        form.framework.options = [
            Option(id=row.framework_version_id, label=f"{row.title}, {row.version}")
            for row in frameworks(request_session())
        ]
        return form

    def look(self, kept: Kept, raw: bytes) -> Preview:
        report, subjects = ratings_import.look_at(
            request_session(), current_actor(), raw, _setting(kept), now=clock().now()
        )
        return Preview(
            report=report,
            columns=("Cycle", "Leader", "Raters", "Items", "Answers"),
            rows=[
                (
                    one.cycle,
                    one.subject,
                    ", ".join(f"{group} {n}" for group, n in one.raters.items()),
                    str(len(one.items)),
                    str(len(one.answers)),
                )
                for one in subjects[:FIRST_ROWS]
            ],
        )

    def store(self, kept: Kept, raw: bytes, *, skip_bad: bool) -> Report:
        return ratings_import.import_file(
            request_session(),
            current_actor(),
            raw,
            _setting(kept),
            now=clock().now(),
            limits=BROWSER,
        )


class NormsDesk(Desk):
    """A norm from elsewhere, for reports to be set beside."""

    kind = "norms"
    action = Action.WRITE_CYCLE
    title = "Bring in a norm"
    one, many = "competency", "competencies"
    back = "feedback.norms"
    may_skip = False
    form = NormsUploadForm

    def prepare(self, form: Any) -> Any:
        form.framework.options = [
            Option(id=row.framework_version_id, label=f"{row.title}, {row.version}")
            for row in frameworks(request_session())
        ]
        return form

    def look(self, kept: Kept, raw: bytes) -> Preview:
        report, rows = norms_import.look_at(
            request_session(), current_actor(), raw, _norm_setting(kept), now=clock().now()
        )
        return Preview(
            report=report,
            columns=("Line", "Competency", "Mean", "Middle half from", "To"),
            rows=[
                (
                    str(row.line),
                    row.competency,
                    f"{row.mean:.2f}",
                    f"{row.low:.2f}",
                    f"{row.high:.2f}",
                )
                for row in rows[:FIRST_ROWS]
            ],
        )

    def store(self, kept: Kept, raw: bytes, *, skip_bad: bool) -> Report:
        return norms_import.import_file(
            request_session(),
            current_actor(),
            raw,
            _norm_setting(kept),
            now=clock().now(),
            limits=BROWSER,
        )


def _norm_setting(kept: Kept) -> NormSetting:
    return NormSetting(
        framework_version_id=int(kept.told["framework"]),
        source=kept.told["source"],
        population=kept.told["population"],
        n_leaders=int(kept.told["n_leaders"]),
        as_of=date.fromisoformat(kept.told["as_of"]),
    )


def _setting(kept: Kept) -> PastSetting:
    return PastSetting(
        framework_version_id=int(kept.told["framework"]),
        closed_on=date.fromisoformat(kept.told["closed_on"]),
    )


for _desk in (RatingsDesk(), NormsDesk()):
    _desk.register(exchange)
