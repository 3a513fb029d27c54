"""What an entry of the ledger must and must not carry."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest

from ldtrack.core.errors import RuleBroken
from ldtrack.evidence.domain import Entry, EvidenceForm, SourceKind, refuse_future


def entry(form: EvidenceForm, **numbers: Any) -> Entry:
    return Entry(
        entry_id=1,
        person_id=2,
        competency_id=3,
        source_kind=SourceKind.COACH_RATING,
        source_id=4,
        form=form,
        observed_on=date(2026, 3, 1),
        recorded_at=None,
        title="Rating in session 4",
        author=None,
        **numbers,
    )


def broken_field(form: EvidenceForm, **numbers: Any) -> str:
    with pytest.raises(RuleBroken) as caught:
        entry(form, **numbers)
    return caught.value.field


def test_a_graded_entry_needs_a_value_and_a_noise() -> None:
    assert entry(EvidenceForm.GRADED, value=3.5, noise_variance=0.25).value == 3.5
    assert broken_field(EvidenceForm.GRADED, noise_variance=0.25) == "value"
    assert broken_field(EvidenceForm.GRADED, value=3.5) == "noise_variance"


@pytest.mark.parametrize("form", [EvidenceForm.PASSED, EvidenceForm.FAILED])
def test_a_pass_or_fail_needs_a_level_and_a_noise(form: EvidenceForm) -> None:
    assert entry(form, level=3, noise_variance=0.36).level == 3
    assert broken_field(form, noise_variance=0.36) == "level"
    assert broken_field(form, level=3) == "noise_variance"
    assert broken_field(form, level=3, value=3, noise_variance=0.36) == "value"


@pytest.mark.parametrize("form", [EvidenceForm.EXPOSURE, EvidenceForm.WITHDRAWN])
def test_what_moves_nothing_carries_no_numbers(form: EvidenceForm) -> None:
    assert entry(form).value is None
    assert broken_field(form, value=3.0) == "value"
    assert broken_field(form, level=3.0) == "level"
    assert broken_field(form, noise_variance=0.25) == "noise_variance"


@pytest.mark.parametrize("noise", [0.0, -0.1, math.inf, math.nan])
def test_a_noise_that_is_not_positive_and_finite_is_refused(noise: float) -> None:
    assert broken_field(EvidenceForm.GRADED, value=3.0, noise_variance=noise) == "noise_variance"


@pytest.mark.parametrize("value", [math.inf, math.nan])
def test_a_value_that_is_not_finite_is_refused(value: float) -> None:
    assert broken_field(EvidenceForm.GRADED, value=value, noise_variance=0.25) == "value"


def test_an_observation_dated_after_today_is_refused() -> None:
    refuse_future(date(2026, 3, 1), today=date(2026, 3, 1))
    with pytest.raises(RuleBroken, match="not in the future"):
        refuse_future(date(2026, 3, 2), today=date(2026, 3, 1))


def test_only_graded_entries_passes_and_fails_move_a_level() -> None:
    moving = [form for form in EvidenceForm if form.moves_level]
    assert moving == [EvidenceForm.GRADED, EvidenceForm.PASSED, EvidenceForm.FAILED]


def test_every_form_and_source_has_its_own_words() -> None:
    assert len({form.label for form in EvidenceForm}) == len(EvidenceForm)
    assert len({kind.label for kind in SourceKind}) == len(SourceKind)
