"""Bringing in ratings of the past: a closed cycle with its audited reports, and no answers kept.

Where all raters of a leader are named by their mail addresses, it is kept who answered, as of every
cycle; then later reports can be put beside this one. Otherwise nobody knows, and they cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies.queries import competencies_named, scale
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.feedback.domain.answers import Answer, RaterAnswers
from ldtrack.feedback.domain.comments import Comment
from ldtrack.feedback.domain.plain_json import plain
from ldtrack.feedback.domain.questions import answer_scale
from ldtrack.feedback.domain.report import report_to_dict
from ldtrack.feedback.domain.rows import USUAL_GROUPS
from ldtrack.feedback.domain.timeline import CycleState, SubjectState
from ldtrack.feedback.models import Cycle, Invitation, Item, OpenQuestion, Release, Subject
from ldtrack.feedback.queries.cycles import require_hr
from ldtrack.feedback.service.cycles import audit
from ldtrack.feedback.service.earlier import earlier_reports, reports_elsewhere, who_answered
from ldtrack.feedback.service.passing_on import bring_out
from ldtrack.feedback.service.questionnaires import new_questionnaire
from ldtrack.feedback.service.releasing import Beside, Sent, make_report
from ldtrack.feedback.service.reporting import what_was_asked
from ldtrack.people.domain import same_address
from ldtrack.people.queries import people_named, rater_floor


@dataclass(frozen=True, kw_only=True)
class PastRating:
    """One line: what a rater of a group said about a leader on one item.

    `rater` is any word that tells raters apart; only mail addresses are stored, as those of who
    answered. `group` is a key of `USUAL_GROUPS`. `score` is None for "not able to observe".
    """

    person_id: int
    rater: str
    group: str
    item: str
    competency_id: int
    score: int | None
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class PastRatings:
    """A cycle that was held elsewhere, with everything that was answered in it."""

    cycle: str
    closed_on: date
    framework_version_id: int
    ratings: tuple[PastRating, ...]


@dataclass(frozen=True, kw_only=True)
class ImportedCycle:
    """What an import did: the cycle, and how many people's reports are new or were here before."""

    cycle_id: int
    added: int
    unchanged: int


def import_past_cycle(
    session: Session, actor: Actor, command: PastRatings, *, now: datetime
) -> ImportedCycle:
    """Release each leader's results as if their cycle had been closed here; twice adds nothing.

    Raises `RuleBroken` for an empty file, a day in the future, a score off the scale, an unknown
    group, or a cycle of that name that was held here.
    """
    require_hr(actor)
    _check(session, command, now)
    cycle = session.scalars(select(Cycle).where(Cycle.name == command.cycle)).first()
    if cycle is not None and (cycle.state, cycle.closed_on) != (
        CycleState.CLOSED,
        command.closed_on,
    ):
        raise RuleBroken("cycle", f"There is another cycle called “{command.cycle}” already.")
    if cycle is None:
        cycle = _cycle(session, actor, command)
        audit(session, actor, "import", cycle.id, now)
    here = set(session.scalars(select(Subject.person_id).where(Subject.cycle_id == cycle.id)))
    leaders = dict.fromkeys(rating.person_id for rating in command.ratings)
    new = [person_id for person_id in leaders if person_id not in here]
    for person_id in new:
        ratings = [rating for rating in command.ratings if rating.person_id == person_id]
        _release(session, cycle, person_id, ratings, now)
    return ImportedCycle(cycle_id=cycle.id, added=len(new), unchanged=len(leaders) - len(new))


def _check(session: Session, command: PastRatings, now: datetime) -> None:
    if not command.ratings:
        raise RuleBroken("ratings", "There are no ratings in this file.")
    if command.closed_on > now.date():
        raise RuleBroken("closed_on", "Give a day that is not in the future.")
    leaders = {rating.person_id for rating in command.ratings}
    if set(people_named(session, leaders)) != leaders:
        raise NotVisible
    known = competencies_named(session, {rating.competency_id for rating in command.ratings})
    for rating in command.ratings:
        row = known.get(rating.competency_id)
        if row is None or row.framework_version_id != command.framework_version_id:
            raise RuleBroken("competency", "A competency is not of this framework.")


def _cycle(session: Session, actor: Actor, command: PastRatings) -> Cycle:
    cycle = Cycle(
        name=command.cycle,
        framework_version_id=command.framework_version_id,
        questionnaire_id=_questionnaire(session, command),
        state=CycleState.CLOSED,
        opens_on=command.closed_on,
        closes_on=command.closed_on,
        closed_on=command.closed_on,
        k=rater_floor(session, actor.organisation_id),
        groups=[{"key": g.key, "name": g.name, "exempt": g.exempt} for g in USUAL_GROUPS],
    )
    session.add(cycle)
    session.flush()
    return cycle


