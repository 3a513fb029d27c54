"""Writing and dropping the rows of one response; what may be written is checked before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ldtrack.feedback.domain.commands import WrittenComment
from ldtrack.feedback.domain.rows import ResponseState
from ldtrack.feedback.models import Answer, Comment, MattersMost, Response, ThenAnswer
from ldtrack.feedback.queries.answering import OpenInvitation

Scored = type[Answer] | type[ThenAnswer]


def hold_response(session: Session, asked: OpenInvitation, *, goes_on: bool) -> int:
    """See to it that there is a response, and hold it until the transaction ends. Its turn.

    A new one is a draft; one that was sent stays sent. `goes_on` counts one turn more. One
    statement, so that of two saves that come first at the same time neither fails.
    """
    dialect = session.get_bind().dialect.name
    insert_here = postgresql.insert if dialect == "postgresql" else sqlite.insert
    step = 1 if goes_on else 0
    wanted = insert_here(Response).values(
        id=asked.response_id,
        organisation_id=asked.organisation_id,
        subject_id=asked.subject_id,
        group_key=asked.group_key,
        state=ResponseState.DRAFT,
        turn=step,
    )
    held = wanted.on_conflict_do_update(
        index_elements=[Response.id], set_={"turn": Response.turn + step}
    )
    return session.execute(held.returning(Response.turn)).scalar_one()


def new_response(session: Session, asked: OpenInvitation, state: ResponseState) -> None:
    """A response without answers."""
    session.execute(
        insert(Response).values(
            id=asked.response_id,
            organisation_id=asked.organisation_id,
            subject_id=asked.subject_id,
            group_key=asked.group_key,
            state=state,
        )
    )


def drop_response(session: Session, asked: OpenInvitation) -> None:
    """Take the response away with everything in it, if there is one."""
    session.execute(delete(Response).where(Response.id == asked.response_id))


def drop_scores(
    session: Session, table: Scored, asked: OpenInvitation, items: Collection[int]
) -> None:
    """Take the scores of these items away."""
    session.execute(
        delete(table).where(
            table.response_id == asked.response_id, table.item_id.in_(sorted(items))
        )
    )


def drop_all(
    session: Session, table: type[Comment] | type[MattersMost], asked: OpenInvitation
) -> None:
    """Take the response's rows of this kind away."""
    session.execute(delete(table).where(table.response_id == asked.response_id))


def add_scores(
    session: Session, table: Scored, asked: OpenInvitation, scores: Mapping[int, int | None]
) -> None:
    """Write scores; None is "not able to observe"."""
    rows: list[dict[str, Any]] = [
        {"item_id": item_id, "score": score, "not_observed": score is None}
        for item_id, score in sorted(scores.items())
    ]
    _add(session, table, asked, rows)


def add_choices(session: Session, asked: OpenInvitation, competency_ids: Collection[int]) -> None:
    """Write which competencies matter most."""
    rows = [{"competency_id": id_} for id_ in sorted(set(competency_ids))]
    _add(session, MattersMost, asked, rows)


def add_comments(
    session: Session, asked: OpenInvitation, comments: Mapping[str, WrittenComment]
) -> None:
    """Write what was written, but for blanks."""
    rows = [
        {"question_key": key, "body": comment.text.strip(), "sharing": comment.sharing}
        for key, comment in sorted(comments.items())
        if comment.text.strip()
    ]
    _add(session, Comment, asked, rows)


def _add(
    session: Session,
    table: Scored | type[Comment] | type[MattersMost],
    asked: OpenInvitation,
    rows: Collection[Mapping[str, Any]],
) -> None:
    place = {"response_id": asked.response_id, "organisation_id": asked.organisation_id}
    if rows:
        session.execute(insert(table).values([{**place, **row} for row in rows]))
