"""Asking people about themselves, and declaring; nobody else learns what one of them declared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.domain.attributes import (
    FEWEST_ANSWERS,
    MOST_ANSWERS,
    MOST_QUESTIONS,
    AskAbout,
    may_be_shown,
)
from ldtrack.people.models import Attribute, AttributeAnswer, Declaration, Person


def ask_about(session: Session, actor: Actor, command: AskAbout, *, now: datetime) -> int:
    """Let people declare something about themselves. Returns the question's id.

    Raises `RuleBroken` at `question` or `answers`.
    """
    policy.require(actor, Action.WRITE_PERSON, Facts(organisation_id=actor.organisation_id))
    before = session.scalars(select(Attribute.question)).all()
    if len(before) >= MOST_QUESTIONS:
        raise RuleBroken("question", f"Ask at most {MOST_QUESTIONS} questions.")
    if command.question in before:
        raise RuleBroken("question", "This is asked already.")
    if not FEWEST_ANSWERS <= len(command.answers) <= MOST_ANSWERS:
        raise RuleBroken(
            "answers", f"Give {FEWEST_ANSWERS} to {MOST_ANSWERS} answers, each on its own line."
        )
    if len(set(command.answers)) < len(command.answers):
        raise RuleBroken("answers", "Two answers are the same.")
    row = Attribute(question=command.question)
    session.add(row)
    session.flush()
    session.add_all(
        AttributeAnswer(attribute_id=row.id, position=position, words=words)
        for position, words in enumerate(command.answers)
    )
    _note(session, actor, row.id, "asked", now)
    return row.id


def ask_no_more(session: Session, actor: Actor, attribute_id: int, *, now: datetime) -> None:
    """Forget the question with everything that was declared."""
    policy.require(actor, Action.WRITE_PERSON, Facts(organisation_id=actor.organisation_id))
    if session.get(Attribute, attribute_id) is None:
        raise NotVisible
    session.execute(
        delete(Attribute)
        .where(Attribute.id == attribute_id)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    _note(session, actor, attribute_id, "no longer asked", now)


def declare(session: Session, actor: Actor, answers: Mapping[int, int | None]) -> None:
    """Keep what somebody declares about themselves, by question; `None` withdraws it at once.

    Nothing of this is logged: a line with a time would tell that they declared something.
    """
    policy.require(actor, Action.CHANGE_OWN_ACCOUNT, Facts(organisation_id=actor.organisation_id))
    if actor.person_id is None:
        raise NotVisible
    for attribute_id, answer_id in answers.items():
        # Held, so that what may be shown is looked at by one after another.
        row = session.scalar(
            select(Attribute).where(Attribute.id == attribute_id).with_for_update()
        )
        if row is None or not (answer_id is None or _is_answer(session, row.id, answer_id)):
            raise NotVisible
        if _keep(session, row.id, actor.person_id, answer_id):
            _show_afresh(session, row)


def _keep(session: Session, attribute_id: int, person_id: int, answer_id: int | None) -> bool:
    """Whether something changed by it."""
    before = session.scalar(
        select(Declaration).where(
            Declaration.attribute_id == attribute_id, Declaration.person_id == person_id
        )
    )
    if (before.answer_id if before else None) == answer_id:
        return False
    if answer_id is None:
        session.delete(before)
    elif before is None:
        session.add(
            Declaration(attribute_id=attribute_id, person_id=person_id, answer_id=answer_id)
        )
    else:
        before.answer_id = answer_id
    session.flush()
    return True


def _show_afresh(session: Session, row: Attribute) -> None:
    """Let HR see counts of today, if nothing about few people can be worked out from the change."""
    declared = session.execute(
        select(Declaration.id, Declaration.answer_id)
        .join(Person, Person.id == Declaration.person_id)
        .where(Declaration.attribute_id == row.id, Person.active)
    )
    chosen: dict[int, int] = dict(declared.all())
    n_people = session.scalar(select(func.count()).select_from(Person).where(Person.active)) or 0
    shown = None if row.shown is None else dict(row.shown)
    if may_be_shown(chosen, n_people, shown):
        row.shown = sorted([one, answer_id] for one, answer_id in chosen.items())
        session.flush()


def _is_answer(session: Session, attribute_id: int, answer_id: int) -> bool:
    row = session.get(AttributeAnswer, answer_id)
    return row is not None and row.attribute_id == attribute_id


def _note(session: Session, actor: Actor, attribute_id: int, what: str, now: datetime) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_PERSON.value,
        thing="attribute",
        thing_id=attribute_id,
        happened_at=now,
        reason=what,
    )
    session.flush()
