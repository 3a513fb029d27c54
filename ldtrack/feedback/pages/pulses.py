"""Pages of pulses: HR's list, one pulse with its result, and results side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.feedback.domain.anonymity import meets_floor
from ldtrack.feedback.domain.figures import count_of
from ldtrack.feedback.domain.pulses.promise import pulse_promise
from ldtrack.feedback.domain.pulses.result import PulseResult
from ldtrack.feedback.domain.pulses.rows import InvitedRow, PulseRow, PulseState
from ldtrack.feedback.queries import pulses as queries


@dataclass(frozen=True, kw_only=True)
class PulseLine:
    """A pulse in HR's list; `answered` in words while it is open."""

    pulse: PulseRow
    answered: str


@dataclass(frozen=True, kw_only=True)
class SeriesRow:
    """One statement with its figure in each pulse of the series; "–" where it has none."""

    text: str
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Series:
    """Closed pulses of the same people side by side, as far as figures may stand together."""

    closed_on: tuple[date, ...]
    rows: tuple[SeriesRow, ...]


@dataclass(frozen=True, kw_only=True)
class PulsePage:
    """One pulse as HR sees it; there is a result only after its close."""

    pulse: PulseRow
    invited: tuple[InvitedRow, ...]
    answered: str
    promised: tuple[str, ...]
    result: PulseResult | None
    series: Series | None
    today: date

    @property
    def is_draft(self) -> bool:
        """Whether nobody was asked yet."""
        return self.pulse.state is PulseState.DRAFT

    @property
    def may_open(self) -> bool:
        """Whether enough people are asked for anything to be shown."""
        return self.is_draft and meets_floor(len(self.invited), self.pulse.k)

    @property
    def is_tight(self) -> bool:
        """Whether one person who does not answer leaves nothing to be shown."""
        return self.is_draft and len(self.invited) == self.pulse.k


@dataclass(frozen=True, kw_only=True)
class ResultPage:
    """The result as those who were asked see it."""

    pulse: PulseRow
    result: PulseResult
    series: Series | None


def pulse_lines(session: Session, actor: Actor) -> list[PulseLine]:
    """Every trust pulse with how far it is."""
    answered = queries.how_many_answered(session, actor)
    return [
        PulseLine(pulse=pulse, answered=answered_in_words(pulse, answered.get(pulse.id, 0)))
        for pulse in queries.pulses(session, actor)
    ]


def pulse_page(
    session: Session, actor: Actor, pulse_id: int, *, rater_key: str, today: date
) -> PulsePage:
    """One trust pulse."""
    pulse = queries.pulse(session, actor, pulse_id)
    answered = queries.how_many_answered(session, actor).get(pulse_id, 0)
    result = queries.outcome(session, actor, pulse_id).result if pulse.has_result else None
    return PulsePage(
        pulse=pulse,
        invited=queries.invited(session, actor, pulse_id, rater_key=rater_key),
        answered=answered_in_words(pulse, answered),
        promised=pulse_promise(pulse),
        result=result,
        series=_series(session, actor, pulse) if result else None,
        today=today,
    )


def result_page(session: Session, actor: Actor, pulse_id: int) -> ResultPage | None:
    """The result for those who were asked; None while it is being made."""
    found = queries.outcome(session, actor, pulse_id)
    if found.result is None:
        return None
    return ResultPage(
        pulse=found.pulse,
        result=found.result,
        series=_series(session, actor, found.pulse),
    )


def answered_in_words(pulse: PulseRow, n: int) -> str:
    """How many have answered, no finer than the result will say it."""
    if pulse.state is not PulseState.OPEN:
        return ""
    if not meets_floor(n, pulse.k):
        return f"fewer than {pulse.k} of {pulse.n_invited}"
    return count_of(n, pulse.k, pulse.n_invited).words


def _series(session: Session, actor: Actor, pulse: PulseRow) -> Series | None:
    found = [
        (one.pulse.closed_on, one.result)
        for one in queries.series(session, actor, pulse.series_id)
        if one.pulse.closed_on is not None and one.result is not None and one.result.lines
    ]
    if len(found) < 2:
        return None
    return Series(
        closed_on=tuple(day for day, _ in found),
        rows=(
            *(
                SeriesRow(text=text, cells=tuple(_cell(result, text) for _, result in found))
                for text in dict.fromkeys(line.text for _, r in found for line in r.lines)
            ),
            *_bands([result for _, result in found]),
        ),
    )


def _cell(result: PulseResult, text: str) -> str:
    figure = result.figure_of(text)
    return "–" if figure is None or figure.reason is not None else figure.text


def _bands(results: list[PulseResult]) -> tuple[SeriesRow, ...]:
    if not any(result.band for result in results):
        return ()
    cells = tuple(result.band.value if result.band else "–" for result in results)
    return (SeriesRow(text="All statements together", cells=cells),)
