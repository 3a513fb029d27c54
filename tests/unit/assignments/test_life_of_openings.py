"""What may be done with an opening, and where that leads."""

from __future__ import annotations

import pytest

from ldtrack.assignments.domain import (
    BANDS,
    POSTING_LEADS_TO,
    PostingActKind,
    PostingState,
    Stretch,
    posting_may,
)


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        (PostingState.DRAFT, {PostingActKind.PROPOSED, PostingActKind.PUBLISHED}),
        (
            PostingState.PROPOSED,
            {
                PostingActKind.TAKEN_BACK,
                PostingActKind.SENT_BACK,
                PostingActKind.PUBLISHED,
                PostingActKind.CHANGED,
            },
        ),
        (PostingState.PUBLISHED, {PostingActKind.CHANGED, PostingActKind.CLOSED}),
        (PostingState.CLOSED, {PostingActKind.CHANGED, PostingActKind.REOPENED}),
    ],
)
def test_each_state_allows_these_acts_and_no_other(
    state: PostingState, acts: set[PostingActKind]
) -> None:
    assert {kind for kind in PostingActKind if posting_may(kind, state)} == acts


def test_nothing_that_was_published_is_hidden_again() -> None:
    hidden = {kind for kind, state in POSTING_LEADS_TO.items() if not state.is_public}
    assert not {kind for kind in hidden for state in PostingState if state.is_public} & {
        kind
        for kind in PostingActKind
        if posting_may(kind, PostingState.PUBLISHED) or posting_may(kind, PostingState.CLOSED)
    }


def test_every_score_is_in_the_band_whose_lowest_it_reaches() -> None:
    words = dict(BANDS)
    for score in range(21):
        stretch = Stretch(
            **dict(
                zip(
                    ("novelty", "stakes", "visibility", "boundary_crossing", "ambiguity"),
                    (min(4, max(0, score - 4 * place)) for place in range(5)),
                    strict=True,
                )
            )
        )
        above = [lowest for lowest in words.values() if lowest > words[stretch.band]]
        assert words[stretch.band] <= stretch.score == score < min([*above, 21])
