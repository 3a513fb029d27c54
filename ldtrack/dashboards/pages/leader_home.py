"""A leader's growth at one look: for the leader, and for those who may see it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import SponsorSees
from ldtrack.coaching.queries import ahead_of, sponsor_sees
from ldtrack.dashboards.pages.as_of import AsOf
from ldtrack.dashboards.pages.calls import Invitation, invitations_of
from ldtrack.dashboards.pages.cards import Card, cards_of
from ldtrack.dashboards.pages.news import NewsItem, news_of
from ldtrack.dashboards.pages.next_for import next_for
from ldtrack.dashboards.pages.sentences import growth_headline
from ldtrack.dashboards.pages.subject import Subject, whose_levels_show
from ldtrack.dashboards.pages.upcoming import MOST, Upcoming
from ldtrack.dashboards.pages.way import Way, way_of
from ldtrack.dashboards.pages.words import Sentence
from ldtrack.growth.queries import growth_of


@dataclass(frozen=True, kw_only=True)
class LeaderHome:
    """`cards` are the role's competencies, `others` those with evidence that no target asks for."""

    subject: Subject
    as_of: AsOf
    headline: Sentence
    way: Way | None
    upcoming: tuple[Upcoming, ...]
    n_more: int
    invitations: tuple[Invitation, ...]
    news: tuple[NewsItem, ...]
    cards: tuple[Card, ...]
    others: tuple[Card, ...]
    readers: tuple[str, ...]
    """Who may see these levels, in words."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw at all."""
        return not self.cards and not self.others


def leader_home(
    session: Session, actor: Actor, person_id: int, as_of: AsOf, *, rater_key: str
) -> LeaderHome:
    """The page, else `NotVisible`; what is next is told to the leader alone, and of today."""
    subject = whose_levels_show(session, actor, person_id)
    growth = growth_of(
        session,
        actor,
        person_id,
        job_profile=subject.job_profile,
        as_of=as_of.day,
        agreed=subject.sees(SponsorSees.LEVELS),
    )
    way = way_of(session, actor, subject, as_of.day)
    upcoming: tuple[Upcoming, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    agreed = subject.agreed
    if subject.is_actor and not as_of.is_past:
        ahead = ahead_of(session, actor, subject.id)
        progress = way.progress if way else None
        upcoming = next_for(session, actor, ahead, progress, as_of.today, rater_key=rater_key)
        agreed = ahead.sponsor_sees
        invitations = invitations_of(session, actor, growth, as_of.today)
    elif agreed is None:
        agreed = sponsor_sees(session, subject.id)
    return LeaderHome(
        subject=subject,
        as_of=as_of,
        headline=growth_headline(growth, subject.voice),
        way=way,
        upcoming=upcoming[:MOST],
        n_more=len(upcoming[MOST:]),
        invitations=invitations,
        news=news_of(growth, subject, actor),
        cards=cards_of(growth.targeted),
        others=cards_of([found for found in growth.competencies if found.target is None]),
        readers=_readers(subject, agreed),
    )


def _readers(subject: Subject, agreed: frozenset[str]) -> tuple[str, ...]:
    sponsor = ("sponsor",) if SponsorSees.LEVELS in agreed else ()
    if subject.is_actor:
        return ("You", *(f"your {who}" for who in ("coach", *sponsor)), "HR")
    return (subject.first_name, *(f"the {who}" for who in ("coach", *sponsor)), "HR")
