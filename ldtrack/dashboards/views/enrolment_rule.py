"""The rule of a pathway: whom it is for, who comes and who goes, and carrying it out."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug import Response

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.dashboards.forms import EnrolThemForm, RuleForm
from ldtrack.dashboards.pages.enrolment_rule import lists_of, rule_options, rule_page
from ldtrack.dashboards.views import dashboards
from ldtrack.growth.queries import rule_levels
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import Levels, Plan, Rule
from ldtrack.ui.dates import count_of
from ldtrack.ui.lists import page_number
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

_AT = "/pathways/<id:version_id>/rule"


@dashboards.route(_AT, methods=["GET", "POST"])
@guard(Action.WRITE_ENROLMENT)
@commits
def enrolment_rule(version_id: int) -> Any:
    """Who comes and who goes; sent, those who come are enrolled."""
    session, actor, now = request_session(), current_actor(), clock().now()
    form = EnrolThemForm(data={"starts_on": now.date()})
    if form.validate_on_submit():
        plan, _, levels = _found(version_id)
        try:
            n = service.enrol_by_rule(
                session,
                actor,
                plan.pathway_id,
                levels,
                starts_on=form.starts_on.data,
                expected=_expected(),
                now=now,
            )
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        except Conflict as changed:
            form.refuse(None, changed.message)
        else:
            tell(f"{count_of(n, 'person is', 'people are')} enrolled.")
            return _back(version_id)
    page = rule_page(session, actor, version_id, now.date(), page=page_number())
    answer = render_template("dashboards/enrolment_rule.html", page=page, plan=page.plan, form=form)
    return answer, 422 if form.is_submitted() else 200


@dashboards.route(f"{_AT}/change", methods=["GET", "POST"])
@guard(Action.WRITE_ENROLMENT)
@commits
def change_rule(version_id: int) -> Any:
    """Say whom the pathway is for; one can look at who comes before it is kept."""
    session, actor, now = request_session(), current_actor(), clock().now()
    plan = queries.cover(session, actor, version_id)
    rule = queries.rule_of(session, actor, plan.pathway_id)
    form = _form(plan, rule)
    lists, code = None, 422 if form.is_submitted() else 200
    if form.validate_on_submit() and not form.is_doubted(
        "into_cohort", queries.cohort_meant(session, form.into_cohort.data)
    ):
        try:
            tried = service.checked_rule(session, actor, plan.pathway_id, form.command())
            if request.form.get("then") == "look":
                lists, code = lists_of(session, actor, tried, now.date()), 200
            else:
                service.write_rule(session, actor, plan.pathway_id, form.command(), now=now)
                tell("The rule is kept. Nobody is enrolled yet: look who comes, then say yes.")
                return _back(version_id)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
    page = render_template(
        "dashboards/change_rule.html",
        form=form,
        plan=plan,
        rule=rule,
        lists=lists,
        cohorts=form.cohort_id.options,
    )
    return page, code


@dashboards.post(f"{_AT}/end")
@guard(Action.WRITE_ENROLMENT)
@commits
def end_by_rule(version_id: int) -> Any:
    """End the enrolments of those who no longer match."""
    plan, _, levels = _found(version_id)
    n = service.end_by_rule(
        request_session(),
        current_actor(),
        plan.pathway_id,
        levels,
        expected=_expected(),
        now=clock().now(),
    )
    tell(f"{count_of(n, 'enrolment has', 'enrolments have')} ended. What they did stays theirs.")
    return _back(version_id)


@dashboards.post(f"{_AT}/keep/<id:enrolment_id>")
@guard(Action.WRITE_ENROLMENT)
@commits
def keep_on_pathway(version_id: int, enrolment_id: int) -> Any:
    """Let somebody stay, whatever the rule says."""
    session, actor = request_session(), current_actor()
    plan = queries.cover(session, actor, version_id)
    if queries.enrolment(session, actor, enrolment_id).pathway_id != plan.pathway_id:
        raise NotVisible
    service.keep_on(session, actor, enrolment_id, now=clock().now())
    tell("They stay, whatever the rule says.")
    return _back(version_id)


@dashboards.post(f"{_AT}/every-night/<any(on, off):switch>")
@guard(Action.WRITE_ENROLMENT)
@commits
def run_rule_daily(version_id: int, switch: str) -> Any:
    """Have joiners enrolled every night, or no longer."""
    session, actor = request_session(), current_actor()
    plan = queries.cover(session, actor, version_id)
    on = switch == "on"
    service.run_daily(session, actor, plan.pathway_id, on=on, now=clock().now())
    tell(
        "Every night, whoever has come to match is enrolled. Nobody is ever taken off by itself."
        if on
        else "The rule waits for you now."
    )
    return _back(version_id)


@dashboards.post(f"{_AT}/remove")
@guard(Action.WRITE_ENROLMENT)
@commits
def remove_rule(version_id: int) -> Any:
    """Take the rule away."""
    session, actor = request_session(), current_actor()
    plan = queries.cover(session, actor, version_id)
    service.remove_rule(session, actor, plan.pathway_id, now=clock().now())
    tell("The rule is gone. Whoever it brought stays on the pathway.")
    return redirect(url_for("pathways.version", version_id=version_id), 303)


def _found(version_id: int) -> tuple[Plan, Rule, Levels]:
    """The version, its pathway's rule, and how people stand against its levels."""
    session, actor = request_session(), current_actor()
    plan = queries.cover(session, actor, version_id)
    rule = queries.rule_of(session, actor, plan.pathway_id)
    if rule is None:
        raise NotVisible
    return plan, rule, rule_levels(session, actor, rule.gaps, clock().today())


def _form(plan: Plan, rule: Rule | None) -> RuleForm:
    options = rule_options(request_session(), plan)
    form = RuleForm(data=RuleForm.written(rule) if rule else None)
    form.unit_id.options = options.units
    form.job_profiles.options = options.jobs
    form.cohort_id.options = options.cohorts
    form.offer(options.competencies, options.levels)
    return form


def _expected() -> int:
    """How many the person at the screen was shown; a number that nobody was shown fits nothing."""
    typed = request.form.get("n", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def _back(version_id: int) -> Response:
    return redirect(url_for("dashboards.enrolment_rule", version_id=version_id), 303)