def _questionnaire(session: Session, command: PastRatings) -> int:
    lo, hi, words = answer_scale(scale(session, command.framework_version_id), plain=False)
    made = new_questionnaire(command.cycle, command.framework_version_id, lo, hi, words)
    made.frozen = True
    session.add(made)
    session.flush()
    _add_items(session, made.id, command.ratings, 0)
    names = competencies_named(session, {r.competency_id for r in command.ratings})
    session.add_all(
        OpenQuestion(
            questionnaire_id=made.id,
            key=_question(competency_id),
            text=f"Comments on {row.name}",
            position=position,
        )
        for position, (competency_id, row) in enumerate(names.items())
    )
    session.flush()
    return made.id


def _add_items(
    session: Session, questionnaire_id: int, ratings: Iterable[PastRating], first: int
) -> None:
    texts = dict.fromkeys((rating.competency_id, rating.item) for rating in ratings)
    session.add_all(
        Item(
            questionnaire_id=questionnaire_id,
            competency_id=competency_id,
            text=text,
            position=position,
        )
        for position, (competency_id, text) in enumerate(texts, start=first)
    )


def _release(
    session: Session,
    cycle: Cycle,
    person_id: int,
    ratings: Sequence[PastRating],
    now: datetime,
) -> None:
    asked = what_was_asked(session, cycle)
    items = {(item.competency_id, item.text): item.id for item in asked.form.items}
    if any((rating.competency_id, rating.item) not in items for rating in ratings):
        raise RuleBroken("item", "This cycle is here already, and it asked other questions.")
    keys = {word: key for key, word in enumerate(sorted({r.rater for r in ratings}), start=1)}
    subject = Subject(
        cycle_id=cycle.id,
        person_id=person_id,
        state=SubjectState.AUDITED,
        opens_on=cycle.opens_on,
        closes_on=cycle.closes_on,
        closed_on=cycle.closed_on,
    )
    session.add(subject)
    session.flush()
    known = _name_raters(session, subject, ratings)
    sent = Sent(
        raters=_raters(ratings, keys, items),
        comments=_comments(ratings, keys),
        answered=who_answered(session, [person_id]).get(subject.id) if known else None,
    )
    made = make_report(asked, sent, _beside(session, cycle, subject))
    # No answer is kept, so there are no keys to audit another edition with.
    release = Release(
        subject_id=subject.id,
        number=1,
        document=report_to_dict(made.report),
        verdict=plain(made.verdict),
        counted=plain(made.counted) if known else None,
    )
    session.add(release)
    session.flush()
    bring_out(session, cycle, subject, release, now=now, base_url=None)


def _name_raters(session: Session, subject: Subject, ratings: Iterable[PastRating]) -> bool:
    """Keep who answered, if every rater is named by an address. Whether that is so."""
    groups = {same_address(rating.rater): rating.group for rating in ratings}
    if not all("@" in address for address in groups):
        return False
    session.add_all(
        Invitation(
            subject_id=subject.id, name=address, email=address, group_key=group, answered=True
        )
        for address, group in groups.items()
    )
    session.flush()
    return True


def _beside(session: Session, cycle: Cycle, subject: Subject) -> Beside:
    person_id = subject.person_id
    closed_on = cycle.closed_on or cycle.closes_on
    before = earlier_reports(session, {person_id: closed_on}, cycle.framework_version_id)
    elsewhere = reports_elsewhere(session, {person_id: subject.id})
    return Beside(earlier=before.get(person_id), elsewhere=elsewhere.get(person_id, ()))


def _raters(
    ratings: Sequence[PastRating],
    keys: Mapping[str, int],
    items: Mapping[tuple[int | None, str], int],
) -> list[RaterAnswers]:
    groups = dict.fromkeys((rating.rater, rating.group) for rating in ratings)
    return [
        RaterAnswers(
            rater_key=keys[rater],
            group_key=group,
            answers=tuple(
                Answer(
                    item_id=items[rating.competency_id, rating.item],
                    score=rating.score,
                    not_observed=rating.score is None,
                )
                for rating in ratings
                if (rating.rater, rating.group) == (rater, group)
            ),
        )
        for rater, group in groups
    ]


def _comments(ratings: Iterable[PastRating], keys: Mapping[str, int]) -> list[Comment]:
    return [
        Comment(
            rater_key=keys[rating.rater],
            question_id=_question(rating.competency_id),
            text=rating.comment.strip(),
        )
        for rating in ratings
        if rating.comment.strip()
    ]


def _question(competency_id: int) -> str:
    return f"c{competency_id}"
