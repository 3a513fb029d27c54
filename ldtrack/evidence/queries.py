"""Reading the ledger: the entries that hold, for people whom the actor may see."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import exists, func, literal, select
from sqlalchemy.orm import Session, aliased

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.evidence.domain import Entry, EvidenceForm, SourceKind
from ldtrack.evidence.models import Evidence
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import PERSON_ID, name_of, people_of_whom


def entries_for(
    session: Session,
    actor: Actor,
    person_id: int,
    *,
    competency_ids: Collection[int] | None = None,
    as_of: date | None = None,
    agreed: bool = False,
    shared: bool = False,
) -> dict[int, list[Entry]]:
    """The person's entries that hold, by competency, oldest first; none that the actor may not see.

    `agreed` and `shared` say what the leader allowed a sponsor or a line manager to see. 360
    feedback has no author, because it speaks for several people.
    The title of a milestone is part of the coaching: who may not read milestones reads its kind.
    """
    later = aliased(Evidence)
    wanted = (
        select(Evidence, name_of(Evidence.recorded_by))
        .outerjoin(later, later.supersedes_id == Evidence.id)
        .where(
            Evidence.person_id == person_id,
            later.id.is_(None),
            policy.clause(
                actor,
                Action.READ_TRAJECTORY,
                person_id=Evidence.person_id,
                agreed=literal(agreed),
                shared=literal(shared),
            ),
        )
        .order_by(Evidence.observed_on, Evidence.id)
    )
    if competency_ids is not None:
        wanted = wanted.where(Evidence.competency_id.in_(sorted(competency_ids)))
    if as_of is not None:
        wanted = wanted.where(Evidence.observed_on <= as_of)
    found: dict[int, list[Entry]] = {}
    for row, author in session.execute(wanted):
        anonymous = row.source_kind == SourceKind.FEEDBACK_RELEASE
        entry = _entry(row, None if anonymous else author, _title(actor, row))
        found.setdefault(row.competency_id, []).append(entry)
    return found


def _title(actor: Actor, row: Evidence) -> str:
    # A coach reads the titles of milestones that they moved themselves; those of a coach before
    # them stay with the leader.
    facts = Facts(
        organisation_id=row.organisation_id, person_id=row.person_id, owner_id=row.recorded_by
    )
    hidden = row.source_kind == SourceKind.MILESTONE and not policy.permits(
        actor, Action.READ_MILESTONE, facts
    )
    return SourceKind.MILESTONE.label if hidden else row.title


def entries_of_people(
    session: Session,
    actor: Actor,
    people: Collection[int],
    *,
    as_of: date,
    agreed: Collection[int] = (),
) -> dict[int, dict[int, list[Entry]]]:
    """The entries that hold of several people, by person and competency, without authors.

    Those that the actor may see; `agreed` are people who let their sponsor see levels.
    """
    later = aliased(Evidence)
    rows = session.scalars(
        select(Evidence)
        .outerjoin(later, later.supersedes_id == Evidence.id)
        .where(
            Evidence.person_id.in_(sorted(people)),
            Evidence.observed_on <= as_of,
            later.id.is_(None),
            policy.clause(
                actor,
                Action.READ_TRAJECTORY,
                person_id=Evidence.person_id,
                agreed=Evidence.person_id.in_(sorted(agreed)),
            ),
        )
        .order_by(Evidence.observed_on, Evidence.id)
    )
    found: dict[int, dict[int, list[Entry]]] = {}
    for row in rows:
        of_person = found.setdefault(row.person_id, {})
        entry = _entry(row, None, _title(actor, row))
        of_person.setdefault(row.competency_id, []).append(entry)
    return found


def entries_to_fit(
    session: Session,
    actor: Actor,
    people: Collection[int],
    competency_ids: Collection[int],
    *,
    as_of: date,
    owner_id: int | None = None,
) -> dict[int, dict[int, list[Entry]]]:
    """The entries that say how well an opening fits people, without titles and authors.

    `owner_id` is who answers for the opening and may know that of these people, because they
    applied. What is shown of it is the fit, never the entries.
    """
    later = aliased(Evidence)
    rows = session.scalars(
        select(Evidence)
        .outerjoin(later, later.supersedes_id == Evidence.id)
        .where(
            Evidence.person_id.in_(sorted(people)),
            Evidence.competency_id.in_(sorted(competency_ids)),
            Evidence.observed_on <= as_of,
            later.id.is_(None),
            policy.clause(
                actor,
                Action.READ_FIT,
                person_id=Evidence.person_id,
                # Without an owner there is no column, which no rule about owners lets pass.
                owner_id=None if owner_id is None else literal(owner_id),
                shared=literal(owner_id is not None),
            ),
        )
        .order_by(Evidence.observed_on, Evidence.id)
    )
    found: dict[int, dict[int, list[Entry]]] = {}
    for row in rows:
        of_person = found.setdefault(row.person_id, {})
        entry = _entry(row, None, SourceKind(row.source_kind).label)
        of_person.setdefault(row.competency_id, []).append(entry)
    return found


def people_observed(
    session: Session,
    actor: Actor,
    competency_ids: Collection[int],
    *,
    search: str = "",
    page: int = 1,
    size: int = 25,
) -> tuple[list[PersonRow], int]:
    """A page of those who are here and have a piece that moves a level on one of the competencies,
    by name, and how many there are in all; those whom the actor may see."""
    observed = exists().where(
        Evidence.person_id == PERSON_ID,
        Evidence.competency_id.in_(sorted(competency_ids)),
        Evidence.form.in_([form for form in EvidenceForm if form.moves_level]),
    )
    visible = policy.clause(actor, Action.READ_TRAJECTORY, person_id=PERSON_ID)
    return people_of_whom(session, observed & visible, search=search, page=page, size=size)


def how_much_observed(session: Session, competency_ids: Collection[int]) -> tuple[int, int]:
    """How many pieces that hold and move a level there are on the competencies, and of how many
    people. Numbers only, for the whole organisation, so it asks for no actor."""
    later = aliased(Evidence)
    pieces, people = session.execute(
        select(func.count(), func.count(Evidence.person_id.distinct()))
        .select_from(Evidence)
        .outerjoin(later, later.supersedes_id == Evidence.id)
        .where(
            Evidence.competency_id.in_(sorted(competency_ids)),
            Evidence.form.in_([form for form in EvidenceForm if form.moves_level]),
            later.id.is_(None),
        )
    ).one()
    return pieces, people


def entries_on(
    session: Session, actor: Actor, competency_ids: Collection[int], *, as_of: date
) -> dict[int, dict[int, list[Entry]]]:
    """The entries of everybody on some competencies, by person and competency, without authors.

    For those who see everybody's levels: nothing was agreed or shared. One statement, whatever the
    people.
    """
    later = aliased(Evidence)
    rows = session.scalars(
        select(Evidence)
        .outerjoin(later, later.supersedes_id == Evidence.id)
        .where(
            Evidence.competency_id.in_(sorted(set(competency_ids))),
            Evidence.observed_on <= as_of,
            later.id.is_(None),
            policy.clause(actor, Action.READ_TRAJECTORY, person_id=Evidence.person_id),
        )
        .order_by(Evidence.observed_on, Evidence.id)
    )
    found: dict[int, dict[int, list[Entry]]] = {}
    for row in rows:
        entry = _entry(row, None, _title(actor, row))
        found.setdefault(row.person_id, {}).setdefault(row.competency_id, []).append(entry)
    return found


def _entry(row: Evidence, author: str | None, title: str) -> Entry:
    return Entry(
        entry_id=row.id,
        person_id=row.person_id,
        competency_id=row.competency_id,
        source_kind=SourceKind(row.source_kind),
        source_id=row.source_id,
        form=EvidenceForm(row.form),
        observed_on=row.observed_on,
        recorded_at=row.recorded_at,
        title=title,
        author=author,
        value=row.value,
        level=row.level,
        noise_variance=row.noise_variance,
    )
