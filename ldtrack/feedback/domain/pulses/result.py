"""The result of a pulse as a document: made once, stored, and all that anybody is ever shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ldtrack.feedback.domain.figures import Count, Figure, Shown
from ldtrack.feedback.domain.reasons import Reason


class Band(StrEnum):
    """All statements together, where no single figure may stand beside those of an earlier pulse.

    The middle lies between 2.5 and 3.5.
    """

    LOW = "low"
    MIDDLE = "in the middle"
    HIGH = "high"


@dataclass(frozen=True, kw_only=True)
class StatementLine:
    """One statement and its figure, or the reason why there is none."""

    key: str
    text: str
    figure: Figure
    agreement: str = ""


@dataclass(frozen=True, kw_only=True)
class PulseResult:
    """Everything a page, a file or a mail may say about a pulse's answers.

    `sentence` reads the result or says why there is nothing to read; `texts` are what people
    wrote, in an order that says nothing.
    """

    k: int
    sentence: str
    count: Count | None = None
    lines: tuple[StatementLine, ...] = ()
    band: Band | None = None
    texts: tuple[str, ...] = ()
    nothing_written: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether there is any figure, band or text."""
        return bool(self.band or self.texts) or any(
            line.figure.shown is not Shown.HIDDEN for line in self.lines
        )

    def figure_of(self, text: str) -> Figure | None:
        """The figure of the statement that is worded so."""
        return next((line.figure for line in self.lines if line.text == text), None)


def result_to_dict(result: PulseResult) -> dict[str, Any]:
    """The result as JSON-ready values."""
    count = result.count
    return {
        "k": result.k,
        "sentence": result.sentence,
        "count": count and {"at_least": count.at_least, "exact": count.exact, "of": count.of},
        "lines": [
            {
                "key": line.key,
                "text": line.text,
                "shown": line.figure.shown.value,
                "figure": line.figure.text,
                "value": line.figure.value,
                "reason": line.figure.reason,
                "agreement": line.agreement,
            }
            for line in result.lines
        ],
        "band": result.band,
        "texts": list(result.texts),
        "nothing_written": result.nothing_written,
    }


def result_from_dict(stored: Mapping[str, Any]) -> PulseResult:
    """The result that `result_to_dict` wrote."""
    return PulseResult(
        k=stored["k"],
        sentence=stored["sentence"],
        count=Count(**stored["count"]) if stored["count"] else None,
        lines=tuple(_line(line) for line in stored["lines"]),
        band=Band(stored["band"]) if stored["band"] else None,
        texts=tuple(stored["texts"]),
        nothing_written=stored["nothing_written"],
    )


def _line(stored: Mapping[str, Any]) -> StatementLine:
    return StatementLine(
        key=stored["key"],
        text=stored["text"],
        figure=Figure(
            shown=Shown(stored["shown"]),
            text=stored["figure"],
            value=stored["value"],
            reason=Reason(stored["reason"]) if stored["reason"] else None,
        ),
        agreement=stored["agreement"],
    )
