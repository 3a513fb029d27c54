"""What HR is told before a cycle opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from ldtrack.feedback.domain.launch import Planned, group_warnings, in_lines, launch_problems
from ldtrack.feedback.domain.nominating import Approves, Nominates
from ldtrack.feedback.domain.rows import USUAL_GROUPS, CycleRow, RaterRow, SubjectRow
from ldtrack.feedback.domain.timeline import CycleState, Pace, SubjectState

TODAY = date(2026, 11, 20)
CYCLE = CycleRow(
    id=1,
    name="Autumn",
    state=CycleState.DRAFT,
    opens_on=TODAY,
    closes_on=date(2026, 12, 4),
    closed_on=None,
    k=3,
    groups=USUAL_GROUPS,
    framework_version_id=1,
    questionnaire_id=1,
    kept_months=24,
    n_statements=30,
)


def subject(number: int) -> SubjectRow:
    return SubjectRow(
        id=number,
        cycle_id=1,
        person_id=number,
        name=f"Leader {number}",
        coach_id=99,
        coach="Coach",
        state=SubjectState.DRAFT,
        released_on=None,
    )


def rater(subject_id: int, group: str, name: str) -> RaterRow:
    return RaterRow(
        invitation_id=1,
        subject_id=subject_id,
        person_id=None,
        name=name,
        email=f"{name}@example.org".lower(),
        group_key=group,
        sent_on=None,
    )


def test_who_is_missing_around_a_leader_is_named_before_the_leader_is_written_to() -> None:
    led = replace(CYCLE, nominates=Nominates.LEADER, coach_led=True)
    alone, held = replace(subject(1), coach_id=None), subject(2)

    def named(approves: Approves) -> list[tuple[str, bool]]:
        plan = Planned(
            cycle=replace(led, approves=approves),
            subjects=[alone, held],
            raters=[],
            today=TODAY,
            budget=8,
            no_manager=frozenset({1}),
        )
        return [(one.sentence, one.stops) for one in launch_problems(plan)]

    to_coach = "Leader 1: has no coach; the report goes to them as soon as it is made."
    assert named(Approves.MANAGER) == [
        ("Leader 1: has no line manager, who is to agree to the raters.", False),
        (to_coach, False),
    ]
    assert named(Approves.COACH) == [
        ("Leader 1: has no line manager who could be asked.", False),
        ("Leader 1: has no coach, who is to agree to the raters.", False),
    ]
    assert named(Approves.NOBODY) == [
        ("Leader 1: has no line manager who could be asked.", False),
        (to_coach, False),
    ]


def asked(**counts: int) -> tuple[str, ...]:
    return group_warnings(USUAL_GROUPS, Counter(counts), 3)


def test_groups_of_four_need_no_warning() -> None:
    assert asked(self=1, manager=1, peer=4, direct_report=4) == ()


def test_a_small_group_is_told_with_whom_it_is_shown() -> None:
    assert asked(self=1, manager=1, peer=5, direct_report=2) == (
        "Direct reports: 2 asked, fewer than 3, so they are shown together with Peers.",
    )
    assert asked(peer=5, direct_report=2, stakeholder=2) == (
        "Direct reports: 2 asked, fewer than 3, so they are shown together with Stakeholders.",
        "Stakeholders: 2 asked, fewer than 3, so they are shown together with Direct reports.",
    )


def test_raters_too_few_for_any_group_are_shown_nowhere() -> None:
    assert asked(self=1, manager=1, peer=2) == (
        "Peers: 2 asked, fewer than 3, so they are shown nowhere.",
    )


def test_a_second_manager_is_no_longer_shown_as_one_known_person() -> None:
    assert asked(manager=2, peer=4) == (
        "Manager: 2 asked, fewer than 3, so they are shown together with Peers.",
    )


def test_exactly_the_floor_is_one_absence_away_from_not_being_shown() -> None:
    assert asked(peer=3) == (
        "Peers: exactly 3 asked; if one does not answer, the others are not shown on their own.",
    )


def planned(
    *,
    cycle: CycleRow = CYCLE,
    subjects: Sequence[SubjectRow] = (),
    raters: Sequence[RaterRow] = (),
    today: date = TODAY,
    elsewhere: dict[str, int] | None = None,
    without_trust: int = 0,
) -> list[tuple[bool, str]]:
    """What the check says: whether it stops the cycle, and the sentence."""
    found = launch_problems(
        Planned(
            cycle=cycle,
            subjects=subjects,
            raters=raters,
            today=today,
            budget=8,
            elsewhere=elsewhere or {},
            without_trust=without_trust,
        )
    )
    return [(problem.stops, problem.sentence) for problem in found]


def usual_raters(subject_id: int) -> list[RaterRow]:
    return [
        rater(subject_id, "self", f"Leader {subject_id}"),
        rater(subject_id, "manager", f"Maya {subject_id}"),
        *(rater(subject_id, "peer", f"Peer {subject_id} {n}") for n in range(4)),
    ]


def test_a_cycle_with_enough_raters_has_no_problems() -> None:
    assert planned(subjects=[subject(1)], raters=usual_raters(1)) == []


def test_a_rater_over_the_budget_of_the_quarter_stops_it_with_requests_from_elsewhere() -> None:
    subjects = [subject(number) for number in range(1, 5)]
    raters = [one for s in subjects for one in usual_raters(s.id)]
    raters += [rater(s.id, "peer", "Petra") for s in subjects]
    assert planned(subjects=subjects, raters=raters, elsewhere={"petra@example.org": 4}) == []
    assert planned(subjects=subjects, raters=raters, elsewhere={"petra@example.org": 5}) == [
        (True, f"Petra would be asked for {4 + 5} questionnaires in this quarter; the limit is 8.")
    ]


def test_what_stops_the_cycle_comes_first() -> None:
    assert planned(
        subjects=[subject(1)],
        raters=[rater(1, "self", "Leader 1")],
        cycle=replace(CYCLE, n_statements=0),
        today=date(2026, 12, 5),
    ) == [
        (True, "The last day has passed: choose a later one."),
        (True, "The questionnaire has no statements."),
        (True, "Leader 1: nobody else is asked yet."),
    ]


def test_a_missing_manager_coach_and_own_view_are_told_but_stop_nothing() -> None:
    raters = [rater(1, "peer", f"Peer {n}") for n in range(4)]
    assert planned(subjects=[replace(subject(1), coach_id=None)], raters=raters) == [
        (
            False,
            "Leader 1: has no questionnaire of their own, so self and others cannot be compared.",
        ),
        (False, "Leader 1: no line manager is asked."),
        (False, "Leader 1: has no coach; the report goes to them as soon as it is made."),
    ]


def test_without_debriefs_no_coach_is_missed() -> None:
    cycle = replace(CYCLE, coach_led=False)
    subjects = [replace(subject(1), coach_id=None)]
    assert planned(cycle=cycle, subjects=subjects, raters=usual_raters(1)) == []


def test_groups_with_fewer_or_more_raters_than_wanted_are_named() -> None:
    groups = tuple(
        replace(group, least=5, most=6) if group.key == "peer" else group for group in USUAL_GROUPS
    )
    cycle = replace(CYCLE, groups=groups)
    raters = usual_raters(1)
    assert planned(cycle=cycle, subjects=[subject(1)], raters=raters) == [
        (False, "Leader 1: Peers: 4 asked, at least 5 are wanted.")
    ]
    raters += [rater(1, "peer", f"More {n}") for n in range(3)]
    assert planned(cycle=cycle, subjects=[subject(1)], raters=raters) == [
        (False, "Leader 1: Peers: 7 asked, at most 6 are wanted.")
    ]


def test_people_who_left_and_raters_without_an_address_stop_it() -> None:
    raters = usual_raters(1)
    raters[1] = replace(raters[1], left=True)
    raters[2] = replace(raters[2], email="")
    subjects = [subject(1), replace(subject(2), left=True)]
    assert planned(subjects=subjects, raters=raters) == [
        (True, "Leader 2: has left; take them out."),
        (True, "Maya 1, asked about Leader 1, has left."),
        (True, "Peer 1 0, asked about Leader 1, has no mail address."),
    ]


def test_a_moderator_who_left_stops_it() -> None:
    cycle = replace(CYCLE, moderator_id=7, moderator_left=True)
    assert planned(cycle=cycle, subjects=[subject(1)], raters=usual_raters(1)) == [
        (True, "Whoever was to read the comments first has left.")
    ]


def test_raters_that_are_not_settled_stop_a_cycle_that_opens_for_all_at_once() -> None:
    waiting = replace(subject(1), state=SubjectState.APPROVING)
    rolling = replace(CYCLE, pace=Pace.ROLLING, days=14)
    sentence = "Leader 1: their raters are proposed and wait for a yes."
    assert planned(subjects=[waiting], raters=usual_raters(1)) == [(True, sentence)]
    assert planned(cycle=rolling, subjects=[waiting], raters=usual_raters(1)) == [(False, sentence)]


def test_a_groups_first_360_wants_something_before_it_that_builds_trust_or_a_reason() -> None:
    here = partial(planned, subjects=[subject(1)], raters=usual_raters(1))
    wanted = (
        "For 3 people this is the first 360, and nothing that builds trust came before it: "
        "begin with a trust pulse, or say why not."
    )
    reason = "They met for two days in May."
    because = f"It begins without a trust pulse, because: {reason}"
    assert here(without_trust=2) == []
    assert here(without_trust=3) == [(False, wanted)]
    assert here(cycle=replace(CYCLE, begins_anyway=reason), without_trust=3) == [(False, because)]


def test_what_is_wrong_with_several_people_is_said_once() -> None:
    raters = [
        *(one for one in usual_raters(1) if one.group_key != "manager"),
        *(one for one in usual_raters(2) if one.group_key != "manager"),
        *(one for one in usual_raters(3) if one.group_key != "self"),
    ]
    here = Planned(
        cycle=CYCLE,
        subjects=[subject(1), subject(2), subject(3)],
        raters=raters,
        today=TODAY,
        budget=8,
    )
    alone = "Leader 3: has no questionnaire of their own, so self and others cannot be compared."
    assert [(line.sentence, line.people) for line in in_lines(launch_problems(here))] == [
        ("No line manager is asked.", ((1, "Leader 1"), (2, "Leader 2"))),
        (alone, ()),
    ]
