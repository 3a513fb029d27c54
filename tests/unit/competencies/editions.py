"""A small edition to be varied."""

from __future__ import annotations

from ldtrack.competencies.domain import (
    CompetencyRow,
    DomainRow,
    Edition,
    IndicatorRow,
    Level,
    ScaleRow,
)


def competency(key: str, *, id_: int = 1, **change: str) -> CompetencyRow:
    """A competency of the one domain."""
    said = {"name": key.capitalize(), "definition": f"What {key} means.", "domain": "People"}
    return CompetencyRow(id=id_, key=key, domain_id=1, framework_version_id=1, **(said | change))


def indicator(text: str, *, level: int = 1, ineffective: str = "") -> IndicatorRow:
    """An indicator; whose it is, the edition says."""
    return IndicatorRow(id=0, competency_id=0, level=level, effective=text, ineffective=ineffective)


def edition(
    *rows: tuple[CompetencyRow, tuple[IndicatorRow, ...]],
    meanings: tuple[str, ...] = ("Begins.", "Does."),
) -> Edition:
    """An edition with a level for each meaning."""
    return Edition(
        scale=ScaleRow(
            levels=tuple(
                Level(value=value, label=f"Word {value}", meaning=meaning)
                for value, meaning in enumerate(meanings, start=1)
            )
        ),
        domains=(DomainRow(id=1, key="people", name="People"),),
        competencies=tuple(row for row, _ in rows),
        indicators={row.id: indicators for row, indicators in rows},
    )
