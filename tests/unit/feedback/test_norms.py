"""Bands of what is usual: from how many, and for a reader who knows some of them."""

from __future__ import annotations

from datetime import date
from statistics import fmean

import pytest

from ldtrack.feedback.domain.norms import Norm, NormBand, OwnBand, Place, own_bands, own_norm, place

TODAY = date(2026, 11, 20)
LEVELS = [2.5, 3.0, 3.5, 4.0, 4.5] * 6
"""Thirty leaders; a quarter of them lie at 3.0 or below, three quarters at 4.0 or below."""


def norm(known: set[int], leaders: int = 30) -> Norm | None:
    bands = own_bands({n: {"listening": LEVELS[n % 30]} for n in range(leaders)})
    return own_norm(bands, known=known, population="Leaders here", as_of=TODAY)


def test_thirty_leaders_make_a_band_and_twenty_nine_do_not() -> None:
    assert norm(set(), 29) is None
    found = norm(set())
    assert found is not None
    assert found.bands == (
        NormBand(competency_id="listening", mean=fmean(LEVELS), low=3.0, high=4.0),
    )
    assert (found.n_leaders, found.as_of) == ("30 or more", TODAY)


def test_the_number_of_leaders_is_said_in_steps_of_five() -> None:
    found = norm(set(), 34)
    assert found is not None
    assert found.n_leaders == "30 or more"


@pytest.mark.parametrize(("known", "shown"), [(25, True), (26, False), (29, False), (30, True)])
def test_the_leaders_whom_a_reader_does_not_know_are_nobody_or_five(
    known: int, shown: bool
) -> None:
    assert (norm(set(range(known))) is not None) is shown


def test_a_competency_without_enough_leaders_has_no_band_of_its_own() -> None:
    printed: dict[int, dict[int | str, float]] = {n: {"listening": 3.0} for n in range(30)}
    printed[0]["deciding"] = 4.0
    assert [band.band.competency_id for band in own_bands(printed)] == ["listening"]


def test_the_least_number_behind_any_band_is_what_is_printed() -> None:
    bands = [
        OwnBand(
            band=NormBand(competency_id=name, mean=3, low=2, high=4), leaders=frozenset(range(n))
        )
        for name, n in (("listening", 52), ("deciding", 38))
    ]
    found = own_norm(bands, known=(), population="Leaders here", as_of=TODAY)
    assert found is not None
    assert found.n_leaders == "35 or more"
    assert found.band_of("deciding") is not None
    assert found.band_of("flying") is None


@pytest.mark.parametrize(
    ("level", "where"),
    [(2.9, Place.BELOW), (3.0, Place.WITHIN), (4.0, Place.WITHIN), (4.1, Place.ABOVE)],
)
def test_the_ends_belong_to_the_band(level: float, where: Place) -> None:
    band = NormBand(competency_id="listening", mean=3.5, low=3.0, high=4.0)
    assert place(level, band) is where
