"""Who proposes raters, who approves them, and what may become of a proposal."""

from __future__ import annotations

from enum import StrEnum


class Nominates(StrEnum):
    """Who says whom to ask."""

    HR = "hr"
    LEADER = "leader"


class Approves(StrEnum):
    """Who has to agree before anybody is asked."""

    NOBODY = "nobody"
    MANAGER = "manager"
    COACH = "coach"
    HR = "hr"


REPLACED = "Somebody else was asked instead."
"""The reason that stands beside somebody who was replaced after they had been asked."""


class InvitationState(StrEnum):
    """PROPOSED waits for approval, APPROVED is asked when it opens; DECLINED will not answer."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"
