"""Writing openings: a draft of one's own, what HR publishes at once, and changes of either."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.assignments.domain import (
    Develops,
    PostingActKind,
    PostingState,
    PostOpening,
)
from ldtrack.assignments.models import Posting, PostingCompetency
from ldtrack.assignments.queries.postings import develops_of, row_of
from ldtrack.assignments.service.changes import what_changed
from ldtrack.assignments.service.checking import check_against_people, check_opening
from ldtrack.assignments.service.found import posting_to
from ldtrack.assignments.service.posting_acts import posting_step, who_is_in
from ldtrack.assignments.service.posting_letters import tell_changes
from ldtrack.competencies.queries import competencies_named
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible


def post_opening(session: Session, actor: Actor, command: PostOpening, *, now: datetime) -> int:
    """Publish an opening at once, as HR may. Returns its id."""
    policy.require(actor, Action.WRITE_POSTING, Facts(organisation_id=actor.organisation_id))
    posting = _new(session, actor, command)
    posting_step(session, posting, PostingActKind.PUBLISHED, actor, now=now)
    return posting.id


def draft_opening(session: Session, actor: Actor, command: PostOpening) -> int:
    """Keep an opening as a draft, which its author alone reads. Returns its id.

    Whoever is not in HR answers for it themselves.
    """
    facts = Facts(organisation_id=actor.organisation_id, author_id=actor.person_id)
    policy.require(actor, Action.PROPOSE_POSTING, facts)
    _require_own(actor, command)
    return _new(session, actor, command).id


def change_draft(session: Session, actor: Actor, posting_id: int, command: PostOpening) -> None:
    """Change a draft of one's own."""
    posting = own_draft(session, actor, posting_id)
    _require_own(actor, command)
    check_opening(session, command)
    _fill(session, posting, command)


def discard_draft(session: Session, actor: Actor, posting_id: int) -> None:
    """Throw a draft of one's own away."""
    session.delete(own_draft(session, actor, posting_id))
    session.flush()


def own_draft(session: Session, actor: Actor, posting_id: int) -> Posting:
    """A draft that the actor wrote."""
    posting = posting_to(session, actor, posting_id, Action.PROPOSE_POSTING)
    if posting.state is not PostingState.DRAFT:
        raise Conflict
    return posting


def change_opening(
    session: Session, actor: Actor, posting_id: int, command: PostOpening, *, now: datetime
) -> None:
    """Change a proposal or a published opening; a competency that somebody was rated on stays.

    Whoever applied or is placed is told what is different, if that concerns them.
    """
    posting = posting_to(session, actor, posting_id, Action.WRITE_POSTING)
    if posting.state is PostingState.DRAFT:
        raise Conflict
    check_opening(session, command)
    check_against_people(session, posting_id, command)
    before = row_of(posting, develops_of(session, [posting_id]).get(posting_id, ()))
    _fill(session, posting, command)
    after = row_of(posting, develops_of(session, [posting_id])[posting_id])
    if before == after:
        return
    names = competencies_named(session, before.competency_ids | after.competency_ids)
    changes = what_changed(before, after, {row.id: row.name for row in names.values()})
    posting_step(session, posting, PostingActKind.CHANGED, actor, now=now, word=" ".join(changes))
    if changes:
        tell_changes(session, posting, who_is_in(session, posting_id), changes, now)


def posting_to_change(session: Session, actor: Actor, posting_id: int) -> Posting:
    """An opening that is or was published, if the actor may change it and place people in it."""
    posting = posting_to(session, actor, posting_id, Action.WRITE_POSTING)
    if not posting.state.is_public:
        raise NotVisible
    return posting


def _require_own(actor: Actor, command: PostOpening) -> None:
    if command.owner_id != actor.person_id and not policy.could(actor, Action.WRITE_POSTING):
        raise NotAllowed("Whoever proposes an opening answers for it.")


def _new(session: Session, actor: Actor, command: PostOpening) -> Posting:
    check_opening(session, command)
    posting = Posting(author_id=actor.person_id, state=PostingState.DRAFT)
    session.add(posting)
    with session.no_autoflush:
        _describe(posting, command)
    session.flush()
    _set_develops(session, posting.id, command.develops)
    return posting


def _fill(session: Session, posting: Posting, command: PostOpening) -> None:
    _describe(posting, command)
    session.execute(delete(PostingCompetency).where(PostingCompetency.posting_id == posting.id))
    _set_develops(session, posting.id, command.develops)


def _describe(posting: Posting, command: PostOpening) -> None:
    posting.title = command.title
    posting.kind = command.kind
    posting.description = command.description
    posting.owner_id = command.owner_id
    posting.sponsor_id = command.sponsor_id
    posting.promised_outcome = command.promised_outcome
    posting.measure = command.measure
    posting.starts_on = command.starts_on
    posting.ends_on = command.ends_on
    posting.share_of_time = command.share_of_time
    posting.places = command.places
    posting.location = command.location
    posting.is_remote = command.is_remote
    posting.stretch = dict(command.stretch.scores)


def _set_develops(session: Session, posting_id: int, develops: tuple[Develops, ...]) -> None:
    session.add_all(
        PostingCompetency(
            posting_id=posting_id,
            competency_id=pair.competency_id,
            level=pair.level,
            weight=pair.weight,
            is_critical=pair.is_critical,
        )
        for pair in develops
    )
    session.flush()
