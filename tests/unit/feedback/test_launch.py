"""What HR is told before a cycle opens."""

from __future__ import annotations

from collections import Counter
from datetime import date

from ldtrack.feedback.domain.launch import group_warnings, launch_problems
from ldtrack.feedback.domain.rows import USUAL_GROUPS, CycleRow, RaterRow, SubjectRow
from ldtrack.feedback.domain.timeline import CycleState, SubjectState

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


def test_a_rater_who_is_asked_by_many_is_named_with_requests_from_elsewhere() -> None:
    subjects = [subject(number) for number in range(1, 5)]
    raters = [rater(s.id, "peer", f"Peer{n}") for s in subjects for n in range(4)]
    raters += [rater(s.id, "manager", "Maya") for s in subjects]
    raters += [rater(s.id, "self", s.name) for s in subjects]
    found = launch_problems(CYCLE, subjects, raters, TODAY, ["maya@example.org"] * 2)
    assert [(p.stops, p.sentence) for p in found] == [
        (False, "Maya is asked for 6 questionnaires at once.")
    ]


def test_what_stops_the_cycle_comes_first() -> None:
    late = date(2026, 12, 5)
    found = launch_problems(CYCLE, [subject(1)], [rater(1, "self", "Leader 1")], late)
    assert [(p.stops, p.sentence) for p in found] == [
        (True, "The last day has passed: choose a later one."),
        (True, "Leader 1: nobody else is asked yet."),
    ]
