"""A leader choosing a coach: who is offered, whom they meet first, whom they choose, the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from ldtrack.coaching.domain.appointments import AppointmentRow, AppointmentState
from ldtrack.coaching.domain.matching import LookedFor, Match, Sought

MOST_OFFERED = 10
"""How many coaches a leader is offered at most."""
USUALLY_OFFERED = 3
"""How many HR's page offers at first."""
MOST_TALKS = 3
"""With how many a leader has a first talk at a time."""
USUAL_TIME = timedelta(days=28)
"""How long a leader has to choose, unless HR says otherwise."""
LONGEST = timedelta(days=180)
ANSWER_TIME = timedelta(days=10)
"""How long a coach has to answer; then the leader chooses among the others."""
KEPT_DAYS = 90
"""For how long a choice that is over stays on HR's list."""


class CandidateState(StrEnum):
    """Where a coach stands in somebody's choice."""

    OFFERED = "offered"
    ASKED = "asked"
    MEETING = "meeting"
    CHOSEN = "chosen"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    """They did not answer in time."""


TALKS = (CandidateState.ASKED, CandidateState.MEETING)
TO_ANSWER = (*TALKS, CandidateState.CHOSEN)
"""What a coach has before them."""
WAITS = (CandidateState.ASKED, CandidateState.CHOSEN)
"""Where the next word is the coach's."""
CAN_BE_CHOSEN = (CandidateState.OFFERED, *TALKS)


class ChoiceOutcome(StrEnum):
    """How a choice came to its end."""

    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    LEFT = "left"
    RUN_OUT = "run_out"

    @property
    def label(self) -> str:
        """The words people see."""
        return _LABELS[self]


_LABELS = {
    ChoiceOutcome.ACCEPTED: "found a coach",
    ChoiceOutcome.WITHDRAWN: "taken back",
    ChoiceOutcome.LEFT: "left by the leader",
    ChoiceOutcome.RUN_OUT: "ran out",
}


@dataclass(frozen=True, kw_only=True)
class InviteToChoose:
    """Whom HR invites, what they look for, the coaches to offer, and the last day to choose."""

    person_id: int
    coach_ids: tuple[int, ...]
    sessions_agreed: int
    closes_on: date
    looked_for: LookedFor = field(default_factory=LookedFor)


@dataclass(frozen=True, kw_only=True)
class ChoiceRow:
    """An invitation to choose a coach; over once `ended_on` and its `outcome` are there."""

    id: int
    person_id: int
    person: str
    invited_on: date
    closes_on: date
    ended_on: date | None
    outcome: ChoiceOutcome | None
    sessions_agreed: int
    sought: Sought


@dataclass(frozen=True, kw_only=True)
class ChoiceCounts:
    """A choice as HR sees it: how many coaches stand where, and none of their names."""

    choice: ChoiceRow
    counts: Counter[CandidateState]

    @property
    def where(self) -> str:
        """Where it stands, in a line."""
        if self.choice.outcome is not None:
            return self.choice.outcome.label
        if self.counts[CandidateState.CHOSEN]:
            return "has chosen and waits for the answer"
        n_left = sum(self.counts[state] for state in CAN_BE_CHOSEN)
        if not n_left:
            return "nobody is left to choose"
        n_talks = sum(self.counts[state] for state in TALKS)
        talks = f", {n_talks} for a first talk" if n_talks else ""
        return f"may choose among {n_left}{talks}"

    @property
    def n_no(self) -> int:
        """How many coaches declined or did not answer."""
        return self.counts[CandidateState.DECLINED] + self.counts[CandidateState.LAPSED]

    @property
    def is_open(self) -> bool:
        """Whether the leader still chooses."""
        return self.choice.ended_on is None


def first_ones(coaches: Iterable[Match]) -> list[int]:
    """Whom HR's page offers at first: those who suit best."""
    return [one.coach.person_id for one in coaches][:USUALLY_OFFERED]


@dataclass(frozen=True, kw_only=True)
class CandidateRow:
    """A coach in a choice; the times are those of a first talk, the word is the coach's no."""

    id: int
    choice_id: int
    person_id: int
    person: str
    coach_id: int
    coach: str
    state: CandidateState
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    link: str
    word: str
    turn: int
    changed_at: datetime

    def talk(self, state: AppointmentState = AppointmentState.PLANNED) -> AppointmentRow:
        """The first talk as calendars are told of it; only where there is one."""
        if self.starts_at is None or self.ends_at is None:
            raise ValueError("no first talk is planned")
        return AppointmentRow(
            id=self.id,
            engagement_id=self.choice_id,
            coach_id=self.coach_id,
            coach=self.coach,
            person_id=self.person_id,
            person=self.person,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            place=self.place,
            link=self.link,
            state=state,
            word="",
            changed_by="",
            changed_at=self.changed_at,
            turn=self.turn,
        )


@dataclass(frozen=True, kw_only=True)
class OfferedCoach:
    """A coach as a leader who chooses reads them."""

    row: CandidateRow
    match: Match


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a coach is asked, by whom, and what that leader looks for."""

    row: CandidateRow
    choice: ChoiceRow
    unit: str
