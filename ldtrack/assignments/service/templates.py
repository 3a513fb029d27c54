"""Keeping what an opening says as a template that others begin from."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.assignments.models import PostingTemplate, TemplateCompetency
from ldtrack.assignments.queries.postings import develops_of
from ldtrack.assignments.service.postings import posting_to_change
from ldtrack.core.errors import NotVisible, RuleBroken


def keep_as_template(session: Session, actor: Actor, posting_id: int, title: str) -> int:
    """Make a template of an opening, without its people and dates. Returns the template's id."""
    posting = posting_to_change(session, actor, posting_id)
    if not title.strip():
        raise RuleBroken("title", "Give the template a name.")
    if session.scalar(select(PostingTemplate.id).where(PostingTemplate.title == title)) is not None:
        raise RuleBroken("title", "There is a template of that name already.")
    template = PostingTemplate(
        title=title,
        kind=posting.kind,
        description=posting.description,
        promised_outcome=posting.promised_outcome,
        measure=posting.measure,
        n_days=(posting.ends_on - posting.starts_on).days,
        share_of_time=posting.share_of_time,
        places=posting.places,
        location=posting.location,
        is_remote=posting.is_remote,
        stretch=dict(posting.stretch),
    )
    session.add(template)
    session.flush()
    session.add_all(
        TemplateCompetency(
            template_id=template.id,
            competency_id=pair.competency_id,
            level=pair.level,
            weight=pair.weight,
            is_critical=pair.is_critical,
        )
        for pair in develops_of(session, [posting_id]).get(posting_id, ())
    )
    session.flush()
    return template.id


def drop_template(session: Session, actor: Actor, template_id: int) -> None:
    """Take a template away; openings that began from it stay as they are."""
    policy.require(actor, Action.WRITE_POSTING, Facts(organisation_id=actor.organisation_id))
    template = session.get(PostingTemplate, template_id)
    if template is None:
        raise NotVisible
    session.delete(template)
    session.flush()
