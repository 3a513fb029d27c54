"""The release as a document: what was shown, frozen, without any trace of who answered what.

Every page and file about a cycle's results is made from this and from nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from ldtrack.feedback.domain.agreement import Agreement
from ldtrack.feedback.domain.answers import Key, Scale
from ldtrack.feedback.domain.figures import Count, Figure
from ldtrack.feedback.domain.importance import Share
from ldtrack.feedback.domain.reasons import Reason
from ldtrack.feedback.domain.scores import Weighting
from ldtrack.feedback.domain.self_others import Category, Quadrant


@dataclass(frozen=True, kw_only=True)
class ShownGroup:
    """A column of the report: one rater group, or several pooled. `exempt`: one known person."""

    key: str
    name: str
    group_names: tuple[str, ...]
    exempt: bool
    count: Count


@dataclass(frozen=True, kw_only=True)
class LeftOutGroup:
    """A rater group that is shown nowhere and counted nowhere."""

    name: str
    reason: Reason
    text: str


@dataclass(frozen=True, kw_only=True)
class AgreementNumbers:
    """Agreement in numbers, to two decimals, for coaches; only ever of ten raters or more.

    `distance` is the mean distance from the mean, in levels; the others go from 0 to 1.
    """

    distance: float
    rwg_j: float
    r_star_wg_j: float
    awg: float | None


@dataclass(frozen=True, kw_only=True)
class GroupFigure:
    """One group's figure in one row; what stands beside it only if the figure is shown."""

    group_key: str
    figure: Figure
    count: Count | None = None
    agreement: Agreement | None = None
    numbers: AgreementNumbers | None = None


@dataclass(frozen=True, kw_only=True)
class ItemResult:
    """One item: self, every shown group, and how self remembers an earlier time."""

    item_id: Key
    self_figure: Figure | None
    groups: tuple[GroupFigure, ...]
    then_figure: Figure | None = None


@dataclass(frozen=True, kw_only=True)
class Others:
    """Everybody visible but self, put together; `low` to `high` is the 90 % range, in levels.

    `se` is the standard error, to two decimals, from the printed figures alone.
    """

    figure: Figure
    weighting: Weighting
    count: Count
    low: float | None
    high: float | None
    se: float | None = None


@dataclass(frozen=True, kw_only=True)
class CycleEvidence:
    """The one piece of evidence that a cycle gives on a competency.

    `value` in levels, `noise_variance` in squared levels. Both follow from the printed figures
    alone, so the evidence ledger can tell no more than the report.
    """

    value: float
    noise_variance: float
    n_raters: int


@dataclass(frozen=True, kw_only=True)
class SelfAndOthers:
    """How self compares; the gap in levels, missing when others are only known to be low."""

    gap: float | None
    category: Category
    quadrant: Quadrant


@dataclass(frozen=True, kw_only=True)
class Importance:
    """Who chose the competency as one that matters most; None where nobody was asked.

    `others` is a word for the share of all visible raters, never a count.
    """

    by_self: bool | None
    by_manager: bool | None
    others: Share | None = None


@dataclass(frozen=True, kw_only=True)
class CompetencyResult:
    """One competency: self, every shown group, others, and its items.

    `then_figure` is how self remembers an earlier time. It stands beside and is in nothing else.
    """

    competency_id: Key
    self_figure: Figure | None
    groups: tuple[GroupFigure, ...]
    others: Others | None
    comparison: SelfAndOthers | None
    evidence: CycleEvidence | None
    items: tuple[ItemResult, ...]
    importance: Importance | None = None
    then_figure: Figure | None = None


@dataclass(frozen=True, kw_only=True)
class CommentBlock:
    """The comments on one question from one group, in an order that says nothing."""

    question_id: Key
    group_name: str
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Release:
    """Everything that anybody will ever be shown of one subject's cycle.

    `derailers` are items that stand apart and count in no competency.
    """

    k: int
    scale: Scale
    groups: tuple[ShownGroup, ...]
    left_out: tuple[LeftOutGroup, ...]
    competencies: tuple[CompetencyResult, ...]
    comments: tuple[CommentBlock, ...]
    profile_agreement: float | None
    derailers: tuple[ItemResult, ...] = ()
