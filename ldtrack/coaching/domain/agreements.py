"""The contract of leader, coach and sponsor: its versions, who signs, and what templates offer.

A version is written as a draft, sent to be signed, and in force once everybody asked has signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from json import dumps

from ldtrack.coaching.domain.kinds import SponsorSees

REMINDED_EVERY = timedelta(days=5)
REMINDED_FOR = timedelta(days=28)
"""How often, and for how long, those are reminded who have not signed."""
MOST_GOALS = 3


class AgreementState(StrEnum):
    """Where a version stands."""

    RECORDED = "recorded"
    """HR wrote down what was agreed elsewhere; nobody signed here."""
    DRAFT = "draft"
    SIGNING = "signing"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The words people see."""
        return _STATE_WORDS[self]

    @property
    def holds(self) -> bool:
        """Whether a sponsor sees what it says."""
        return self in HOLDS

    @property
    def is_open(self) -> bool:
        """Whether it is still to come into force."""
        return self in (AgreementState.DRAFT, AgreementState.SIGNING)


_STATE_WORDS = {
    AgreementState.RECORDED: "Recorded by HR",
    AgreementState.DRAFT: "Draft",
    AgreementState.SIGNING: "Being signed",
    AgreementState.IN_FORCE: "In force",
    AgreementState.REPLACED: "Replaced",
    AgreementState.REFUSED: "Refused",
    AgreementState.WITHDRAWN: "Withdrawn",
}
HOLDS = (AgreementState.RECORDED, AgreementState.IN_FORCE)


class PartyKind(StrEnum):
    """As what somebody signs."""

    LEADER = "leader"
    COACH = "coach"
    SPONSOR = "sponsor"
    MANAGER = "manager"

    @property
    def label(self) -> str:
        """The words people see."""
        return "Line manager" if self is PartyKind.MANAGER else self.value.capitalize()


class Pattern(StrEnum):
    """What a new agreement can begin with; everything in it may be changed."""

    DISCREET = "discreet"
    USUAL = "usual"
    OPEN = "open"

    @property
    def label(self) -> str:
        """The words people see."""
        return self.value.capitalize()

    @property
    def meaning(self) -> str:
        """For whom it is."""
        return _PATTERNS[self][0]

    @property
    def sees(self) -> frozenset[SponsorSees]:
        """What the sponsor would see."""
        return _PATTERNS[self][1]


_PATTERNS = {
    Pattern.DISCREET: (
        "The sponsor sees that sessions are held, and no more.",
        frozenset({SponsorSees.SESSION_COUNTS}),
    ),
    Pattern.USUAL: (
        "Sessions, milestones and the way along the pathway.",
        frozenset({SponsorSees.SESSION_COUNTS, SponsorSees.MILESTONES, SponsorSees.PROGRESS}),
    ),
    Pattern.OPEN: (
        "Levels and outcomes as well; the 360 report stays with the leader.",
        frozenset(SponsorSees) - {SponsorSees.FEEDBACK},
    ),
}


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A competency and the level that coaching aims at, with how it will show."""

    competency_id: int
    level: int
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class WriteAgreement:
    """What a version says, while it is a draft."""

    purpose: str
    sponsor_sees: frozenset[SponsorSees]
    sessions_agreed: int
    goals: tuple[Goal, ...] = ()
    with_manager: bool = False


@dataclass(frozen=True, kw_only=True)
class PartyRow:
    """Somebody who signs; without a name once they were erased."""

    person_id: int | None
    name: str
    kind: PartyKind
    signed_at: datetime | None
    signed_as: str


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    """A version with everything in it; `word` says why it was refused or withdrawn."""

    id: int
    engagement_id: int
    person_id: int
    person: str
    coach_id: int | None
    coach: str
    runs: bool
    number: int
    state: AgreementState
    purpose: str
    sponsor_sees: frozenset[SponsorSees]
    sessions_agreed: int | None
    with_manager: bool
    goals: tuple[Goal, ...]
    parties: tuple[PartyRow, ...]
    agreed_on: date | None
    sent_at: datetime | None
    closed_at: datetime | None
    closed_by: str
    word: str

    @property
    def waits_for(self) -> tuple[PartyRow, ...]:
        """Who has not signed."""
        return tuple(one for one in self.parties if one.signed_at is None)

    def party(self, person_id: int | None) -> PartyRow | None:
        """The person among those who sign."""
        return next((one for one in self.parties if one.person_id == person_id), None)


@dataclass(frozen=True, kw_only=True)
class VersionHead:
    """A version in a list; `waits` says whether the reader is asked to sign it and has not."""

    id: int
    number: int
    state: AgreementState
    agreed_on: date | None
    sent_at: datetime | None
    waits: bool = False


@dataclass(frozen=True, kw_only=True)
class Signature:
    """That somebody signed a version about the coaching of a person."""

    person: str
    number: int
    kind: PartyKind
    signed_as: str
    signed_at: datetime


@dataclass(frozen=True, kw_only=True)
class ToSign:
    """An agreement that waits for somebody's signature."""

    agreement_id: int
    person_id: int
    person: str
    sent_at: datetime


def fingerprint(command: WriteAgreement, number: int) -> str:
    """What every signature keeps of the text it stands under; another text has another one."""
    said = {
        "number": number,
        "purpose": command.purpose,
        "sponsor_sees": sorted(command.sponsor_sees),
        "sessions_agreed": command.sessions_agreed,
        "goals": [[goal.competency_id, goal.level, goal.words] for goal in command.goals],
        "with_manager": command.with_manager,
    }
    return sha256(dumps(said, sort_keys=True).encode()).hexdigest()
