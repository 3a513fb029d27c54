"""The stored form of a release: complete, versioned, and without a trace of any rater."""

from __future__ import annotations

import json

import pytest

from ldtrack.feedback.domain.comments import Comment
from ldtrack.feedback.domain.release import build_release
from ldtrack.feedback.domain.release_json import from_dict, to_dict
from tests.unit.feedback.makers import form, raters

UNMISTAKABLE = 987_650_000
SAID = [
    *raters("self", UNMISTAKABLE, (4, 4)),
    *raters("manager", UNMISTAKABLE + 1, (3, None)),
    *raters("peer", UNMISTAKABLE + 10, (4, 3), (5, 4), (3, 4), (4, 4), (2, 5)),
    *raters("direct", UNMISTAKABLE + 20, (1, 1), (1, 1), (1, 2)),
    *raters("stakeholder", UNMISTAKABLE + 30, (5, 5)),
]
RELEASE = build_release(
    form({"listening": ["q1", "q2"]}),
    SAID,
    3,
    invited={"peer": 6, "direct": 4, "stakeholder": 2, "manager": 1},
    comments=[
        Comment(rater_key=UNMISTAKABLE + 10 + i, question_id="keep", text=f"thing {i}")
        for i in range(3)
    ],
)


def test_a_release_comes_back_from_json_as_it_was() -> None:
    assert from_dict(json.loads(json.dumps(to_dict(RELEASE)))) == RELEASE


def test_no_rater_key_is_stored() -> None:
    assert str(UNMISTAKABLE)[:5] not in json.dumps(to_dict(RELEASE))


def test_no_deviation_minimum_maximum_or_list_of_answers_is_stored() -> None:
    text = json.dumps(to_dict(RELEASE))
    assert not any(word in text for word in ('"sd"', '"min"', '"max"', '"scores"', '"answers"'))


def test_an_unknown_version_is_refused_and_not_guessed() -> None:
    with pytest.raises(ValueError, match="version 4"):
        from_dict({**to_dict(RELEASE), "version": 4})
