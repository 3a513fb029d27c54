"""Journal entries as pages see them, the prompts on offer, and the rhythm of writing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from ldtrack.access.domain import RelationshipKind

UNDO_FOR = timedelta(minutes=10)
"""How long a deleted entry can be brought back."""
MOST_CHARACTERS = 20_000
MOST_ABOUT = 200
RHYTHMS = (1, 2, 4)
"""Weeks between two entries, as an author may want them."""


class Prompt(StrEnum):
    """A way into writing; none of them is required."""

    OPEN = "open"
    THREE = "three"
    """Three lines, for a day that is full."""
    GIBBS = "gibbs"
    """After Gibbs' reflective cycle: six steps from what happened to what comes next."""
    KOLB = "kolb"
    """After Kolb's learning cycle: experience, look back, idea, try."""

    @property
    def label(self) -> str:
        """The words people see."""
        return _LABELS[self]

    @property
    def questions(self) -> tuple[str, ...]:
        """What it asks, in order."""
        return _QUESTIONS[self]

    @property
    def starter(self) -> str:
        """The box as it looks before anything is written."""
        return "".join(f"{question}\n\n\n" for question in self.questions).rstrip("\n")


_LABELS = {
    Prompt.OPEN: "A blank page",
    Prompt.THREE: "Three lines",
    Prompt.GIBBS: "Six questions about one event (Gibbs)",
    Prompt.KOLB: "Four questions from doing to trying (Kolb)",
}
_QUESTIONS: dict[Prompt, tuple[str, ...]] = {
    Prompt.OPEN: (),
    Prompt.THREE: ("What happened?", "What do I take from it?", "What will I do with it?"),
    Prompt.GIBBS: (
        "What happened?",
        "What was I feeling and thinking?",
        "What went well, and what did not?",
        "Why did it go that way?",
        "What else could I have done?",
        "What will I do next time?",
    ),
    Prompt.KOLB: (
        "What did I do?",
        "What did I notice, looking back?",
        "What do I make of it?",
        "What will I try, and when?",
    ),
}


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    """One entry, as its author or somebody it is shared with may see it.

    `about` is the step of a pathway or the line that it looks back on. `reader_ids` names everybody
    it was shared with, also those who neither coach nor sponsor the author any more.
    """

    id: int
    author_id: int
    written_on: date
    prompt: Prompt
    body: str
    about: str
    step_id: int | None
    reader_ids: tuple[int, ...]
    competency_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody whom an author could let read: who coaches or sponsors them, or is in a triad."""

    id: int
    name: str
    kind: RelationshipKind


@dataclass(frozen=True, kw_only=True)
class WriteEntry:
    """What the author wrote, who may read it, and what it is about."""

    body: str
    prompt: Prompt = Prompt.OPEN
    reader_ids: tuple[int, ...] = ()
    competency_ids: tuple[int, ...] = ()
    about: str = ""
    step_id: int | None = None
    written_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the author has begun to write."""

    body: str = ""
    about: str = ""
    prompt: Prompt = Prompt.OPEN


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """In how many of the last weeks somebody wrote, how often they want to, and who sees it."""

    written: int
    weeks: int
    every: int | None = None
    shown: bool = False


def begun_with(draft: Draft, prompt: Prompt) -> Draft:
    """The box when a prompt is asked for: its questions come after what was written already.

    >>> begun_with(Draft(body="A hard week."), Prompt.KOLB).body.splitlines()[:3]
    ['A hard week.', '', 'What did I do?']
    """
    if not prompt.questions or prompt.questions[0] in draft.body:
        return draft
    kept = f"{draft.body}\n\n" if draft.body else ""
    return replace(draft, body=kept + prompt.starter, prompt=prompt)


def says_something(body: str, prompt: Prompt) -> bool:
    """Whether anything was written beyond the prompt's own questions.

    >>> says_something(Prompt.KOLB.starter, Prompt.KOLB)
    False
    """
    asked = {question.casefold() for question in prompt.questions}
    lines = (line.strip().casefold() for line in body.splitlines())
    return any(line and line not in asked for line in lines)


def weeks_with_an_entry(days: Iterable[date], today: date, weeks: int = 4) -> int:
    """In how many of the last `weeks` stretches of seven days, today's included, was one written?

    >>> weeks_with_an_entry([date(2026, 11, 20), date(2026, 11, 19)], date(2026, 11, 20))
    1
    """
    ago = ((today - day).days for day in days)
    return len({past // 7 for past in ago if 0 <= past < 7 * weeks})


def is_past_undo(deleted_at: datetime, now: datetime) -> bool:
    """Whether a deleted entry can no longer be brought back."""
    return now - deleted_at > UNDO_FOR


def next_entry_on(
    weeks: int, began_on: date, written_on: date | None, asked_on: date | None = None
) -> date:
    """The day on which a rhythm asks for the next entry: so many weeks after whatever was last.

    >>> next_entry_on(2, date(2026, 11, 2), date(2026, 11, 9))
    datetime.date(2026, 11, 23)
    """
    last = max(day for day in (began_on, written_on, asked_on) if day is not None)
    return last + timedelta(weeks=weeks)
