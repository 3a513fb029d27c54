"""An edition is published when every level and every competency says what it means."""

from __future__ import annotations

from ldtrack.competencies.domain import Gap, gaps
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
