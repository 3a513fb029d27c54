"""Things happen in the order of time, and nothing after the end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random

from ldtrack.demo.agenda import Agenda, office_hours
from ldtrack.demo.pick import Pick

END = datetime(2026, 11, 20, tzinfo=UTC)


def _note(seen: list[int], number: int, _now: datetime) -> None:
    seen.append(number)


def _nobody(_day: date) -> None:
    pass


def test_acts_happen_in_order_and_may_put_on_further_ones() -> None:
    agenda, seen = Agenda(END), list[str]()

    def first(now: datetime) -> None:
        seen.append("first")
        agenda.at(now + timedelta(days=1), lambda _: seen.append("put on by the first"))

    agenda.at(END - timedelta(days=3), lambda _: seen.append("third"))
    agenda.at(END - timedelta(days=9), first)
    agenda.play(_nobody)
    assert seen == ["first", "put on by the first", "third"]


def test_of_one_instant_what_was_put_on_first_comes_first() -> None:
    agenda, seen = Agenda(END), list[int]()
    for number in range(5):
        agenda.at(END, partial(_note, seen, number))
    agenda.play(_nobody)
    assert seen == [0, 1, 2, 3, 4]


def test_what_lies_after_the_end_does_not_happen() -> None:
    agenda, seen = Agenda(END), list[str]()
    agenda.at(END + timedelta(seconds=1), lambda _: seen.append("too late"))
    agenda.play(_nobody)
    assert seen == []


def test_it_says_when_a_month_begins() -> None:
    agenda, months = Agenda(END), list[date]()
    for days in (75, 74, 40, 39, 1):
        agenda.at(END - timedelta(days=days), lambda _: None)
    agenda.play(months.append)
    assert months == [date(2026, 9, 6), date(2026, 10, 11), date(2026, 11, 19)]


def test_nobody_works_at_the_weekend() -> None:
    saturday = date(2026, 11, 21)
    instants = [office_hours(Random(n), saturday) for n in range(20)]
    assert {instant.date() for instant in instants} == {date(2026, 11, 23)}
    assert {instant.hour for instant in instants} <= set(range(9, 17))


def test_no_sentence_comes_again_before_all_were_used() -> None:
    pick = Pick(Random(1), "abc")
    said = [pick() for _ in range(9)]
    assert [sorted(said[n : n + 3]) for n in (0, 3, 6)] == [["a", "b", "c"]] * 3
