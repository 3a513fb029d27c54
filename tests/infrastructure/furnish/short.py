"""Short feedback to the leader from their manager: new, shared, hidden, and asked for."""

from __future__ import annotations

from ldtrack.feedback import service
from ldtrack.feedback.domain.short import AskForShort, Behaviour, GiveShort, ShortKind
from tests.infrastructure.furnish.corner import Corner

SITE = "https://ld.example.org"


def short_feedback(corner: Corner) -> None:
    """Three pieces and one request; whoever has no account cannot be asked."""
    session, leader, now = corner.session, corner.actor("leader"), corner.now
    about = Behaviour(competency_id=corner.competency("coaching-others"))
    given = {
        state: service.give(
            session,
            corner.actor("manager"),
            GiveShort(
                person_id=corner.person("leader"),
                about=about,
                kind=ShortKind.KEEP,
                body=corner.mark(f"short-{state}"),
            ),
            now=now,
            base_url=SITE,
        )
        for state in ("private", "shared", "hidden")
    }
    service.share_short(session, leader, given["shared"], today=now.date())
    service.hide_short(session, leader, given["hidden"])
    if "manager" in corner.organisation.actor:
        service.ask_for_short(
            session,
            leader,
            AskForShort(
                asked_id=corner.person("manager"),
                about=about,
                question=corner.mark("short-question"),
            ),
            now=now,
            base_url=SITE,
        )
