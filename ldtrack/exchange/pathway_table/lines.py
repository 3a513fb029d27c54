"""The rows of a pathway's table, each read by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ldtrack.evidence.domain import SourceKind
from ldtrack.exchange.competencies_named import listed
from ldtrack.exchange.limits import BROWSER, Limits
from ldtrack.exchange.problem import Problem, Unreadable
from ldtrack.exchange.reading import RowReader, day_of
from ldtrack.exchange.table import missing, read_table
from ldtrack.pathways.domain import (
    HEAVIEST,
    LONGEST_DAYS,
    SMALLEST_SHARE,
    Confidence,
    Due,
    DueFrom,
    StepKind,
)

PATHWAY, STAGE, CHOICE, GATE = "pathway", "stage", "choice", "gate"
COLUMNS = (
    "kind",
    "title",
    "key",
    "choice",
    "choose",
    "required",
    "after",
    "course",
    "opening",
    "competency_id",
    "competency",
    "level",
    "certainty",
    "evidence",
    "due",
    "weight",
    "text",
    "address",
    "framework",
    "edition",
    "largest_share",
)
_STEP = {"title", "key", "choice", "required", "after", "due", "weight", "text"}
_COMPETENCY = {"competency_id", "competency"}
_SAYS: dict[str, set[str]] = {
    PATHWAY: {"title", "text", "framework", "edition", "largest_share"},
    STAGE: {"title", "key"},
    CHOICE: {"title", "key", "choose", "due", "weight"},
    GATE: _COMPETENCY | {"level", "certainty", "evidence"},
    StepKind.COURSE: _STEP | {"course"},
    StepKind.MILESTONE: _STEP | _COMPETENCY | {"level"},
    StepKind.ASSIGNMENT: _STEP | _COMPETENCY | {"opening"},
    StepKind.FEEDBACK: _STEP,
    StepKind.REFLECTION: _STEP,
    StepKind.READING: _STEP | {"address"},
    StepKind.COMMUNITY: _STEP | {"address"},
}
"""What each kind of row can say; another cell that is filled in would be lost."""
_SAYS_NOTHING = "This kind of row says nothing here; leave the cell empty."
_OF_THE_CHOICE = ("required", "due", "weight")
_DAYS = re.compile(r"([0-9]{1,6})(?: days?)?( into the stage)?", re.IGNORECASE)
_ANY_DAY = Due()


@dataclass(frozen=True, kw_only=True, slots=True)
class TableLine:
    """One row; what it names is still in the words of the file."""

    reader: RowReader
    kind: str
    title: str
    key: str
    choice: str
    choose: int
    required: bool
    after: tuple[str, ...]
    course: str
    opening: str
    competency_id: str
    competency: str
    level: str
    certainty: Confidence | None
    evidence: tuple[SourceKind, ...]
    due: Due
    weight: int
    text: str
    address: str
    framework: str
    edition: str
    largest_share: int | None

    @property
    def number(self) -> int:
        """The line of the file on which it begins."""
        return self.reader.row.line

    @property
    def step_kind(self) -> StepKind | None:
        """The kind of step, if it is one."""
        return StepKind(self.kind) if self.kind in set(StepKind) else None


def parse_lines(raw: bytes, *, limits: Limits = BROWSER) -> tuple[list[TableLine], list[Problem]]:
    """The rows of a file, and what spoils the whole of it; each row keeps what is wrong with it."""
    try:
        table = read_table(raw, limits=limits)
    except Unreadable as error:
        return [], [error.problem]
    problems = table.problems + missing(table, ("kind", "title"))
    problems += [
        Problem(line=table.header_line, column=table.title(name), reason=_unknown(name))
        for name in table.columns
        if name and name not in COLUMNS
    ]
    if any(problem.line <= table.header_line for problem in problems):
        return [], problems
    return [_line(RowReader(table, row)) for row in table.rows], problems


def _unknown(name: str) -> str:
    return f"A pathway’s table has no column “{name}”."


def _line(reader: RowReader) -> TableLine:
    kind = reader.read("kind", _kind, required="Say what this row is.") or ""
    choice = reader.words("choice", most=200)
    line = TableLine(
        reader=reader,
        kind=kind,
        title=reader.words("title", most=200, required="" if kind == GATE else "Give it a title."),
        key=reader.words("key", most=60),
        choice=choice,
        choose=reader.read("choose", lambda cell: _whole(cell, 1, 50)) or 1,
        required=reader.yes_or_no("required", blank=True) and not choice,
        after=tuple(dict.fromkeys(listed(reader.raw("after")))),
        course=reader.words("course", most=200),
        opening=reader.words("opening", most=200),
        competency_id=reader.words("competency_id", most=100),
        competency=reader.words("competency", most=300),
        level=reader.words("level", most=200),
        certainty=reader.read("certainty", _certainty),
        evidence=reader.read("evidence", _evidence) or (),
        due=reader.read("due", _due) or _ANY_DAY,
        weight=reader.read("weight", lambda cell: _whole(cell, 1, HEAVIEST)) or 1,
        text=_text(reader, 2_000 if kind == PATHWAY else 4_000),
        address=reader.read("address", _address) or "",
        framework=reader.words("framework", most=300),
        edition=reader.words("edition", most=60),
        largest_share=reader.read("largest_share", lambda cell: _whole(cell, SMALLEST_SHARE, 100)),
    )
    _nothing_lost(line)
    return line


def _nothing_lost(line: TableLine) -> None:
    """Complain of cells that would be passed over in silence."""
    if not line.kind:
        return
    for column in COLUMNS:
        if column == "kind" or not line.reader.raw(column):
            continue
        if column not in _SAYS[line.kind]:
            line.reader.complain(column, _SAYS_NOTHING)
        elif line.choice and column in _OF_THE_CHOICE:
            line.reader.complain(column, "Within a choice this is said in the row of the choice.")


def _kind(cell: str) -> str:
    word = cell.casefold()
    for kind in (PATHWAY, STAGE, CHOICE, GATE):
        if word == kind:
            return kind
    for step in StepKind:
        if word in {step.value, step.label.casefold()}:
            return step.value
    known = ", ".join((PATHWAY, STAGE, CHOICE, GATE, *(step.value for step in StepKind)))
    raise ValueError(f"“{cell[:60]}” is no kind of row. Write one of these: {known}.")


def _whole(cell: str, lowest: int, highest: int) -> int:
    if not cell.isascii() or not cell.isdigit() or not lowest <= int(cell[:9]) <= highest:
        raise ValueError(f"Give a whole number from {lowest} to {highest}.")
    return int(cell)


def _due(cell: str) -> Due:
    days = _DAYS.fullmatch(cell)
    if days is not None:
        n = _whole(days[1], 0, LONGEST_DAYS)
        return Due(due_from=DueFrom.STAGE if days[2] else DueFrom.ENROLMENT, due_days=n)
    try:
        return Due(due_from=DueFrom.DATE, due_date=day_of(cell))
    except ValueError:
        raise ValueError(
            f"“{cell[:60]}” says no day. Write “30 days”, “30 days into the stage” or 2027-03-31."
        ) from None


def _certainty(cell: str) -> Confidence:
    for one in Confidence:
        if cell.casefold() in {one.value, one.label}:
            return one
    known = " or ".join(f"“{one.label}”" for one in Confidence)
    raise ValueError(f"“{cell[:60]}” does not say how sure. Write {known}.")


def _evidence(cell: str) -> tuple[SourceKind, ...]:
    found = []
    for word in listed(cell):
        kind = next(
            (one for one in SourceKind if word.casefold() in {one.value, one.label.casefold()}),
            None,
        )
        if kind is None:
            known = ", ".join(one.label for one in SourceKind)
            raise ValueError(f"“{word[:60]}” is no kind of evidence. There is: {known}.")
        found.append(kind)
    return tuple(sorted(set(found)))


def _address(cell: str) -> str:
    if not cell.startswith(("https://", "http://")) or len(cell) > 2_000:
        raise ValueError("Give a web address that begins with https://.")
    return cell


def _text(reader: RowReader, most: int) -> str:
    text = reader.text("text")
    if len(text) > most:
        reader.complain("text", f"This is longer than {most:,} letters.")
    return text
