"""Whom a pathway's rule brings and whom it no longer matches, with the reason for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies.queries import competencies, scale
from ldtrack.growth.queries import rule_levels
from ldtrack.pathways.domain import Listed, Plan, Preview, Rule, VersionState
from ldtrack.pathways.queries import cohorts, cover, preview_of, rule_of
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import job_profiles, people_named, units
from ldtrack.ui.fields import Option

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """Somebody in one of the lists; `reasons` are the points that put them there."""

    person_id: int
    name: str
    reasons: tuple[str, ...]
    enrolment_id: int | None
    earlier: str


@dataclass(frozen=True, kw_only=True)
class RuleLists:
    """What carrying the rule out would do, and one page of each of its lists."""

    rule: Rule
    found: Preview
    come: list[RuleLine]
    go: list[RuleLine]
    again: list[RuleLine]
    page: int
    pages: int


@dataclass(frozen=True, kw_only=True)
class RulePage:
    """The rule of a pathway; `lists` is None while there is no rule."""

    plan: Plan
    lists: RuleLists | None

    @property
    def takes_people(self) -> bool:
        """Whether this version is the one that people come to."""
        return self.plan.state is VersionState.PUBLISHED


def rule_page(
    session: Session, actor: Actor, version_id: int, today: date, *, page: int
) -> RulePage:
    """The pathway's rule and whom it is about, else `NotVisible`."""
    plan = cover(session, actor, version_id)
    rule = rule_of(session, actor, plan.pathway_id)
    lists = None if rule is None else lists_of(session, actor, rule, today, page=page)
    return RulePage(plan=plan, lists=lists)


def lists_of(
    session: Session, actor: Actor, rule: Rule, today: date, *, page: int = 1
) -> RuleLists:
    """Whom a rule is about, whether it is stored or only tried."""
    levels = rule_levels(session, actor, rule.gaps, today)
    found = preview_of(session, actor, rule, levels)
    shown = [each[(page - 1) * PAGE : page * PAGE] for each in (found.come, found.go, found.again)]
    names = people_named(session, [each.person_id for listed in shown for each in listed])
    come, go, again = ([_line(each, names) for each in listed] for listed in shown)
    longest = max(len(found.come), len(found.go), len(found.again))
    return RuleLists(
        rule=rule,
        found=found,
        come=come,
        go=go,
        again=again,
        page=page,
        pages=max(1, ceil(longest / PAGE)),
    )


def _line(each: Listed, names: Mapping[int, PersonRow]) -> RuleLine:
    return RuleLine(
        person_id=each.person_id,
        name=names[each.person_id].name,
        reasons=_reasons(each),
        enrolment_id=each.before.enrolment_id if each.before else None,
        earlier=each.before.state.label if each.before else "",
    )


def _reasons(each: Listed) -> tuple[str, ...]:
    """For those who match every point, for those who do not the points that fail."""
    failing = tuple(point.words for point in each.points if not point.holds)
    return failing or tuple(point.words for point in each.points)


@dataclass(frozen=True, kw_only=True)
class RuleOptions:
    """What the form of a rule offers to choose among."""

    units: list[Option]
    jobs: list[Option]
    cohorts: list[Option]
    competencies: list[Option]
    levels: list[Option]


def rule_options(session: Session, plan: Plan) -> RuleOptions:
    """Units, jobs, cohorts, and the competencies and levels of the pathway's framework."""
    rows = competencies(session, plan.framework_version_id)
    levels = scale(session, plan.framework_version_id).levels
    return RuleOptions(
        units=[Option(id=unit_id, label=name) for unit_id, name in units(session)],
        jobs=[Option(id=job, label=job) for job in job_profiles(session)],
        cohorts=[Option(id=row.id, label=row.name) for row in cohorts(session)],
        competencies=[Option(id=row.id, label=row.name, group=row.domain) for row in rows],
        levels=[
            Option(id=str(level.value), label=f"{level.value} · {level.label}") for level in levels
        ],
    )
