"""What the result of a pulse shows, alone and beside earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from hypothesis import given as drawn
from hypothesis import strategies as st

from ldtrack.feedback.domain.alike import worded_alike
from ldtrack.feedback.domain.audit import Aggregate
from ldtrack.feedback.domain.elimination import reduced
from ldtrack.feedback.domain.figures import Shown
from ldtrack.feedback.domain.pulses.making import Figures, MadeResult, make_result
from ldtrack.feedback.domain.pulses.result import Band, result_from_dict, result_to_dict
from ldtrack.feedback.domain.pulses.rows import Given, PulseKind, PulseRow, PulseState, Statement
from ldtrack.feedback.domain.reasons import Reason

TEXTS = ("We talk openly.", "We keep our promises.")


def pulse(*, k: int = 3, question: str = "What would help?", n_invited: int = 8) -> PulseRow:
    return PulseRow(
        id=1,
        kind=PulseKind.TRUST,
        name="Working together",
        state=PulseState.CLOSED,
        k=k,
        opens_on=date(2026, 11, 1),
        closes_on=date(2026, 11, 10),
        closed_on=date(2026, 11, 10),
        shows_names=False,
        statements=tuple(Statement(key=f"s{n}", text=text) for n, text in enumerate(TEXTS, 1)),
        question=question,
        n_invited=n_invited,
    )


def same(score: int | None, words: str = "") -> Given:
    return Given(scores=dict.fromkeys(("s1", "s2"), score), words=words)


def made(
    answers: Sequence[Given], *, marks: str = "", earlier: Sequence[Figures] = (), k: int = 3
) -> MadeResult:
    return make_result(
        pulse(k=k),
        answers,
        order=lambda n: range(n)[::-1],
        marks=frozenset(marks),
        earlier=earlier,
    )


def test_means_have_one_decimal_and_counts_near_the_floor_are_not_exact() -> None:
    result = made([same(4), same(3), same(4), same(5)]).result
    assert [line.figure.text for line in result.lines] == ["4.0", "4.0"]
    assert result.count is not None
    assert result.count.words == "3 or more of 8"
    assert {line.agreement for line in result.lines} == {"raters agree"}


def test_below_the_floor_nothing_is_shown_to_anybody() -> None:
    result = made([same(4, "Marked"), same(3, "Marked too")]).result
    assert (result.lines, result.texts, result.count) == ((), (), None)
    assert result.sentence == "Fewer than 3 people answered, so nothing is shown to anybody."
    assert not result.is_shown


def test_the_floor_is_asked_for_each_statement() -> None:
    answers = [same(4), same(3), Given(scores={"s1": 4, "s2": None}), Given(scores={"s1": 5})]
    result = made(answers).result
    assert [line.figure.text for line in result.lines] == [
        "4.0",
        "Fewer than 3 people could answer this, so it is not shown.",
    ]


def test_a_low_mean_is_a_word_because_it_would_tell_every_answer() -> None:
    result = made([same(1), same(1), same(1)]).result
    assert [line.figure.text for line in result.lines] == ["low (1.5 or below)"] * 2


def test_words_need_as_many_writers_as_figures_and_come_in_another_order() -> None:
    two = made([same(4, "a"), same(4, "b"), same(4)]).result
    assert (two.texts, two.nothing_written) == (
        (),
        "Fewer than 3 people wrote something, so nobody reads it.",
    )
    three = made([same(4, "b"), same(4, " a "), same(4, "c"), same(4, "  ")]).result
    assert (three.texts, three.nothing_written) == (("c", "b", "a"), "")


def test_the_same_people_again_may_be_compared() -> None:
    first = made([same(4)] * 4, marks="abcd")
    second = made([same(3)] * 4, marks="abcd", earlier=[first.figures])
    assert [line.figure.text for line in second.result.lines] == ["3.0", "3.0"]


def test_one_joiner_leaves_a_band_and_no_figure() -> None:
    first = made([same(4)] * 3, marks="abc")
    second = made([*[same(4)] * 3, same(1)], marks="abcd", earlier=[first.figures])
    assert {line.figure.reason for line in second.result.lines} == {Reason.WOULD_REVEAL}
    assert second.result.band is Band.MIDDLE  # (3 * 4 + 1) / 4 = 3.25
    assert second.figures.shown == frozenset()


def test_one_leaver_leaves_a_band_and_three_who_left_do_not_matter() -> None:
    first = made([same(4)] * 6, marks="abcdef")
    one = made([same(4)] * 5, marks="abcde", earlier=[first.figures])
    three = made([same(4)] * 3, marks="abc", earlier=[first.figures])
    assert one.result.band is Band.HIGH
    assert [line.figure.text for line in three.result.lines] == ["4.0", "4.0"]


def test_what_was_shown_twice_counts_together() -> None:
    first = made([same(4)] * 6, marks="abcdef")
    second = made([same(4)] * 6, marks="defghi", earlier=[first.figures])
    assert all(line.figure.shown is Shown.NUMBER for line in second.result.lines)
    third = made([same(4)] * 4, marks="cdef", earlier=[first.figures, second.figures])
    assert third.result.band is Band.HIGH


def test_a_pulse_of_other_people_and_one_of_other_words_do_not_matter() -> None:
    others = made([same(4)] * 3, marks="xyz").figures
    other_words = Figures(
        marks=frozenset("abc"), shown=frozenset({"Else"}), complete=frozenset({"Else"})
    )
    result = made([same(4)] * 4, marks="abcd", earlier=[others, other_words]).result
    assert [line.figure.text for line in result.lines] == ["4.0", "4.0"]


def test_a_full_stop_less_does_not_make_another_statement() -> None:
    assert worded_alike("We talk openly.") == worded_alike("we  talk openly")
    before = Figures(
        marks=frozenset("abc"),
        shown=frozenset({"we talk OPENLY"}),
        complete=frozenset({"we talk OPENLY"}),
    )
    result = made([same(4)] * 4, marks="abcd", earlier=[before]).result
    assert [line.figure.reason for line in result.lines] == [Reason.WOULD_REVEAL, None]


def test_who_could_not_say_makes_a_statement_incomparable_for_those_who_answered_both() -> None:
    answers = [*[same(4)] * 4, Given(scores={"s1": 4, "s2": None})]
    first = made(answers, marks="abcde")
    second = made([same(4)] * 5, marks="abcde", earlier=[first.figures])
    assert [line.figure.reason for line in second.result.lines] == [None, Reason.WOULD_REVEAL]


def test_a_result_is_read_as_it_was_written() -> None:
    first = made([same(4)] * 3, marks="abc")
    for result in (
        made([same(4, "a"), same(1, "b"), same(3, "c")]).result,
        made([same(1)] * 4, marks="abcd", earlier=[first.figures]).result,
        made([same(4)]).result,
    ):
        assert result_from_dict(result_to_dict(result)) == result


@drawn(
    st.lists(st.sets(st.sampled_from("abcdefghij")), min_size=2, max_size=6),
    st.integers(min_value=3, max_value=4),
)
def test_no_arithmetic_on_a_series_of_pulses_leaves_fewer_than_the_floor(
    who: list[set[str]], k: int
) -> None:
    shown: list[Figures] = []
    for people in who:
        now = made([same(4)] * len(people), marks="".join(people), earlier=shown, k=k)
        shown.append(now.figures)
    rows = [
        {ord(mark): Fraction(1) for mark in one.marks} for one in shown if TEXTS[0] in one.shown
    ]
    for row in reduced(rows):
        assert len(row) >= k
    assert all(len(Aggregate.over("", list(row)).raters) >= k for row in rows)
