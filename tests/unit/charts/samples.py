"""Charts that the tests draw."""

from __future__ import annotations

from datetime import date

from ldtrack.charts.series import (
    Absent,
    CompetencyRatings,
    Dumbbell,
    Estimate,
    EvidenceDot,
    LevelMeter,
    LevelPoint,
    LineBand,
    Mark,
    Mean,
    Portion,
    ProfileBars,
    ProgressPair,
    Scale,
    Source,
)

SCALE = Scale(words=("Aware", "Guided", "Capable", "Strong", "Leading"))

TRAJECTORY = LineBand(
    title="Coaching others",
    scale=SCALE,
    points=(
        LevelPoint(on=date(2025, 1, 15), level=2.4, low=1.7, high=3.1),
        LevelPoint(on=date(2025, 9, 1), level=3.0, low=2.5, high=3.5),
        LevelPoint(on=date(2026, 11, 2), level=3.4, low=3.0, high=3.8),
    ),
    target=3.5,
    marks=(Mark(on=date(2026, 2, 1), label="New framework"),),
    evidence=(
        EvidenceDot(on=date(2025, 1, 15), level=3.2, source=Source.FEEDBACK, label="Spring 360"),
        EvidenceDot(on=date(2025, 9, 1), level=3.6, source=Source.COACHING),
        EvidenceDot(on=date(2026, 11, 2), level=4, source=Source.COACHING, label="Milestone met"),
    ),
)
ONE_OBSERVATION = LineBand(
    title="Delegating",
    scale=SCALE,
    points=(LevelPoint(on=date(2025, 3, 3), level=3.2, low=2.5, high=3.9),),
    target=4,
)
NOTHING_YET = LineBand(title="Negotiating", scale=SCALE, points=(), target=3)

RATINGS = (
    CompetencyRatings(
        competency="Coaching others",
        own=4.4,
        manager=Mean(value=3.0, n_raters=1),
        others=Mean(value=2.9, n_raters=7),
        target=3.5,
        verdict="blind spot",
    ),
    CompetencyRatings(
        competency="Leading people",
        own=Absent.NOT_RATED,
        manager=Mean(value=3.5, n_raters=2),
        others=Absent.HIDDEN,
    ),
)
PROFILE = ProfileBars(title="Competency profile", scale=SCALE, competencies=RATINGS)
AWARENESS = Dumbbell(title="Self and others", scale=SCALE, competencies=RATINGS)

METER = LevelMeter(
    title="Coaching others",
    scale=SCALE,
    estimate=Estimate(level=3.56, low=3.21, high=3.92),
    target=4,
    sureness="fairly sure",
    verdict="not yet",
)
NOT_ASSESSED = LevelMeter(title="Delegating", scale=SCALE, estimate=Absent.NOT_ASSESSED)
PROGRESS = ProgressPair(
    title="Stage 2",
    done=Portion(count=4, of=9, noun="step"),
    shown=Portion(count=1, of=3, noun="target"),
)

EXPLORABLE = (TRAJECTORY, ONE_OBSERVATION, NOTHING_YET, PROFILE, AWARENESS)
ALL = (*EXPLORABLE, METER, NOT_ASSESSED, PROGRESS)
