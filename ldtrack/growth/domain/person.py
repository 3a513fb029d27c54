"""One person's growth in one competency and in all; finding the evidence lives elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from ldtrack.charts.series import LineBand, Mark
from ldtrack.charts.series import Scale as ChartScale
from ldtrack.competencies.domain import (
    CompetencyRow,
    Crossings,
    LevelMap,
    Relation,
    RoleProfileRow,
    ScaleRow,
)
from ldtrack.evidence.domain import Entry, SourceKind
from ldtrack.growth.domain.fold import Step, Trajectory
from ldtrack.growth.domain.picture import line_of, single_day
from ldtrack.growth.domain.standing import Level, NotYetAssessed
from ldtrack.growth.domain.target import AgainstTarget, Verdict


@dataclass(frozen=True, kw_only=True)
class Carried:
    """Where a trajectory goes on from: an earlier edition, whose successor came into force."""

    on: date
    edition: str
    """What the earlier edition is called."""
    relation: Relation
    levels: LevelMap
    sources: tuple[CompetencyGrowth, ...]
    """What there was on that day: of the earlier edition's competencies, and of this one itself if
    it was observed before it counted."""

    @property
    def words(self) -> str:
        """What pages say beside a level that rests on it."""
        return f"carried from edition {self.edition}"


@dataclass(frozen=True, kw_only=True)
class Succeeded:
    """What took the place of a competency of an earlier edition; nothing if it was retired."""

    on: date
    edition: str
    """What the later edition is called."""
    relation: Relation
    successors: tuple[int, ...]
    """Ids of competencies of that edition."""


@dataclass(frozen=True, kw_only=True)
class CompetencyGrowth:
    """One competency of a person: trajectory, standing and, if there is a target, the verdict."""

    competency: CompetencyRow
    scale: ScaleRow
    target: int | None
    trajectory: Trajectory
    standing: Level | NotYetAssessed
    against: AgainstTarget | NotYetAssessed | None
    is_critical: bool = False
    """Whether the role cannot do without it."""
    carried: Carried | None = None
    succeeded: Succeeded | None = None

    @property
    def carried_words(self) -> str:
        """That the level rests on an earlier edition, as long as it does; else ''."""
        rests = isinstance(self.standing, Level) and self.standing.carried
        return self.carried.words if self.carried and rests else ""

    @property
    def chart_scale(self) -> ChartScale:
        """The scale as charts want it."""
        words = tuple(level.label for level in self.scale.levels)
        return ChartScale(low=self.scale.lo, high=self.scale.hi, words=words)

    @property
    def verdict(self) -> Verdict | None:
        """How the level stands against the target, if there are both."""
        return self.against.verdict if isinstance(self.against, AgainstTarget) else None

    def line(
        self, *, with_evidence: bool = False, kinds: Collection[SourceKind] | None = None
    ) -> LineBand:
        """The trajectory as a chart; of the evidence only `kinds`, if they are given.

        Where one competency goes on as this one, its line is drawn up to the mark.
        """
        drawn = line_of(
            self.competency.name,
            self.trajectory,
            self.standing,
            self.chart_scale,
            target=self.target,
            with_evidence=with_evidence,
            kinds=kinds,
        )
        return self._after(drawn, with_evidence=with_evidence, kinds=kinds)

    def _after(
        self, drawn: LineBand, *, with_evidence: bool, kinds: Collection[SourceKind] | None
    ) -> LineBand:
        """The line with its marks, and with what came before them."""
        if self.succeeded:
            mark = Mark(on=self.succeeded.on, label=f"Edition {self.succeeded.edition}")
            drawn = replace(drawn, marks=(mark,))
        if self.carried is None:
            return drawn
        past = self._past(with_evidence=with_evidence, kinds=kinds)
        days = {step.on for step in self.steps}
        if len(days) < _FEWEST_DAYS:
            points = single_day(self.standing, next(iter(days), self.carried.on))
        else:
            points = (*past.points, *drawn.points)
        return replace(
            drawn,
            points=points,
            evidence=(*past.evidence, *drawn.evidence),
            marks=(*past.marks, Mark(on=self.carried.on, label=sentence(self.carried.words))),
        )

    def _past(self, *, with_evidence: bool, kinds: Collection[SourceKind] | None) -> LineBand:
        """What is drawn before the mark, on the scale of today: all evidence, and the line of the
        one competency that goes on as this. Of several there is no one line."""
        before = self.carried.sources if self.carried else ()
        lines = [
            self._read_line(source, source.line(with_evidence=with_evidence, kinds=kinds))
            for source in before
        ]
        return LineBand(
            title=self.competency.name,
            scale=self.chart_scale,
            points=lines[0].points if len(lines) == 1 else (),
            evidence=tuple(dot for line in lines for dot in line.evidence),
            marks=tuple(dict.fromkeys(mark for line in lines for mark in line.marks)),
        )

    def _read_line(self, source: CompetencyGrowth, line: LineBand) -> LineBand:
        return replace(
            line,
            points=tuple(
                replace(
                    each,
                    level=self._read(source, each.level),
                    low=self._read(source, each.low),
                    high=self._read(source, each.high),
                )
                for each in line.points
            ),
            evidence=tuple(
                replace(each, level=self._read(source, each.level)) for each in line.evidence
            ),
        )

    def _read(self, source: CompetencyGrowth, level: float) -> float:
        """A level of what came before on the scale of today; its own was on it all along."""
        if self.carried is None or source.competency.id == self.competency.id:
            return level
        return self.carried.levels.read(level)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every piece that stands behind the level, in whatever edition, oldest first."""
        before = self.carried.sources if self.carried else ()
        return (*(step for source in before for step in source.steps), *self.trajectory.steps)

    @property
    def pieces(self) -> tuple[tuple[Entry, float | None], ...]:
        """The same, and what moves no level, each with what it spoke for on the scale of today."""
        own = (*(step.entry for step in self.trajectory.steps), *self.trajectory.exposures)
        found = [(one, one.value if one.value is not None else one.level) for one in own]
        for source in self.carried.sources if self.carried else ():
            found += [
                (one, None if level is None else self._read(source, level))
                for one, level in source.pieces
            ]
        return tuple(sorted(found, key=lambda piece: (piece[0].observed_on, piece[0].title)))


