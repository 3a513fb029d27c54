"""Versions of an agreement: one that was refused, and one that is being signed or written."""

from __future__ import annotations

from ldtrack.coaching import service as coaching
from ldtrack.coaching.domain import SponsorSees
from ldtrack.coaching.domain.agreements import Goal, WriteAgreement
from tests.infrastructure.furnish.corner import Corner

SITE = "https://ldtrack.example"


def agreement_being_signed(corner: Corner, engagement_id: int) -> None:
    """It would let the sponsor see everything, and does not yet: the leader alone has signed."""
    refused = _sent(corner, engagement_id)
    sponsor, word = corner.actor("sponsor"), corner.mark("agreement-word")
    coaching.refuse_agreement(corner.session, sponsor, refused, word, now=corner.now, base_url=SITE)
    coaching.sign_agreement(
        corner.session,
        corner.actor("leader"),
        _sent(corner, engagement_id),
        corner.mark("signed-as"),
        now=corner.now,
        base_url=SITE,
    )


def agreement_being_written(corner: Corner, engagement_id: int) -> int:
    """A draft, which those who are to sign it later know nothing of."""
    said = WriteAgreement(
        purpose=corner.mark("agreement-purpose"),
        sponsor_sees=frozenset(SponsorSees),
        sessions_agreed=8,
        goals=(
            Goal(
                competency_id=corner.competency("coaching-others"),
                level=4,
                words=corner.mark("agreement-goal"),
            ),
        ),
    )
    return coaching.write_agreement(
        corner.session, corner.actor("coach"), engagement_id, said, now=corner.now
    )


def _sent(corner: Corner, engagement_id: int) -> int:
    agreement_id = agreement_being_written(corner, engagement_id)
    coaching.send_agreement(
        corner.session, corner.actor("coach"), agreement_id, now=corner.now, base_url=SITE
    )
    return agreement_id
