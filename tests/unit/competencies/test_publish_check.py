"""An edition is published when every level and every competency says what it means."""

from __future__ import annotations

from ldtrack.competencies.domain import Gap, gaps, thin_levels
from tests.unit.competencies.editions import competency, edition, indicator

LISTENS = (indicator("Listens."),)


def test_an_edition_that_says_everything_has_no_gap() -> None:
    assert gaps(edition((competency("coaching"), LISTENS))) == ()


def test_every_competency_that_cannot_be_seen_or_is_not_defined_is_named() -> None:
    found = gaps(
        edition(
            (competency("coaching", id_=1), ()),
            (competency("strategy", id_=2, definition=""), LISTENS),
        )
    )
    assert found == (
        Gap(sentence="Coaching has no behaviour by which it can be seen.", competency_id=1),
        Gap(sentence="Strategy does not say what it means.", competency_id=2),
    )


def test_a_level_without_a_meaning_is_named() -> None:
    found = gaps(edition((competency("coaching"), LISTENS), meanings=("Begins.", "")))
    assert found == (Gap(sentence="Level 2, Word 2 does not say what it means."),)


def test_an_empty_edition_cannot_be_published() -> None:
    assert gaps(edition()) == (Gap(sentence="There is no competency yet."),)


def test_levels_at_which_a_competency_is_not_described_are_named_and_hinder_nothing() -> None:
    thin = edition(
        (competency("coaching", id_=1), (indicator("Listens.", level=2),)),
        (competency("strategy", id_=2), (indicator("A.", level=1), indicator("B.", level=3))),
        (competency("finance", id_=3), tuple(indicator("C.", level=n) for n in (1, 2, 3))),
        meanings=("Begins.", "Does.", "Leads."),
    )
    assert gaps(thin) == ()
    assert thin_levels(thin) == (
        Gap(sentence="Coaching has no behaviour at levels 1 and 3.", competency_id=1),
        Gap(sentence="Strategy has no behaviour at level 2.", competency_id=2),
    )


def test_what_is_described_at_no_level_is_a_gap_and_no_thin_place_besides() -> None:
    nothing = edition((competency("coaching"), ()))
    assert len(gaps(nothing)) == 1
    assert thin_levels(nothing) == ()
