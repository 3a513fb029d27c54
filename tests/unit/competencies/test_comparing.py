"""Two editions are compared line by line, competency by key."""

from __future__ import annotations

from ldtrack.competencies.domain import Change, CompetencyChange, compare
from ldtrack.competencies.domain.comparing import Fate
from tests.unit.competencies.editions import competency, edition, indicator

ASKS, LISTENS = indicator("Asks."), indicator("Listens.")


def test_an_edition_does_not_differ_from_itself() -> None:
    same = edition((competency("coaching"), (ASKS,)))
    found = compare(same, same)
    assert (found.levels, found.competencies, found.same) == ((), (), 1)


def test_words_that_changed_stand_beside_each_other() -> None:
    before = edition((competency("coaching"), ()), (competency("strategy", id_=2), ()))
    after = edition(
        (competency("coaching", name="Coaching others", definition="Helps others learn."), ()),
        (competency("strategy", id_=2), ()),
    )
    found = compare(before, after)
    assert found.competencies == (
        CompetencyChange(
            name="Coaching others",
            fate=Fate.CHANGED,
            lines=(
                Change(what="Name", before="Coaching", after="Coaching others"),
                Change(
                    what="Definition",
                    before="What coaching means.",
                    after="Helps others learn.",
                ),
            ),
        ),
    )
    assert found.same == 1


def test_what_came_and_what_went_is_named_with_all_its_lines() -> None:
    before, after = edition((competency("coaching"), ())), edition((competency("strategy"), ()))
    assert [(one.name, one.fate) for one in compare(before, after).competencies] == [
        ("Strategy", Fate.NEW),
        ("Coaching", Fate.GONE),
    ]
    gone = compare(before, after).competencies[1]
    assert gone.lines[0] == Change(what="Name", before="Coaching", after="")


def test_a_reworded_behaviour_stands_beside_the_one_in_its_place_and_moving_is_no_difference() -> (
    None
):
    before = edition((competency("coaching"), (ASKS, LISTENS)))
    moved = edition((competency("coaching"), (LISTENS, ASKS)))
    assert compare(before, moved).competencies == ()
    reworded = edition(
        (competency("coaching"), (LISTENS, indicator("Asks openly.", ineffective="Tells.")))
    )
    assert compare(before, reworded).competencies[0].lines == (
        Change(what="At level 1", before="Asks.", after="Asks openly. And not: Tells."),
    )


def test_a_behaviour_at_another_level_went_here_and_came_there() -> None:
    before = edition((competency("coaching"), (ASKS,)))
    after = edition((competency("coaching"), (indicator("Asks.", level=2),)))
    assert compare(before, after).competencies[0].lines == (
        Change(what="At level 1", before="Asks.", after=""),
        Change(what="At level 2", before="", after="Asks."),
    )


def test_levels_are_compared_by_their_numbers() -> None:
    before, after = (
        edition(meanings=("Begins.", "Does.")),
        edition(meanings=("Begins.", "", "Leads.")),
    )
    assert compare(before, after).levels == (
        Change(what="Level 2", before="Word 2: Does.", after="Word 2"),
        Change(what="Level 3", before="", after="Word 3: Leads."),
    )
