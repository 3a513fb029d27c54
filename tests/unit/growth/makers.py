"""Entries for the tests of growth: made by hand and drawn at random."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from ldtrack.evidence.domain import Entry, EvidenceForm, Scale, SourceKind
from ldtrack.growth.domain import FoldSettings, Prior, PriorOrigin, State, prior_of_scale

START = date(2026, 1, 1)
FIVE = Scale(1, 5)
USUAL = FoldSettings()
MIDDLE = prior_of_scale(FIVE, USUAL)


def day(number: int) -> date:
    return START + timedelta(days=number)


def starting(mean: float, variance: float, on: date | None = None) -> Prior:
    return Prior(state=State(mean=mean, variance=variance, on=on), origin=PriorOrigin.SCALE)


def entry(
    entry_id: int,
    on: int,
    form: EvidenceForm,
    *,
    value: float | None = None,
    level: float | None = None,
    noise: float | None = None,
    kind: SourceKind = SourceKind.COACH_RATING,
) -> Entry:
    return Entry(
        entry_id=entry_id,
        person_id=1,
        competency_id=1,
        source_kind=kind,
        source_id=entry_id,
        form=form,
        observed_on=day(on),
        recorded_at=None,
        title=f"Piece {entry_id}",
        author=None,
        value=value,
        level=level,
        noise_variance=noise,
    )


def graded(entry_id: int, on: int, value: float, noise: float = 0.25) -> Entry:
    return entry(entry_id, on, EvidenceForm.GRADED, value=value, noise=noise)


def passed(entry_id: int, on: int, level: float, noise: float = 0.36) -> Entry:
    return entry(entry_id, on, EvidenceForm.PASSED, level=level, noise=noise)


def failed(entry_id: int, on: int, level: float, noise: float = 0.36) -> Entry:
    return entry(entry_id, on, EvidenceForm.FAILED, level=level, noise=noise)


def exposure(entry_id: int, on: int) -> Entry:
    return entry(entry_id, on, EvidenceForm.EXPOSURE, kind=SourceKind.COURSE_COMPLETION)


def withdrawn(entry_id: int, on: int) -> Entry:
    return entry(entry_id, on, EvidenceForm.WITHDRAWN)


levels = st.floats(1, 5)
noises = st.floats(0.01, 4)
means = st.floats(1, 5)
variances = st.floats(0.005, 2)
states = st.builds(lambda mean, variance: State(mean=mean, variance=variance), means, variances)


@st.composite
def histories(draw: st.DrawFn, *, graded_only: bool = False, least: int = 0) -> list[Entry]:
    """Up to a dozen entries within two years, several of them on one day now and then."""
    makers = [graded] if graded_only else [graded, passed, failed]
    days = draw(st.lists(st.integers(0, 60).map(lambda n: n * 12), min_size=least, max_size=12))
    pieces = [
        draw(st.sampled_from(makers))(number, on, draw(levels), draw(noises))
        for number, on in enumerate(days)
    ]
    if graded_only:
        return pieces
    apart = draw(st.lists(st.sampled_from([exposure, withdrawn]), max_size=3))
    return pieces + [make(100 + number, 5 * number) for number, make in enumerate(apart)]
