"""One person's growth in one competency and in all; finding the evidence lives elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ldtrack.charts.series import LineBand
from ldtrack.charts.series import Scale as ChartScale
from ldtrack.competencies.domain import CompetencyRow, RoleProfileRow, ScaleRow
from ldtrack.evidence.domain import SourceKind
from ldtrack.growth.domain.fold import Trajectory
from ldtrack.growth.domain.picture import line_of
from ldtrack.growth.domain.standing import Level, NotYetAssessed
from ldtrack.growth.domain.target import AgainstTarget, Verdict


@dataclass(frozen=True, kw_only=True)
class CompetencyGrowth:
    """One competency of a person: trajectory, standing and, if there is a target, the verdict."""

    competency: CompetencyRow
    scale: ScaleRow
    target: int | None
    trajectory: Trajectory
    standing: Level | NotYetAssessed
    against: AgainstTarget | NotYetAssessed | None

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
        """The trajectory as a chart; of the evidence only `kinds`, if they are given."""
        return line_of(
            self.competency.name,
            self.trajectory,
            self.standing,
            self.chart_scale,
            target=self.target,
            with_evidence=with_evidence,
            kinds=kinds,
        )


@dataclass(frozen=True, kw_only=True)
class PersonGrowth:
    """A person's competencies: those with a target first, in the framework's order."""

    person_id: int
    as_of: date
    role_profile: RoleProfileRow | None
    competencies: tuple[CompetencyGrowth, ...]

    @property
    def targeted(self) -> tuple[CompetencyGrowth, ...]:
        """Those that the role asks for."""
        return tuple(growth for growth in self.competencies if growth.target is not None)

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
