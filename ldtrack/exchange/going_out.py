"""Lists that go out with the columns that come in: people, completions, enrolments.

They are read a part after the other, each in a session of its own, so that however long somebody
takes to receive them nothing is held open and little is in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.courses.queries import completions_of_people, n_completions
from ldtrack.exchange import completions_csv, people_csv
from ldtrack.exchange.opening import OpenSession
from ldtrack.pathways.queries import enrolments_of, n_enrolments
from ldtrack.people.queries import n_records, part_of_everybody, part_of_names

PART = 500
"""People in one part."""
ENROLMENT_COLUMNS = (
    "external_id",
    "email",
    "pathway",
    "version",
    "cohort",
    "enrolled_on",
    "state",
    "ended_on",
    "extra_days",
)
Rows = Iterator[Sequence[object]]


@dataclass(frozen=True, kw_only=True)
class GoingOut:
    """A list that can go out, and what somebody must be allowed to do for it."""

    name: str
    action: Action
    columns: tuple[str, ...]
    rows: Callable[[OpenSession, Actor, date], Rows]
    count: Callable[[Session], int]


def hand_out(session: Session, actor: Actor, out: GoingOut, *, now: datetime) -> None:
    """Ask whether the actor may have the list, and write down that they took it."""
    policy.require(actor, out.action, Facts(organisation_id=actor.organisation_id))
    note(
        session,
        account_id=actor.account_id,
        action=out.action.value,
        thing=f"{out.name}_export",
        happened_at=now,
    )
    session.flush()


def _people(open_session: OpenSession, _actor: Actor, today: date) -> Rows:
    after = ""
    while True:
        with open_session() as session:
            part = part_of_everybody(session, today, after=after, size=PART)
        if not part:
            return
        after = part[-1].external_id
        for one in part:
            yield (
                one.external_id,
                one.email,
                one.first_name,
                one.last_name,
                one.manager_external_id,
                one.unit,
                one.unit_parent,
                one.job_profile,
                one.locale,
                one.time_zone,
                one.active,
            )


def _completions(open_session: OpenSession, actor: Actor, _today: date) -> Rows:
    for names, session in _parts_of_people(open_session):
        for row in completions_of_people(session, actor, list(names)):
            yield (
                *names[row.person_id],
                row.code,
                row.completed_on,
                row.score,
                row.score_max,
                row.passed,
            )


def _enrolments(open_session: OpenSession, actor: Actor, _today: date) -> Rows:
    for names, session in _parts_of_people(open_session):
        for row in enrolments_of(session, actor, list(names)):
            yield (
                *names[row.person_id],
                row.title,
                row.number,
                row.cohort,
                row.enrolled_on,
                row.state.value,
                row.ended_on,
                row.extra_days,
            )


def _parts_of_people(
    open_session: OpenSession,
) -> Iterator[tuple[Mapping[int, tuple[str, str]], Session]]:
    after = ""
    while True:
        with open_session() as session:
            names = part_of_names(session, after=after, size=PART)
            if not names:
                return
            yield names, session
        after, _ = list(names.values())[-1]


PEOPLE = GoingOut(
    name="people",
    action=Action.WRITE_PERSON,
    columns=people_csv.COLUMNS,
    rows=_people,
    count=n_records,
)
COMPLETIONS = GoingOut(
    name="completions",
    action=Action.RECORD_COMPLETION,
    columns=completions_csv.COLUMNS,
    rows=_completions,
    count=n_completions,
)
ENROLMENTS = GoingOut(
    name="enrolments",
    action=Action.WRITE_ENROLMENT,
    columns=ENROLMENT_COLUMNS,
    rows=_enrolments,
    count=n_enrolments,
)
LISTS = {one.name: one for one in (PEOPLE, COMPLETIONS, ENROLMENTS)}
"""All of them by name."""
