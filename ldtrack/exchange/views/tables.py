"""The desks for people, completions, past ratings and norms."""

from __future__ import annotations

from datetime import date
from typing import Any

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor
from ldtrack.competencies.queries import frameworks
from ldtrack.courses.service import withdraw_completions
from ldtrack.exchange import completions_import, norms_import, people_import, ratings_import
from ldtrack.exchange.forms import CompletionsUploadForm, NormsUploadForm, RatingsUploadForm
from ldtrack.exchange.limits import BROWSER
from ldtrack.exchange.norms_import import NormSetting
from ldtrack.exchange.people_import import take_back_people
from ldtrack.exchange.ratings_import import PastSetting
from ldtrack.exchange.report import Report
from ldtrack.exchange.uploads import Kept
from ldtrack.exchange.views import exchange
from ldtrack.exchange.views.desk import FIRST_ROWS, Desk, Preview
from ldtrack.ui.dates import count_of, day
from ldtrack.ui.fields import Option
from ldtrack.ui.request import clock, request_session


class PeopleDesk(Desk):
    """People with their units and line managers."""

    kind = "people"
    action = Action.WRITE_PERSON
    title = "Bring in people"
    one, many = "person", "people"
    back = "people.directory"

    def look(self, kept: Kept, raw: bytes) -> Preview:
        report, people = people_import.look_at(
            request_session(), current_actor(), raw, now=clock().now()
        )
        return Preview(
            report=report,
            columns=("Line", "External id", "Name", "Mail", "Unit", "Reports to"),
            rows=[
                (
                    str(one.line),
                    one.external_id,
                    f"{one.first_name} {one.last_name or ''}".strip(),
                    one.email,
                    one.unit or "–",
                    one.manager_external_id or "–",
                )
                for one in people[:FIRST_ROWS]
            ],
        )

    def store(self, kept: Kept, raw: bytes, *, skip_bad: bool) -> Report:
        return people_import.import_file(
            request_session(),
            current_actor(),
            raw,
            skip_bad=skip_bad,
            now=clock().now(),
            limits=BROWSER,
        )

    def take_back(self, kept: Kept) -> str | None:
        removed = take_back_people(
            request_session(), current_actor(), kept.added_ids, now=clock().now()
        )
        left = len(kept.added_ids) - removed
        stayed = f" {count_of(left, 'person', 'people')} stayed: something hangs on them." * bool(
            left
        )
        return f"{count_of(removed, 'person', 'people')} taken back.{stayed}"


class CompletionsDesk(Desk):
    """Completions of courses, whoever wrote the file."""

    kind = "completions"
    action = Action.RECORD_COMPLETION
    title = "Bring in completions"
    one, many = "completion", "completions"
    back = "courses.catalogue"
    form = CompletionsUploadForm

    def look(self, kept: Kept, raw: bytes) -> Preview:
        looked = completions_import.look_at(
            request_session(),
            current_actor(),
            raw,
            now=clock().now(),
            course=kept.told.get("course", ""),
        )
        return Preview(
            report=looked.report,
            columns=("Line", "Who", "Course", "Completed", "Score"),
            rows=[
                (
                    str(row.line),
                    row.name or row.external_id or row.email,
                    (row.courses or (kept.told.get("course", ""),))[0],
                    day(row.completed_on),
                    "–" if row.score is None else f"{row.score:g} of {row.score_max:g}",
                )
                for row in looked.rows[:FIRST_ROWS]
            ],
        )

    def store(self, kept: Kept, raw: bytes, *, skip_bad: bool) -> Report:
        return completions_import.import_file(
            request_session(),
            current_actor(),
            raw,
            skip_bad=skip_bad,
            now=clock().now(),
            course=kept.told.get("course", ""),
            limits=BROWSER,
        )

    def take_back(self, kept: Kept) -> str | None:
        gone = withdraw_completions(
            request_session(), current_actor(), kept.added_ids, now=clock().now()
        )
        return f"{count_of(gone, 'completion')} taken back, with what they said about levels."


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


for _desk in (PeopleDesk(), CompletionsDesk(), RatingsDesk(), NormsDesk()):
    _desk.register(exchange)
