"""How many have answered, told so that nobody learns who where nobody may."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ldtrack.feedback.domain.turnout import NOT_TOLD, Count, rates, so_far

COUNTS = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(
    lambda drawn: Count(asked=max(drawn), answered=min(drawn))
)
GROUPS = st.dictionaries(st.sampled_from("abcdefg"), COUNTS, max_size=7)


def test_where_hr_sees_who_has_answered_every_count_is_exact() -> None:
    counts = {"Manager": Count(asked=1, answered=1), "Peers": Count(asked=4, answered=0)}
    assert [rate.said for rate in rates(counts, exact=True, k=3)] == ["1 of 1", "0 of 4"]


def test_otherwise_nobody_and_everybody_are_never_told() -> None:
    assert so_far(Count(asked=20, answered=0), exact=False, k=3) == "10 % or fewer of 20"
    assert so_far(Count(asked=20, answered=20), exact=False, k=3) == "90 % or more of 20"
    assert so_far(Count(asked=20, answered=9), exact=False, k=3) == "about 40 % of 20"
    assert so_far(Count(asked=2, answered=1), exact=False, k=3) == NOT_TOLD


def test_a_group_nobody_is_asked_in_has_no_line() -> None:
    assert rates({"Clients": Count(asked=0, answered=0)}, exact=False, k=3) == ()


def test_a_small_group_takes_another_with_it_so_that_it_is_not_what_is_missing() -> None:
    counts = {
        "Peers": Count(asked=5, answered=2),
        "Reports": Count(asked=4, answered=3),
        "Clients": Count(asked=2, answered=2),
    }
    said = {rate.name: rate.said for rate in rates(counts, exact=False, k=3)}
    assert said == {"Peers": "about 40 % of 5", "Reports": NOT_TOLD, "Clients": NOT_TOLD}


@given(GROUPS, st.integers(3, 10))
def test_what_is_left_out_is_nobody_or_at_least_k_people_or_everybody(
    counts: dict[str, Count], k: int
) -> None:
    told = rates(counts, exact=False, k=k)
    left_out = sum(rate.asked for rate in told if rate.said == NOT_TOLD)
    assert left_out == 0 or left_out >= k or left_out == sum(rate.asked for rate in told)
    assert all(rate.asked >= k for rate in told if rate.said != NOT_TOLD)


@given(GROUPS, st.integers(3, 10))
def test_one_answer_more_or_less_at_either_end_changes_no_word(
    counts: dict[str, Count], k: int
) -> None:
    nobody = {name: Count(asked=c.asked, answered=0) for name, c in counts.items()}
    for name, count in nobody.items():
        if count.asked >= 10:
            one = {**nobody, name: Count(asked=count.asked, answered=1)}
            assert rates(one, exact=False, k=k) == rates(nobody, exact=False, k=k)
