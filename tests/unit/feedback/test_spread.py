"""How requests lie over quarters, and which cycles could open later."""

from __future__ import annotations

from datetime import date

from ldtrack.feedback.domain.spread import Load, Move, PlannedCycle, moves, quarters

ANN, BEA, CAL = "ann@example.org", "bea@example.org", "cal@example.org"


def cycle(
    number: int, name: str, opens_on: date, *asks: str, may_move: bool = False
) -> PlannedCycle:
    return PlannedCycle(id=number, name=name, opens_on=opens_on, may_move=may_move, asks=asks)


AUTUMN = cycle(1, "Autumn", date(2026, 10, 5), ANN, ANN, BEA)


def test_a_quarter_counts_requests_and_names_only_whoever_is_asked_often() -> None:
    found = quarters([AUTUMN, cycle(2, "Late", date(2026, 12, 31), ANN, CAL)], budget=4)
    assert [(q.first, q.last, q.requests) for q in found] == [
        (date(2026, 10, 1), date(2026, 12, 31), 3 + 2)
    ]
    assert found[0].loads == (Load(address=ANN, requests=3, word="asked often this quarter"),)


def test_a_cycle_that_fits_stays_where_it_is() -> None:
    assert moves([AUTUMN, cycle(2, "B", date(2026, 11, 2), BEA, may_move=True)], budget=2) == ()


def test_a_cycle_that_does_not_fit_is_proposed_for_the_next_quarter_on_a_day_like_its_own() -> None:
    late = cycle(2, "B", date(2026, 12, 31), ANN, BEA, may_move=True)
    assert moves([AUTUMN, late], budget=2) == (
        Move(
            cycle_id=2,
            name="B",
            opens_on=date(2026, 12, 31),
            # The 92nd day of a quarter; the next one has only 90.
            to=date(2027, 3, 31),
            spared=1,
        ),
    )


def test_a_cycle_that_asks_somebody_too_often_by_itself_stays() -> None:
    greedy = cycle(2, "B", date(2026, 11, 2), ANN, ANN, ANN, may_move=True)
    assert moves([greedy], budget=2) == ()


def test_cycles_are_spread_one_after_the_other_whatever_their_order_in_the_list() -> None:
    second = cycle(2, "B", date(2026, 11, 2), ANN, ANN, may_move=True)
    third = cycle(3, "C", date(2026, 11, 2), ANN, ANN, may_move=True)
    expected = [("B", date(2027, 2, 2)), ("C", date(2027, 5, 3))]
    for listed in ([AUTUMN, second, third], [third, second, AUTUMN]):
        assert [(move.name, move.to) for move in moves(listed, budget=2)] == expected


def test_nothing_planned_is_no_quarter_and_no_move() -> None:
    assert (quarters([], budget=3), moves([], budget=3)) == ((), ())
