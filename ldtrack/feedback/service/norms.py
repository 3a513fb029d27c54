"""Norms: making the organisation's own, loading others', and which of them a report prints."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind
from ldtrack.access.queries import holders_of
from ldtrack.audit.service import note
from ldtrack.competencies.queries import competencies_named, framework, scale
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.feedback.domain.norm_rows import LoadNorms
from ldtrack.feedback.domain.norms import (
    FEWEST_LEADERS,
    HERE,
    STEP,
    Norm,
    NormBand,
    OwnBand,
    own_bands,
    own_norm,
)
from ldtrack.feedback.domain.report import printed_levels
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Cycle, NormSet, NormValue, Release, Subject
from ldtrack.feedback.queries.cycles import require_hr

POPULATION = "Leaders here whose 360 report is out, each with the latest"


@dataclass(frozen=True, kw_only=True)
class Norms:
    """The norms in force for a framework: the own bands first, else the set loaded last."""

    own: tuple[OwnBand, ...]
    made_on: date | None
    loaded: Norm | None
    coached_by: dict[int, int]

    def for_reader(self, person_id: int, coach_id: int | None) -> Norm | None:
        """What the report of a person may print, whose coach has read other reports too."""
        if self.made_on is not None:
            known = {who for who, coach in self.coached_by.items() if coach == coach_id}
            found = own_norm(
                self.own,
                known={person_id, *(known if coach_id is not None else ())},
                population=POPULATION,
                as_of=self.made_on,
            )
            if found is not None:
                return found
        return self.loaded


def norms_for(session: Session, framework_version_id: int, today: date) -> Norms:
    """The norms that reports on this framework are set beside from now on."""
    sets = session.scalars(
        select(NormSet)
        .where(NormSet.framework_version_id == framework_version_id)
        .order_by(NormSet.as_of, NormSet.id)
    ).all()
    own = next((one for one in reversed(sets) if one.is_own), None)
    loaded = next((one for one in reversed(sets) if not one.is_own), None)
    values = _values(session, [one for one in (own, loaded) if one is not None])
    bands = tuple(
        OwnBand(band=_band(value), leaders=frozenset(value.leaders))
        for value in values
        if own is not None and value.norm_set_id == own.id
    )
    leaders = {leader for band in bands for leader in band.leaders}
    coached = holders_of(session, leaders, RelationshipKind.COACH, today) if own else {}
    return Norms(
        own=bands,
        made_on=own.as_of if own else None,
        loaded=_loaded(loaded, values) if loaded else None,
        coached_by=coached,
    )


def make_own_norms(session: Session, framework_version_id: int, *, now: datetime) -> bool:
    """Make the organisation's own bands anew, from reports that are out. Whether there are any.

    Today's take the place of those made earlier today.
    """
    bands = own_bands(_printed_by_leader(session, framework_version_id))
    if not bands:
        return False
    today = now.date()
    for old in session.scalars(
        select(NormSet).where(
            NormSet.framework_version_id == framework_version_id,
            NormSet.is_own,
            NormSet.as_of == today,
        )
    ):
        session.delete(old)
    session.flush()
    made = NormSet(
        framework_version_id=framework_version_id,
        is_own=True,
        source=HERE,
        population=POPULATION,
        n_leaders=min(len(own.leaders) for own in bands) // STEP * STEP,
        as_of=today,
    )
    session.add(made)
    session.flush()
    session.add_all(_value(made.id, own.band, sorted(own.leaders)) for own in bands)
    session.flush()
    return True


def make_norms_by_hand(
    session: Session, actor: Actor, framework_version_id: int, *, now: datetime
) -> None:
    """The same, as HR. Raises `RuleBroken` if there are too few leaders for any competency."""
    require_hr(actor)
    framework(session, framework_version_id)
    if not make_own_norms(session, framework_version_id, now=now):
        raise RuleBroken(
            "framework", f"No competency has the reports of {FEWEST_LEADERS} leaders yet."
        )
    _audit(session, actor, "make_norms", framework_version_id, now)


def load_norms(session: Session, actor: Actor, command: LoadNorms, *, now: datetime) -> bool:
    """Store a set from elsewhere. Whether it was new; the same again changes nothing.

    Raises `RuleBroken` for an empty set, a day in the future, a competency of another framework,
    or a band off the scale.
    """
    require_hr(actor)
    _check(session, command, now)
    if _is_here(session, command):
        return False
    made = NormSet(
        framework_version_id=command.framework_version_id,
        is_own=False,
        source=command.source,
        population=command.population,
        n_leaders=command.n_leaders,
        as_of=command.as_of,
    )
    session.add(made)
    session.flush()
    session.add_all(_value(made.id, band, []) for band in command.bands)
    _audit(session, actor, "load_norms", made.id, now)
    session.flush()
    return True


def drop_norms(session: Session, actor: Actor, norm_set_id: int, *, now: datetime) -> None:
    """Forget a loaded set; reports that printed it keep what they print."""
    require_hr(actor)
    found = session.scalars(
        select(NormSet).where(NormSet.id == norm_set_id, NormSet.is_own.is_(False))
    ).first()
    if found is None:
        raise NotVisible
    session.delete(found)
    _audit(session, actor, "drop_norms", norm_set_id, now)
    session.flush()


def _check(session: Session, command: LoadNorms, now: datetime) -> None:
    if not command.bands:
        raise RuleBroken("bands", "There is no competency in this set.")
    if command.as_of > now.date():
        raise RuleBroken("as_of", "Give a day that is not in the future.")
    if command.n_leaders < 1:
        raise RuleBroken("n_leaders", "Say how many leaders the set is of.")
    known = competencies_named(session, {int(band.competency_id) for band in command.bands})
    levels = scale(session, command.framework_version_id)
    for band in command.bands:
        row = known.get(int(band.competency_id))
        if row is None or row.framework_version_id != command.framework_version_id:
            raise RuleBroken("competency", "A competency is not of this framework.")
        in_order = levels.lo <= band.low <= band.high <= levels.hi
        if not in_order or not levels.lo <= band.mean <= levels.hi:
            raise RuleBroken("bands", f"{row.name}: levels go from {levels.lo} to {levels.hi}.")


def _is_here(session: Session, command: LoadNorms) -> bool:
    same = session.scalars(
        select(NormSet).where(
            NormSet.framework_version_id == command.framework_version_id,
            NormSet.is_own.is_(False),
            NormSet.source == command.source,
            NormSet.population == command.population,
            NormSet.n_leaders == command.n_leaders,
            NormSet.as_of == command.as_of,
        )
    ).all()
    values = _values(session, same)
    return any(
        {_band(value) for value in values if value.norm_set_id == one.id} == set(command.bands)
        for one in same
    )


def _printed_by_leader(
    session: Session, framework_version_id: int
) -> dict[int, dict[int | str, float]]:
    """What the latest report of each leader prints of others; later ones overwrite earlier."""
    rows = session.execute(
        select(Subject.person_id, Release.document)
        .join(Subject, Subject.id == Release.subject_id)
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(
            Subject.state == SubjectState.RELEASED,
            Cycle.framework_version_id == framework_version_id,
        )
        .order_by(Subject.closed_on, Cycle.id, Release.number)
        .execution_options(yield_per=100)
    )
    return {person_id: printed_levels(document) for person_id, document in rows}


def _values(session: Session, sets: Collection[NormSet]) -> list[NormValue]:
    if not sets:
        return []
    return list(
        session.scalars(
            select(NormValue)
            .where(NormValue.norm_set_id.in_([one.id for one in sets]))
            .order_by(NormValue.id)
        )
    )


def _value(norm_set_id: int, band: NormBand, leaders: list[int]) -> NormValue:
    return NormValue(
        norm_set_id=norm_set_id,
        competency_id=int(band.competency_id),
        mean=band.mean,
        low=band.low,
        high=band.high,
        leaders=leaders,
    )


def _band(value: NormValue) -> NormBand:
    return NormBand(
        competency_id=value.competency_id, mean=value.mean, low=value.low, high=value.high
    )


def _loaded(found: NormSet, values: Collection[NormValue]) -> Norm:
    return Norm(
        source=found.source,
        population=found.population,
        n_leaders=str(found.n_leaders),
        as_of=found.as_of,
        bands=tuple(_band(value) for value in values if value.norm_set_id == found.id),
    )


def _audit(session: Session, actor: Actor, verb: str, thing_id: int, now: datetime) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=f"feedback.norms:{verb}",
        thing="norms",
        thing_id=thing_id,
        happened_at=now,
    )
