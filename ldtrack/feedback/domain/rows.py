"""Cycles, questionnaires, subjects and raters as other floors see them; no answer is in here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ldtrack.feedback.domain.answers import SELF_GROUP, RaterGroup
from ldtrack.feedback.domain.nominating import Approves, InvitationState, Nominates
from ldtrack.feedback.domain.scores import Weighting
from ldtrack.feedback.domain.timeline import CycleState, Pace, SubjectState

MANAGER_GROUP = "manager"
PEER_GROUP = "peer"
REPORT_GROUP = "direct_report"
STAKEHOLDER_GROUP = "stakeholder"

USUAL_GROUPS = (
    RaterGroup(key=SELF_GROUP, name="Self", exempt=True),
    RaterGroup(key=MANAGER_GROUP, name="Manager", exempt=True),
    RaterGroup(key=PEER_GROUP, name="Peers"),
    RaterGroup(key=REPORT_GROUP, name="Direct reports"),
    RaterGroup(key=STAKEHOLDER_GROUP, name="Stakeholders"),
)


class ResponseState(StrEnum):
    """A draft counts nowhere and is dropped when the cycle closes."""

    DRAFT = "draft"
    SENT = "sent"


class Sharing(StrEnum):
    """How a rater lets a comment be used: shown, summed up by the coach, or only read by them."""

    AS_WRITTEN = "as_written"
    SUMMED_UP = "summed_up"
    COACH_ONLY = "coach_only"


@dataclass(frozen=True, kw_only=True)
class CycleRow:
    """A cycle and how it is held; see its table for what each setting means.

    `n_subjects` and `n_invited` are counts of what was planned, not of answers.
    """

    id: int
    name: str
    state: CycleState
    opens_on: date
    closes_on: date
    closed_on: date | None
    k: int
    groups: tuple[RaterGroup, ...]
    framework_version_id: int
    questionnaire_id: int
    pace: Pace = Pace.TOGETHER
    days: int | None = None
    nominates: Nominates = Nominates.HR
    approves: Approves = Approves.NOBODY
    nominate_until: date | None = None
    coach_led: bool = True
    moderator_id: int | None = None
    weighting: Weighting = Weighting.GROUP
    tells_who_answered: bool = True
    kept_months: int
    reminder_days: tuple[int, ...] = ()
    n_subjects: int = 0
    n_invited: int = 0
    n_statements: int = 0
    questionnaire: str = ""
    moderator: str = ""
    moderator_left: bool = False
    begins_anyway: str = ""

    def group_name(self, key: str) -> str:
        """The name of a rater group."""
        return next((group.name for group in self.groups if group.key == key), key)


@dataclass(frozen=True, kw_only=True)
class SubjectRow:
    """Whom a cycle is about, with names; `left` says that they left the organisation."""

    id: int
    cycle_id: int
    person_id: int
    name: str
    coach_id: int | None
    coach: str
    state: SubjectState
    released_on: date | None
    opens_on: date | None = None
    closes_on: date | None = None
    returned_with: str = ""
    reminded_on: date | None = None
    unit: str = ""
    left: bool = False


@dataclass(frozen=True, kw_only=True)
class RaterRow:
    """Who was asked about a subject; `person_id` is missing for people from outside.

    `left` says that they left the organisation.
    """

    invitation_id: int
    subject_id: int
    person_id: int | None
    name: str
    email: str
    group_key: str
    sent_on: date | None
    state: InvitationState = InvitationState.APPROVED
    reason: str = ""
    left: bool = False

    @property
    def has_a_place(self) -> bool:
        """Whether they are asked still, and somebody else could be in their place."""
        return self.state is InvitationState.APPROVED and self.group_key != SELF_GROUP


@dataclass(frozen=True, kw_only=True)
class AskedRow:
    """An invitation to the person who is signed in; `sent` only where that was asked for."""

    invitation_id: int
    subject: str
    cycle: str
    closes_on: date
    is_self: bool
    sent: bool = False


@dataclass(frozen=True, kw_only=True)
class StandingRow:
    """Where a cycle about a person stands: dates and a state, never a count."""

    subject_id: int
    person_id: int
    person: str
    cycle: str
    state: SubjectState
    opens_on: date
    closes_on: date
    closed_on: date | None
    coach: str


@dataclass(frozen=True, kw_only=True)
class ReportRow:
    """A report that is out."""

    release_id: int
    subject_id: int
    person_id: int
    cycle: str
    closed_on: date
    released_on: date
