"""Which words bring a comment to a moderator's eyes here."""

from __future__ import annotations

from sqlalchemy import SQLColumnExpression, func, select
from sqlalchemy.orm import Session

from ldtrack.feedback.domain.insults import SHIPPED
from ldtrack.feedback.models import InsultList

_NEXT = "\f"


def own_insults() -> SQLColumnExpression[str]:
    """The organisation's own lists, for `lines_from`, as a part of a statement."""
    each = InsultList.language + "\n" + InsultList.words
    found = select(func.aggregate_strings(each, _NEXT))
    return func.coalesce(found.scalar_subquery(), "")


def lines_from(own: str) -> dict[str, tuple[str, ...]]:
    """The lines by language: the organisation's own, or those that are shipped."""
    lists = [written.split("\n") for written in own.split(_NEXT) if written]
    return SHIPPED | {
        language: tuple(filter(None, lines)) for language, *lines in lists if language in SHIPPED
    }


def insult_lines(session: Session) -> dict[str, tuple[str, ...]]:
    """The same, looked up."""
    return lines_from(session.scalars(select(own_insults())).one())
