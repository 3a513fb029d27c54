"""Whom a sponsor backs, told as far as each leader agreed, and what is asked of the sponsor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import SponsoredRow, SponsorSees
from ldtrack.coaching.domain.agreements import ToSign
from ldtrack.coaching.queries import sponsored
from ldtrack.core.words import listed
from ldtrack.dashboards.pages.sentences import growth_headline
from ldtrack.dashboards.pages.way import way_along
from ldtrack.dashboards.pages.words import Sentence, Voice, plural
from ldtrack.dashboards.queries.asked import Ask, asked_of
from ldtrack.growth.domain.person import PersonGrowth
from ldtrack.growth.queries import growth_of_people
from ldtrack.pathways.domain import Progress
from ldtrack.pathways.queries import progress_of_people
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import people_told
from ldtrack.reflection.queries import n_shared


@dataclass(frozen=True, kw_only=True)
class Backed:
    """A leader; `headline` is None and `facts` are empty where that was not agreed."""

    person: PersonRow
    headline: Sentence | None
    facts: tuple[str, ...]
    sees: tuple[str, ...]
    sees_levels: bool
    sees_progress: bool
    closing_of: int | None
    n_entries: int
    """Journal entries that the leader shares with the sponsor."""


@dataclass(frozen=True, kw_only=True)
class PortfolioPage:
    """The leaders by name, and what is asked."""

    headline: Sentence
    leaders: tuple[Backed, ...]
    asks: tuple[Ask, ...]
    to_sign: tuple[ToSign, ...]


def portfolio_page(session: Session, actor: Actor, today: date) -> PortfolioPage:
    """Everybody whom the actor sponsors today."""
    people = people_told(session, actor.sponsors, n_shared(actor))
    agreed = sponsored(session, actor.sponsors, sponsor_id=actor.person_id)
    may_see = {
        word: {who for who, row in agreed.items() if word in row.sees} for word in SponsorSees
    }
    levels = may_see[SponsorSees.LEVELS]
    growth = growth_of_people(
        session,
        actor,
        {who: people[who][0].job_profile for who in levels},
        as_of=today,
        agreed=levels,
    )
    ways = progress_of_people(session, actor, may_see[SponsorSees.PROGRESS], today, agreed=True)
    leaders = sorted(
        (
            _backed(
                person,
                agreed[who],
                growth.get(who),
                ways.get(who, ()),
                n_entries,
            )
            for who, (person, n_entries) in people.items()
        ),
        key=lambda backed: backed.person.name,
    )
    asks, to_sign = asked_of(session, actor, today)
    return PortfolioPage(
        headline=portfolio_headline(
            [each.person.name for each in leaders], len(asks), len(to_sign)
        ),
        leaders=tuple(leaders),
        asks=tuple(asks),
        to_sign=tuple(to_sign),
    )


def portfolio_headline(names: Sequence[str], n_asks: int, n_to_sign: int = 0) -> Sentence:
    """Whom the sponsor backs, and whether anything is asked."""
    if not names:
        return Sentence(before="You sponsor nobody at the moment.")
    whom = listed(list(names)) if len(names) <= 2 else f"{len(names)} leaders"
    if n_to_sign:
        waits = plural(n_to_sign, "agreement waits", "agreements wait")
        return Sentence(before=f"You sponsor {whom}; ", accent=waits, after=" for your signature.")
    if not n_asks:
        return Sentence(before=f"You sponsor {whom}; nothing is asked of you today.")
    asked = plural(n_asks, "outcome waits", "outcomes wait")
    return Sentence(before=f"You sponsor {whom}; ", accent=asked, after=" for your word.")


def _backed(
    person: PersonRow,
    agreed: SponsoredRow,
    growth: PersonGrowth | None,
    ways: Sequence[Progress],
    n_entries: int,
) -> Backed:
    voice = Voice(name=person.first_name, is_you=False)
    return Backed(
        person=person,
        headline=growth_headline(growth, voice) if growth else None,
        facts=tuple(_facts(agreed, ways)),
        sees=tuple(word.label for word in SponsorSees if word in agreed.sees),
        sees_levels=SponsorSees.LEVELS in agreed.sees,
        sees_progress=SponsorSees.PROGRESS in agreed.sees,
        closing_of=agreed.closing_of,
        n_entries=n_entries,
    )


def _facts(agreed: SponsoredRow, ways: Sequence[Progress]) -> list[str]:
    facts = [way_along(way).words for way in ways]
    if agreed.milestones is not None:
        n_met, n_all = agreed.milestones
        facts.append(f"{n_met} of {plural(n_all, 'milestone')} met")
    if agreed.n_sessions is not None:
        facts.append(f"{plural(agreed.n_sessions, 'coaching session')} held")
    return facts