@dataclass(frozen=True, kw_only=True)
class PersonGrowth:
    """A person's competencies: those with a target first, in the framework's order."""

    person_id: int
    as_of: date
    role_profile: RoleProfileRow | None
    competencies: tuple[CompetencyGrowth, ...]
    crossings: Crossings = field(default_factory=Crossings)
    """The crosswalks in force on that day: what was asked for in an earlier edition is found."""

    @property
    def targeted(self) -> tuple[CompetencyGrowth, ...]:
        """Those that the role asks for."""
        return tuple(growth for growth in self.competencies if growth.target is not None)

    @property
    def histories(self) -> tuple[CompetencyGrowth, ...]:
        """The competencies and, each once, those of earlier editions that went on as them."""
        found = {(growth.competency.id, False): growth for growth in self.competencies}
        waiting = list(self.competencies)
        while waiting:
            carried = waiting.pop().carried
            for source in carried.sources if carried else ():
                if (source.competency.id, True) not in found:
                    found[source.competency.id, True] = source
                    waiting.append(source)
        return tuple(found.values())

    @property
    def below(self) -> tuple[int, ...]:
        """Where a target is surely not reached: first what the role needs most, then by the gap."""
        found = [
            (not growth.is_critical, -growth.against.gap, growth.competency.id)
            for growth in self.targeted
            if isinstance(growth.against, AgainstTarget)
            and growth.against.verdict is Verdict.NOT_YET
        ]
        return tuple(competency_id for *_, competency_id in sorted(found))

    @property
    def n_met(self) -> int:
        """How many targets of the role are met."""
        return sum(growth.verdict is Verdict.MET for growth in self.targeted)

    @property
    def n_assessed(self) -> int:
        """How many competencies of the role have a level at all."""
        return sum(growth.verdict is not None for growth in self.targeted)

    @property
    def closest(self) -> CompetencyGrowth | None:
        """The competency whose target, not met yet, is the likeliest to be reached already."""
        chances = [
            (growth.against.chance, growth)
            for growth in self.targeted
            if isinstance(growth.against, AgainstTarget) and growth.verdict is not Verdict.MET
        ]
        # The first in the framework's order wins a tie.
        return max(chances, key=lambda pair: pair[0])[1] if chances else None


_FEWEST_DAYS = 2
"""One observation draws no trend line."""


def sentence(words: str) -> str:
    """The words with a capital at their head, the rest as it is."""
    return words[:1].upper() + words[1:]
