"""From the rows of a table to the stages of a pathway, each fault named at its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ldtrack.core import ids
from ldtrack.core.errors import RuleBroken
from ldtrack.core.ids import new_id
from ldtrack.exchange.competencies_named import same
from ldtrack.exchange.pathway_table.lines import CHOICE, GATE, PATHWAY, STAGE, TableLine
from ldtrack.exchange.pathway_table.world import World
from ldtrack.pathways.domain import Gate, Group, Stage, Step, StepKind, order


@dataclass(kw_only=True)
class _Part:
    """A stage and the rows that belong to it."""

    line: TableLine
    lineage: int
    choices: dict[int, TableLine] = field(default_factory=dict)
    gates: list[TableLine] = field(default_factory=list)
    steps: dict[int, TableLine] = field(default_factory=dict)


def stages_in(lines: Sequence[TableLine], world: World) -> tuple[Stage, ...]:
    """The stages; ids in them are lineages. What is here already, by key or by name, is the same
    thing, so that whatever people did on it counts on."""
    known = _Known(world)
    parts = _parts(lines, known)
    steps = {lineage: line for part in parts for lineage, line in part.steps.items()}
    requires = {lineage: _requires(line, lineage, steps) for lineage, line in steps.items()}
    _check_order(steps, requires)
    _check_keys(lines)
    return tuple(
        Stage(
            id=part.lineage,
            lineage=part.lineage,
            title=part.line.title,
            gates=_gates(part.gates, world),
            groups=tuple(_group(lineage, line) for lineage, line in part.choices.items()),
            steps=tuple(
                _step(lineage, line, part, requires[lineage], world)
                for lineage, line in part.steps.items()
            ),
        )
        for part in parts
    )


class _Known:
    """The lineages of what is here, each given out once."""

    def __init__(self, world: World) -> None:
        self.left: dict[int, tuple[str, str]] = {}
        for stage in world.here.stages if world.here else ():
            self.left[stage.lineage] = (STAGE, stage.title)
            self.left |= {one.lineage: (CHOICE, one.title) for one in stage.groups}
            self.left |= {one.lineage: (one.kind.value, one.title) for one in stage.steps}
        self.reserved: set[int] = set()

    def reserve(self, lines: Sequence[TableLine]) -> None:
        """Keep what rows name by key from rows that only have the same name."""
        self.reserved = {
            lineage
            for line in lines
            if (lineage := _decoded(line.key)) in self.left and self.left[lineage][0] == line.kind
        }

    def lineage(self, line: TableLine) -> int:
        """That of what the row is about, or a new one."""
        by_key = _decoded(line.key)
        if by_key in self.left and self.left[by_key][0] == line.kind:
            del self.left[by_key]
            return by_key
        for lineage, (kind, title) in self.left.items():
            if lineage not in self.reserved and kind == line.kind and same(title, line.title):
                del self.left[lineage]
                return lineage
        return new_id()


def _parts(lines: Sequence[TableLine], known: _Known) -> list[_Part]:
    parts: list[_Part] = []
    known.reserve(lines)
    for line in lines:
        if line.kind == STAGE:
            parts.append(_Part(line=line, lineage=known.lineage(line)))
        elif line.kind and line.kind != PATHWAY and not parts:
            line.reader.complain("kind", "Put the row of a stage above this one.")
        elif line.kind == CHOICE:
            parts[-1].choices[known.lineage(line)] = line
        elif line.kind == GATE:
            parts[-1].gates.append(line)
        elif line.step_kind is not None:
            parts[-1].steps[known.lineage(line)] = line
    return parts


def _gates(lines: Sequence[TableLine], world: World) -> tuple[Gate, ...]:
    found: dict[int, Gate] = {}
    for line in lines:
        row, level = world.competency(line), world.level(line)
        if not line.competency_id and not line.competency:
            line.reader.complain("competency", "Say which competency the stage asks for.")
        if not line.level:
            line.reader.complain("level", "Say which level the stage asks for.")
        if row is None or level is None:
            continue
        if row.id in found:
            line.reader.complain("competency", "This stage asks for it on an earlier line.")
        found[row.id] = Gate(
            id=0,
            competency_id=row.id,
            competency="",
            level=level,
            confidence=line.certainty,
            kinds=line.evidence,
        )
    return tuple(found.values())


def _group(lineage: int, line: TableLine) -> Group:
    return Group(
        id=lineage,
        lineage=lineage,
        title=line.title,
        choose=line.choose,
        weight=line.weight,
        due_from=line.due.due_from,
        due_days=line.due.due_days,
        due_date=line.due.due_date,
    )


def _step(
    lineage: int, line: TableLine, part: _Part, requires: tuple[int, ...], world: World
) -> Step:
    kind = line.step_kind or StepKind.REFLECTION
    row, level, course = world.competency(line), world.level(line), world.course(line)
    opening = world.opening(line)
    _needs(line, kind)
    return Step(
        id=lineage,
        lineage=lineage,
        kind=kind,
        title=line.title,
        required=line.required,
        weight=line.weight,
        course_id=course,
        posting_id=opening,
        competency_id=row.id if row else None,
        level=level,
        text=line.text,
        address=line.address,
        group_id=_choice(line, part),
        requires=requires,
        due_from=line.due.due_from,
        due_days=line.due.due_days,
        due_date=line.due.due_date,
    )


def _needs(line: TableLine, kind: StepKind) -> None:
    names_one = bool(line.competency_id or line.competency)
    if kind is StepKind.COURSE and not line.course:
        line.reader.complain("course", "Say which course, by its code or title.")
    if kind is StepKind.MILESTONE and not names_one:
        line.reader.complain("competency", "Say which competency the milestone is about.")
    if kind is StepKind.MILESTONE and not line.level:
        line.reader.complain("level", "Say which level the milestone shows.")
    if kind is StepKind.ASSIGNMENT and not names_one and not line.opening:
        line.reader.complain("competency", "Name a competency or an opening.")


def _choice(line: TableLine, part: _Part) -> int | None:
    if not line.choice:
        return None
    found = _meant(line.choice, part.choices)
    if len(found) != 1:
        reason = f"“{part.line.title}” has no one choice “{line.choice[:60]}”."
        line.reader.complain("choice", reason)
        return None
    return found[0]


def _requires(line: TableLine, lineage: int, steps: dict[int, TableLine]) -> tuple[int, ...]:
    found: list[int] = []
    for word in line.after:
        meant = _meant(word, steps)
        if not meant:
            line.reader.complain("after", f"There is no step “{word[:60]}”.")
        elif len(meant) > 1:
            line.reader.complain("after", f"Several steps are “{word[:60]}”: give each a key.")
        elif meant == [lineage]:
            line.reader.complain("after", "A step cannot come after itself.")
        else:
            found += meant
    place = {one: number for number, one in enumerate(steps)}
    return tuple(sorted(set(found), key=place.__getitem__))


def _meant(word: str, lines: dict[int, TableLine]) -> list[int]:
    by_key = [lineage for lineage, line in lines.items() if line.key == word]
    return by_key or [lineage for lineage, line in lines.items() if same(line.title, word)]


def _check_order(steps: dict[int, TableLine], requires: dict[int, tuple[int, ...]]) -> None:
    """A circle is named at the row that closes it."""
    titles = {lineage: line.title for lineage, line in steps.items()}
    so_far: dict[int, tuple[int, ...]] = {}
    for lineage, line in steps.items():
        try:
            order(titles, {**so_far, lineage: requires[lineage]})
        except RuleBroken as circle:
            line.reader.complain("after", circle.message)
            continue
        so_far[lineage] = requires[lineage]


def _check_keys(lines: Sequence[TableLine]) -> None:
    first: dict[str, int] = {}
    for line in lines:
        before = first.setdefault(line.key, line.number)
        if line.key and before != line.number:
            line.reader.complain("key", f"The row on line {before} has this key.")


def _decoded(key: str) -> int:
    try:
        return ids.decode(key)
    except ValueError:
        return 0
