"""Makes the one release of a subject's cycle from submitted answers; nothing is stored here.

The order is: who counts, who is shown together, which figures pass the audit, how they are
printed, and only then totals, from what was printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.anonymity import Cell, plan_cells, raters_by_group
from ldtrack.feedback.domain.answers import Questionnaire, RaterAnswers, counted_raters
from ldtrack.feedback.domain.audit import Aggregate, audit
from ldtrack.feedback.domain.between_cycles import Neighbours
from ldtrack.feedback.domain.coarser import most_exact
from ldtrack.feedback.domain.comments import Comment, Order, arrange_comments
from ldtrack.feedback.domain.derailers import derailer_results
from ldtrack.feedback.domain.document import (
    CompetencyResult,
    LeftOutGroup,
    Release,
    ShownGroup,
)
from ldtrack.feedback.domain.figures import count_of
from ldtrack.feedback.domain.importance import chosen
from ldtrack.feedback.domain.printing import KNOWN_PERSON
from ldtrack.feedback.domain.results import ReleaseChoices, competency_result
from ldtrack.feedback.domain.self_others import profile_agreement


class WouldTell(RuleBroken):
    """Whatever were shown would tell what a few people answered, so nothing is."""


@dataclass(frozen=True, kw_only=True)
class PreparedRelease:
    """`release` is what people see; `shown` and `held` name raters and never leave the server.

    `shown` is the viewer history that a later release has to be audited against, with the `cells`
    that it showed together; `held` are the comments that only the coach may read, for a summary.
    """

    release: Release
    shown: tuple[Aggregate, ...]
    held: tuple[Comment, ...]
    cells: tuple[Cell, ...]


def build_release(
    questionnaire: Questionnaire,
    raters: Iterable[RaterAnswers],
    k: int,
    earlier: Sequence[Aggregate] = (),
    *,
    comments: Iterable[Comment] = (),
    order: Order = range,
    invited: Mapping[str, int] | None = None,
    choices: ReleaseChoices | None = None,
) -> Release:
    """The release alone; see `prepare_release`."""
    prepared = prepare_release(
        questionnaire,
        raters,
        k,
        earlier,
        comments=comments,
        order=order,
        invited=invited,
        choices=choices,
    )
    return prepared.release


def prepare_release(
    questionnaire: Questionnaire,
    raters: Iterable[RaterAnswers],
    k: int,
    earlier: Sequence[Aggregate] = (),
    *,
    comments: Iterable[Comment] = (),
    order: Order = range,
    invited: Mapping[str, int] | None = None,
    ever_asked: Mapping[str, int] | None = None,
    choices: ReleaseChoices | None = None,
    neighbours: Neighbours | None = None,
) -> PreparedRelease:
    """Compute, audit and print everything that will be shown of one subject's cycle.

    `earlier` holds the `shown` of earlier releases of the same cycle, `neighbours` what reports of
    other cycles show. `invited` says how many
    were asked per group; it also decides whether a manager was the only one. `ever_asked` is
    printed in its place where somebody was replaced, so that the number does not tell whether they
    had answered. `order` draws a fresh permutation for comments; the default keeps them
    alphabetical. Raises RuleBroken for answers that do not fit the questionnaire, and WouldTell
    if the last check says no.
    """
    choices = choices or ReleaseChoices()
    everybody = tuple(raters)
    counted = counted_raters(questionnaire, everybody)
    asked = _asked(questionnaire, everybody, invited or {})
    plan = plan_cells(questionnaire.groups, raters_by_group(counted), k, asked)
    if neighbours is not None:
        plan = most_exact(questionnaire, counted, plan, earlier, neighbours)
    importance = chosen(counted, plan, earlier, neighbours)
    results: list[CompetencyResult] = []
    shown: list[Aggregate] = list(importance.shown)
    for competency in questionnaire.competencies:
        result, figures = competency_result(
            competency, counted, plan, questionnaire, earlier, choices, importance, neighbours
        )
        results.append(result)
        shown += figures
    derailers, figures = derailer_results(questionnaire, counted, plan, earlier, neighbours)
    shown += figures
    arranged = arrange_comments(comments, plan, order, earlier)
    shown += arranged.shown
    if not audit(shown, k).passed:
        raise WouldTell("release", "These results would tell what a few people answered.")
    release = Release(
        k=k,
        scale=questionnaire.scale,
        groups=tuple(
            _shown_group(cell, questionnaire, ever_asked or invited) for cell in plan.cells
        ),
        left_out=tuple(
            LeftOutGroup(
                name=group.name, reason=group.reason, text=group.reason.sentence(group.floor)
            )
            for group in plan.hidden
        ),
        competencies=tuple(results),
        comments=arranged.blocks,
        profile_agreement=_profile(results),
        derailers=derailers,
    )
    return PreparedRelease(
        release=release, shown=tuple(shown), held=arranged.held, cells=plan.cells
    )


def _asked(
    questionnaire: Questionnaire, raters: Iterable[RaterAnswers], invited: Mapping[str, int]
) -> dict[str, int]:
    """How many were asked per group: never fewer than have begun, whatever they answered."""
    begun = raters_by_group(raters)
    return {
        group.key: max(len(begun.get(group.key, ())), invited.get(group.key, 0))
        for group in questionnaire.groups
    }


def _shown_group(
    cell: Cell, questionnaire: Questionnaire, invited: Mapping[str, int] | None
) -> ShownGroup:
    asked = None if invited is None else sum(invited.get(key, 0) for key in cell.group_keys)
    names = {group.key: group.name for group in questionnaire.groups}
    return ShownGroup(
        key=cell.key,
        name=cell.name,
        group_names=tuple(names[key] for key in cell.group_keys),
        exempt=cell.exempt,
        count=KNOWN_PERSON if cell.exempt else count_of(len(cell.raters), cell.floor, asked),
    )


def _profile(results: Iterable[CompetencyResult]) -> float | None:
    figures = [(r.self_figure, r.others.figure) for r in results if r.self_figure and r.others]
    return profile_agreement(
        [
            (own.value, other.value)
            for own, other in figures
            if own.value is not None and other.value is not None
        ]
    )
