"""Coaches in the order in which they suit a leader, with the reasons, and who is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ldtrack.coaching.domain.matching import CoachFacts, Refusal, Sought, in_order, match, spoken

SOUGHT = Sought(focus=("Listening", "Deciding", "Strategy"), language="German")
JAMAL = CoachFacts(
    person_id=1,
    name="Jamal Marques",
    best_at=frozenset({"Listening", "Strategy", "Negotiating"}),
    languages="English, German",
    places=4,
    taken=1,
    apart=3,
)


def test_a_coach_suits_by_the_weighted_mean_of_four_parts_and_each_is_told() -> None:
    found = match(JAMAL, SOUGHT)
    assert found.score == pytest.approx((4 * 2 / 3 + 3 * 1 + 2 * 3 / 4 + 1 * 1) / 10)
    assert found.reasons == (
        "coaches best Listening and Strategy",
        "speaks German",
        "3 of 4 places free",
        "works in another part of the organisation",
    )


def test_what_a_coach_has_not_said_is_left_out_and_is_no_zero() -> None:
    silent = match(replace(JAMAL, languages=""), SOUGHT)
    assert silent.score == pytest.approx((4 * 2 / 3 + 2 * 3 / 4 + 1 * 1) / 7)
    assert silent.reasons[1] == "has not said which languages they speak"
    unsaid = match(replace(JAMAL, best_at=frozenset()), SOUGHT)
    assert unsaid.score == pytest.approx((3 * 1 + 2 * 3 / 4 + 1 * 1) / 6)
    nowhere = match(replace(JAMAL, apart=None), SOUGHT)
    assert nowhere.score == pytest.approx((4 * 2 / 3 + 3 * 1 + 2 * 3 / 4) / 9)


def test_what_nobody_looked_for_counts_for_nobody() -> None:
    assert match(JAMAL, Sought()).score == pytest.approx((2 * 3 / 4 + 1 * 1) / 3)
    found = match(replace(JAMAL, places=None), Sought())
    assert found.score == 1.0
    assert found.why == (
        "Coaches best Listening, Negotiating and Strategy; speaks English, German; "
        "coaches 1 and takes more; works in another part of the organisation."
    )


@pytest.mark.parametrize(("apart", "counts"), [(0, 0.0), (1, 0.5), (2, 1.0), (7, 1.0)])
def test_a_coach_from_farther_away_is_more_independent(apart: int, counts: float) -> None:
    near = match(replace(JAMAL, apart=apart, places=None), Sought())
    assert near.score == pytest.approx((2 * 1 + 1 * counts) / 3)


@pytest.mark.parametrize(
    ("known", "refusal"),
    [
        ({"taken": 4}, Refusal.FULL),
        ({"places": 0, "taken": 0}, Refusal.FULL),
        ({"accreditation_ended": True}, Refusal.ENDED),
        ({"together": True}, Refusal.TOGETHER),
        ({"conflict": True, "taken": 4, "accreditation_ended": True}, Refusal.CONFLICT),
    ],
)
def test_whoever_is_full_not_accredited_or_in_conflict_is_not_offered(
    known: dict[str, int], refusal: Refusal
) -> None:
    one = replace(JAMAL, **known)  # type: ignore[arg-type]  # the tests name its fields
    assert one.refusal is refusal
    assert in_order([one], SOUGHT) == []


def test_the_best_comes_first_and_of_equals_whoever_coaches_fewer() -> None:
    other = replace(JAMAL, person_id=2, name="Ada Berg", languages="English")
    idle = replace(JAMAL, person_id=3, name="Zoe Zed", places=8, taken=2)
    assert [one.coach.name for one in in_order([other, idle, JAMAL], SOUGHT)] == [
        "Jamal Marques",
        "Zoe Zed",
        "Ada Berg",
    ]


def test_languages_are_read_from_a_line_as_people_write_it() -> None:
    assert spoken(" English; german/French and  Irish ") == {"english", "german", "french", "irish"}
    assert spoken("") == frozenset()
