"""How a cycle can be held, in which groups, and the sentences that tell it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.answers import RaterGroup
from ldtrack.feedback.domain.held import held
from ldtrack.feedback.domain.nominating import Approves, Nominates
from ldtrack.feedback.domain.quarters import quarter_of
from ldtrack.feedback.domain.rows import USUAL_GROUPS
from ldtrack.feedback.domain.settings import (
    Tightening,
    check_tighter,
    checked,
    checked_groups,
    key_for,
    reminders,
    settings_of,
    stored_groups,
    tightened,
)
from ldtrack.feedback.domain.timeline import Pace
from tests.unit.feedback.test_launch import CYCLE

AS_IT_IS = Tightening(k=3, tells_who_answered=True, kept_months=24, floors={})


def test_the_usual_settings_are_told_in_seven_sentences() -> None:
    assert held(CYCLE) == (
        "Everybody’s questionnaires open on one day.",
        "HR says who is asked.",
        "Coaches talk each report through before the leader has it.",
        "HR sees who has answered.",
        "No reminders are planned.",
        "Every rater group counts the same.",
        "Answers are kept for 24 months.",
    )


def test_every_setting_has_a_sentence_of_its_own() -> None:
    cycle = replace(
        CYCLE,
        pace=Pace.ROLLING,
        days=14,
        nominates=Nominates.LEADER,
        approves=Approves.COACH,
        nominate_until=date(2026, 11, 30),
        moderator="Hana Rossi",
        reminder_days=(7, 3, 1),
    )
    assert held(cycle)[:5] == (
        "Each leader starts when ready and has 14 days.",
        "Leaders propose whom to ask until 30 November 2026, and their coach agrees.",
        (
            "Hana Rossi reads comments first; then coaches talk each report through before the "
            "leader has it."
        ),
        "HR sees who has answered.",
        "Reminders go out 7, 3 and 1 days before the last day.",
    )
    assert held(replace(cycle, reminder_days=(1,)))[4] == (
        "Reminders go out 1 day before the last day."
    )


def test_settings_without_a_meaning_are_dropped() -> None:
    odd = replace(settings_of(CYCLE), days=14, approves=Approves.HR)
    assert checked(odd, CYCLE) == settings_of(CYCLE)


def test_what_stays_or_becomes_stricter_is_taken_and_what_becomes_weaker_is_not() -> None:
    check_tighter(CYCLE, AS_IT_IS)
    stricter = replace(AS_IT_IS, k=5, kept_months=1, floors={"peer": 6}, tells_who_answered=False)
    check_tighter(CYCLE, stricter)
    after = tightened(CYCLE, stricter)
    assert (after.k, after.kept_months, after.tells_who_answered) == (5, 1, False)
    assert [group.floor_over(after.k) for group in after.groups] == [5, 5, 6, 5, 5]
    for field, value in (("k", 4), ("kept_months", 2), ("tells_who_answered", True)):
        with pytest.raises(RuleBroken):
            check_tighter(after, replace(stricter, **{field: value}))  # type: ignore[arg-type]  # by name
    with pytest.raises(RuleBroken):
        check_tighter(after, replace(stricter, floors={"peer": 5}))


def test_a_new_group_has_a_key_of_its_own_and_an_old_one_keeps_it() -> None:
    renamed = replace(USUAL_GROUPS[2], name="Colleagues")
    groups = checked_groups((*USUAL_GROUPS[:2], renamed, RaterGroup(key="", name="Peer")))
    assert [group.key for group in groups] == ["self", "manager", "peer", "peer_2"]
    assert [RaterGroup(**kept) for kept in stored_groups(groups)] == list(groups)


@pytest.mark.parametrize(
    "groups",
    [
        USUAL_GROUPS[1:],
        (*USUAL_GROUPS, RaterGroup(key="", name="PEERS")),
        (*USUAL_GROUPS, RaterGroup(key="", name="Clients", floor=11)),
        (*USUAL_GROUPS, RaterGroup(key="", name="Clients", least=3, most=2)),
        (*USUAL_GROUPS, *(RaterGroup(key="", name=f"Group {n}") for n in range(8))),
    ],
)
def test_groups_that_cannot_be_are_refused(groups: tuple[RaterGroup, ...]) -> None:
    with pytest.raises(RuleBroken):
        checked_groups(groups)


def test_names_in_any_script_make_keys() -> None:
    assert key_for("Führungskräfte & Co.", set()) == "fuhrungskrafte_co"
    assert key_for("משוב", {"group", "group_2"}) == "group_3"


def test_reminders_are_sorted_and_at_most_five() -> None:
    assert reminders((2, 10, 2, 0)) == (10, 2, 0)
    with pytest.raises(RuleBroken):
        reminders(range(6))
    with pytest.raises(RuleBroken):
        reminders((-1,))


def test_quarters_end_on_their_last_day() -> None:
    assert quarter_of(date(2028, 2, 29)) == (date(2028, 1, 1), date(2028, 3, 31))
    assert quarter_of(date(2026, 12, 31)) == (date(2026, 10, 1), date(2026, 12, 31))
