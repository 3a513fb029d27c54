"""Keeping the organisation's own words that may insult."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.audit.service import note
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.insults import SHIPPED, lines_in
from ldtrack.feedback.models import InsultList
from ldtrack.feedback.queries.cycles import require_hr


def set_insults(
    session: Session, actor: Actor, written: Mapping[str, str], *, now: datetime
) -> None:
    """Keep the lines of each language; the shipped ones are not kept, so that they can grow.

    Raises `RuleBroken` at the language whose lines are too many or too long.
    """
    require_hr(actor)
    session.execute(delete(InsultList).where(InsultList.organisation_id == actor.organisation_id))
    for language, text in written.items():
        try:
            lines = lines_in(text)
        except RuleBroken as broken:
            raise RuleBroken(language, broken.message) from broken
        if lines != SHIPPED[language]:
            session.add(InsultList(language=language, words="\n".join(lines)))
    session.flush()
    note(
        session,
        account_id=actor.account_id,
        action="feedback.insult_list:write",
        thing="insult_list",
        happened_at=now,
    )
