"""A competency on its card, and what lately happened."""

from __future__ import annotations

from dataclasses import replace

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import SponsorSees
from ldtrack.dashboards.pages.cards import card_of, cards_of
from ldtrack.dashboards.pages.news import news_of
from ldtrack.dashboards.pages.words import Target
from ldtrack.evidence.domain import Entry, SourceKind
from tests.unit.dashboards.makers import close, high, in_all, in_one, low, subject
from tests.unit.growth.makers import exposure, graded, passed

LEADER = Actor(organisation_id=1, account_id=1, person_id=1)
SPONSOR = Actor(organisation_id=1, account_id=2, person_id=2, sponsors=frozenset({1}))


def _of(entry: Entry, kind: SourceKind, source_id: int, title: str) -> Entry:
    return replace(entry, source_kind=kind, source_id=source_id, title=title)


def test_a_card_says_level_range_sureness_and_target() -> None:
    card = card_of(in_one("Listening", graded(1, 0, 4.5, 0.05), high(2)))
    assert (card.tag_kind, card.tag_word) == ("met", "At target")
    assert card.level == "4.5"
    assert card.said == " (4.3 to 4.8), well established. Target 3."


def test_a_single_piece_is_labelled_and_draws_no_line() -> None:
    card = card_of(in_one("Coaching", close(1)))
    assert card.said.endswith(", from a single piece of evidence. Target 3.")
    assert card.line.has_trend is False


def test_nothing_observed_is_no_number() -> None:
    card = card_of(in_one("Finance", exposure(1, 0)))
    assert (card.level, card.said) == ("", "Nothing observed yet. Target 3.")
    assert (card.tag_kind, card.tag_word) == ("draft", "Not yet assessed")


def test_many_cards_draw_fewer_points_but_never_other_ends() -> None:
    long = in_one("Listening", *(graded(number, number * 3, 3.0) for number in range(1, 31)))
    few, many = cards_of([long] * 12), cards_of([long] * 13)
    assert len(few[0].line.points) == 31
    assert len(many[0].line.points) == 10
    assert (many[0].line.points[0], many[0].line.points[-1]) == (
        few[0].line.points[0],
        few[0].line.points[-1],
    )


def test_without_a_target_there_is_no_verdict() -> None:
    card = card_of(in_one("Drawing", low(1), target=None))
    assert (card.tag_kind, card.tag_word) == ("open", "No target")


def test_one_experience_is_one_line_however_many_competencies_it_moved() -> None:
    news = news_of(
        in_all(
            *(
                in_one(
                    name,
                    _of(graded(number, 90, value), SourceKind.FEEDBACK_RELEASE, 7, "Autumn"),
                    number=number,
                )
                for number, (name, value) in enumerate(
                    (("Listening", 3.2), ("Coaching", 5.0), ("Planning", 1.5)), start=1
                )
            )
        ),
        subject(),
        LEADER,
    )
    assert [(item.what, item.title, item.moved) for item in news] == [
        ("360 feedback", "Autumn", "Coaching +1.6, Planning −1.2 and 1 other")
    ]
    assert news[0].target == Target(endpoint="feedback.report", values={"release_id": 7})


def test_what_is_older_than_sixty_days_is_no_news() -> None:
    listening = in_one(
        "Listening",
        _of(passed(1, 40, 3), SourceKind.MILESTONE, 1, "Too long ago"),
        _of(passed(2, 41, 3), SourceKind.MILESTONE, 2, "Ran the review"),
        _of(exposure(3, 60), SourceKind.COURSE_COMPLETION, 3, "Finance"),
    )
    news = news_of(in_all(listening), subject(), LEADER)
    assert [(item.what, item.title) for item in news] == [
        ("Course completed", "Finance"),
        ("Milestone met", "Ran the review"),
    ]


def test_a_sponsor_reads_only_titles_that_were_agreed() -> None:
    listening = in_one(
        "Listening",
        _of(graded(1, 80, 4.0), SourceKind.FEEDBACK_RELEASE, 1, "Secret 360"),
        _of(graded(2, 81, 4.0), SourceKind.ASSIGNMENT_OUTCOME, 2, "Turnaround"),
    )
    seen = subject(is_actor=False, agreed=frozenset({SponsorSees.LEVELS, SponsorSees.OUTCOMES}))
    news = news_of(in_all(listening), seen, SPONSOR)
    assert [(item.what, item.title) for item in news] == [
        ("Assignment outcome", "Turnaround"),
        ("360 feedback", ""),
    ]
