"""The page of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind
from ldtrack.access.queries import RelationshipRow, around, chain_above
from ldtrack.people import queries
from ldtrack.people.domain import PersonRow
from ldtrack.people.domain.changes import ChangeRow
from ldtrack.people.queries import AccountRow, FormerRow


@dataclass(frozen=True, kw_only=True)
class Tie:
    """A relationship in words, with the other person; HR may end that somebody backs them."""

    words: str
    other: PersonRow
    since: date
    may_end: bool


@dataclass(frozen=True, kw_only=True)
class LineOfReport:
    """Somebody the person reported, reports or will report to; a plan can be taken back."""

    id: int
    manager: PersonRow
    starts_on: date
    ends_on: date | None
    planned: bool


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Who reports to whom around a person.

    `above` goes from the line manager up to the top, `changes` are past and planned ones, `reports`
    the first of `n_reports` people who report to them.
    """

    above: list[PersonRow]
    changes: list[LineOfReport]
    reports: list[PersonRow]
    n_reports: int


@dataclass(frozen=True, kw_only=True)
class PersonPage:
    """One person as HR sees them."""

    person: PersonRow
    lines: Lines
    ties: list[Tie]
    account: AccountRow | None
    former: list[FormerRow]
    history: list[ChangeRow]

    @property
    def manager(self) -> PersonRow | None:
        """Their line manager of today."""
        return self.lines.above[0] if self.lines.above else None


def person_page(session: Session, actor: Actor, person_id: int, today: date) -> PersonPage:
    """One person, else `NotVisible`."""
    person = queries.person(session, actor, person_id)
    rows, over_time = around(session, person_id, today)
    above = chain_above(session, person_id, RelationshipKind.MANAGER, today)
    reports, n_reports = queries.reports_of(session, person_id, today)
    others = queries.people_named(
        session, {row.other_id for row in rows} | {*above} | {row.holder_id for row in over_time}
    )
    return PersonPage(
        person=person,
        lines=Lines(
            above=[others[one] for one in above],
            changes=[
                LineOfReport(
                    id=row.relationship_id,
                    manager=others[row.holder_id],
                    starts_on=row.starts_on,
                    ends_on=row.ends_on,
                    planned=row.starts_on > today,
                )
                for row in over_time
                if row.starts_on > today or row.ends_on is not None
            ],
            reports=reports,
            n_reports=n_reports,
        ),
        ties=[
            Tie(
                words=_words(row),
                other=others[row.other_id],
                since=row.starts_on,
                may_end=row.kind is RelationshipKind.SPONSOR and not row.holds,
            )
            for row in rows
        ],
        account=queries.account_of(session, person_id),
        former=queries.former_names(session, person_id),
        history=queries.changes_of(session, person_id),
    )


def _words(row: RelationshipRow) -> str:
    return {
        (RelationshipKind.COACH, True): "coaches",
        (RelationshipKind.COACH, False): "is coached by",
        (RelationshipKind.SPONSOR, True): "sponsors",
        (RelationshipKind.SPONSOR, False): "is sponsored by",
    }[row.kind, row.holds]
