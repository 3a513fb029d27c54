"""Splitting a competency of a draft into several."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies.domain.keys import free_key
from ldtrack.competencies.models import BehaviouralIndicator, Competency, TargetLevel
from ldtrack.competencies.service import drafts
from ldtrack.core.errors import RuleBroken
from ldtrack.db.places import number

MOST_PARTS = 4


def split_competency(
    session: Session, actor: Actor, competency_id: int, names: Sequence[str]
) -> list[int]:
    """Put parts of those names in the place of a competency. Returns their ids.

    Each begins with all that was said of the whole, to be told apart from then on: its meaning, its
    indicators, and the levels that roles ask for. One may keep the name, and with it the key.
    """
    whole = drafts.competency(session, actor, competency_id)
    others = {
        row.key: row.name
        for row in session.scalars(
            select(Competency).where(
                Competency.framework_version_id == whole.framework_version_id,
                Competency.id != whole.id,
            )
        )
    }
    _check(names, list(others.values()))
    row = drafts.competencies_in(session, whole.domain_id)
    taken = set(others)
    parts = []
    for name in names:
        keeps = name.casefold() == whole.name.casefold()
        key = whole.key if keeps else free_key(name, taken | {whole.key})
        taken.add(key)
        parts.append(_part(whole, name, key))
    indicators = list(
        session.scalars(
            select(BehaviouralIndicator).where(BehaviouralIndicator.competency_id == whole.id)
        )
    )
    targets = list(
        session.scalars(select(TargetLevel).where(TargetLevel.competency_id == whole.id))
    )
    place = row.index(whole)
    row[place : place + 1] = parts
    session.delete(whole)
    # The key and the name of the whole are free before a part takes them.
    session.flush()
    session.add_all(parts)
    number(row)
    session.flush()
    for part in parts:
        session.add_all(_copied(one, part.id) for one in indicators)
        session.add_all(
            TargetLevel(
                role_profile_id=one.role_profile_id,
                competency_id=part.id,
                level=one.level,
                critical=one.critical,
            )
            for one in targets
        )
    session.flush()
    return [part.id for part in parts]


def _check(names: Sequence[str], others: Sequence[str]) -> None:
    if not 2 <= len(names) <= MOST_PARTS:
        raise RuleBroken("name_2", f"Give from 2 to {MOST_PARTS} names, one for each part.")
    taken = {name.casefold() for name in others}
    for place, name in enumerate(names, start=1):
        if name.casefold() in taken:
            reason = f"There is a competency “{name}” in this edition already."
            raise RuleBroken(f"name_{place}", reason)
        taken.add(name.casefold())


def _part(whole: Competency, name: str, key: str) -> Competency:
    """It carries no code or address of the whole: those are of one competency alone."""
    return Competency(
        framework_version_id=whole.framework_version_id,
        domain_id=whole.domain_id,
        key=key,
        name=name,
        definition=whole.definition,
        definition_origin=whole.definition_origin,
    )


def _copied(one: BehaviouralIndicator, competency_id: int) -> BehaviouralIndicator:
    return BehaviouralIndicator(
        competency_id=competency_id,
        level=one.level,
        effective=one.effective,
        ineffective=one.ineffective,
        thread=one.thread,
        position=one.position,
    )
