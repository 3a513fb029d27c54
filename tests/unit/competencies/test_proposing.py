"""What became of a competency is proposed from identifiers first and from words after that."""

from __future__ import annotations

from ldtrack.competencies.domain import (
    CompetencyRow,
    Crosswalk,
    Edition,
    IndicatorRow,
    Relation,
    open_proposals,
    propose,
)
from tests.unit.competencies.editions import competency, edition, indicator

Row = tuple[CompetencyRow, tuple[IndicatorRow, ...]]

TALKS = (
    indicator("Listens with care before answering"),
    indicator("Asks open questions"),
    indicator("Presents complex matters plainly", level=2),
    indicator("Holds the attention of a large room", level=2),
)


def _said(before: Edition, after: Edition) -> list[tuple[int, Relation, tuple[int, ...]]]:
    found = propose(before, after)
    return [(each.competency_id, each.relation, each.after_ids) for each in found]


def test_an_edition_goes_on_as_its_copy_whatever_was_reworded() -> None:
    before = edition((competency("coaching"), ()), (competency("strategy", id_=2), ()))
    after = edition(
        (competency("strategy", id_=12), ()),
        (competency("coaching", id_=11, name="Helping others grow", definition="Anew."), ()),
    )
    assert _said(before, after) == [
        (1, Relation.SAME, (11,)),
        (2, Relation.SAME, (12,)),
    ]
    assert [each.reason for each in propose(before, after)] == [
        "The identifier is the same; it was called “Coaching”.",
        "The identifier is the same.",
    ]


def test_an_address_or_a_code_that_was_kept_tells_as_much_as_a_key() -> None:
    before = edition((competency("a", uri="urn:one"), ()), (competency("b", id_=2, code="B-7"), ()))
    after = edition(
        (competency("x", id_=11, uri="urn:one"), ()),
        (competency("y", id_=12, code="B-7"), ()),
    )
    assert [each.reason[:24] for each in propose(before, after)] == [
        "The address is the same;",
        "The code is the same; it",
    ]


def test_a_code_that_two_share_marks_neither() -> None:
    before = edition((competency("a", code="1"), ()), (competency("b", id_=2, code="1"), ()))
    after = edition((competency("x", id_=11, code="1", definition="Else entirely."), ()))
    assert _said(before, after) == [
        (1, Relation.RETIRED, ()),
        (2, Relation.RETIRED, ()),
        (11, Relation.NEW, (11,)),
    ]


def test_without_identifiers_the_name_and_then_the_likest_words_pair() -> None:
    before = edition(
        (competency("a", name="Coaching  others"), ()),
        (competency("b", id_=2, name="Thinking ahead", definition="Sees what comes early"), ()),
    )
    after = edition(
        (competency("x", id_=11, name="Thinking far ahead", definition="Sees what comes"), ()),
        (competency("y", id_=12, name="coaching others", definition="Another."), ()),
    )
    assert _said(before, after) == [(1, Relation.SAME, (12,)), (2, Relation.SAME, (11,))]
    assert propose(before, after)[1].reason == "67% of the words are the same."


def test_behaviours_that_moved_to_a_second_competency_make_a_split() -> None:
    before = edition((competency("communicating"), TALKS))
    after = edition(
        (competency("communicating", id_=11, name="Listening"), TALKS[:2]),
        (competency("presenting", id_=12), TALKS[2:]),
    )
    assert _said(before, after) == [(1, Relation.SPLIT, (11, 12))]
    assert propose(before, after)[0].reason == (
        "The identifier is the same; it was called “Communicating”. "
        "100% of “Presenting” was in “Communicating”."
    )


def test_behaviours_that_came_together_make_a_merger() -> None:
    before = edition(
        (competency("listening"), TALKS[:2]), (competency("presenting", id_=2), TALKS[2:])
    )
    after = edition((competency("presenting", id_=11, name="Communicating"), TALKS))
    assert _said(before, after) == [(1, Relation.MERGED, (11,)), (2, Relation.MERGED, (11,))]
    assert propose(before, after)[0].reason == "100% of it is in “Communicating” now."


def test_what_is_like_nothing_is_retired_or_new() -> None:
    before = edition((competency("fax", name="Sending faxes", definition="By wire."), ()))
    after = edition((competency("data", id_=11, name="Reading data", definition="Figures."), ()))
    assert [(each.relation, each.reason) for each in propose(before, after)] == [
        (Relation.RETIRED, "Nothing in the later edition is like it."),
        (Relation.NEW, "Nothing in the earlier edition is like it."),
    ]


def test_between_equals_the_order_of_the_editions_decides() -> None:
    twin = {"name": "Leading", "definition": "Leads people well."}
    before = edition(
        (competency("a", name="Leading teams", definition=twin["definition"]), ()),
        (competency("b", id_=2, name="Leading teams", definition=twin["definition"]), ()),
    )
    after = edition((competency("x", id_=11, **twin), ()), (competency("y", id_=12, **twin), ()))
    assert _said(before, after) == [(1, Relation.SAME, (11,)), (2, Relation.SAME, (12,))]
    assert propose(before, after) == propose(before, after)


def test_what_a_person_decided_is_proposed_no_more_and_may_leave_something_new_behind() -> None:
    before = edition((competency("coaching"), ()), (competency("strategy", id_=2), ()))
    after = edition((competency("coaching", id_=11), ()), (competency("strategy", id_=12), ()))
    walk = Crosswalk(
        id=1,
        before_id=1,
        after_id=2,
        before="1",
        after="2",
        successors={1: ()},
        new=frozenset(),
        levels=None,
    )
    assert [
        (each.competency_id, each.relation) for each in open_proposals(walk, before, after)
    ] == [(2, Relation.SAME), (11, Relation.NEW)]
    said = open_proposals(walk, before, after)[1].reason
    assert said == "What it seemed to come from was decided otherwise."
