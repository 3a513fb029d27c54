"""What still has to be said before an edition can be published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ldtrack.competencies.domain.rows import Edition
from ldtrack.core.words import listed


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One thing that is missing, as a sentence, and the competency it is missing from if any."""

    sentence: str
    competency_id: int | None = None


def gaps(edition: Edition) -> tuple[Gap, ...]:
    """Everything that is missing, in the order of the edition; nothing if it can be published.

    People are placed on the levels and rated by the indicators, so a level without a meaning or a
    competency without an indicator would leave everybody to guess.
    """
    return (*_of_the_scale(edition), *_of_the_competencies(edition))


def thin_levels(edition: Edition) -> tuple[Gap, ...]:
    """Competencies that are described at some levels and not at all of them.

    They can be published: a framework may describe every second level. But where nothing is
    written, raters have nothing to go by.
    """
    return tuple(_of_the_levels(edition))


def _of_the_levels(edition: Edition) -> Iterator[Gap]:
    for row in edition.competencies:
        described = {indicator.level for indicator in edition.indicators.get(row.id, ())}
        missing = [
            str(level.value)
            for level in sorted(edition.scale.levels, key=lambda level: level.value)
            if level.value not in described
        ]
        if described and missing:
            at = f"level {missing[0]}" if len(missing) == 1 else f"levels {listed(missing)}"
            yield Gap(sentence=f"{row.name} has no behaviour at {at}.", competency_id=row.id)


def _of_the_scale(edition: Edition) -> Iterator[Gap]:
    for level in edition.scale.levels:
        if not level.meaning:
            words = edition.scale.words(level.value)
            yield Gap(sentence=f"L{words[1:]} does not say what it means.")


def _of_the_competencies(edition: Edition) -> Iterator[Gap]:
    if not edition.competencies:
        yield Gap(sentence="There is no competency yet.")
    for row in edition.competencies:
        if not row.definition:
            yield Gap(sentence=f"{row.name} does not say what it means.", competency_id=row.id)
        if not edition.indicators.get(row.id):
            yield Gap(
                sentence=f"{row.name} has no behaviour by which it can be seen.",
                competency_id=row.id,
            )
