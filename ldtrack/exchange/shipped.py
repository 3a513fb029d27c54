"""The published frameworks that come with the package."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ldtrack.core.errors import NotVisible
from ldtrack.exchange.framework_file import parse_framework

_FOLDER = Path(__file__).with_name("frameworks")


@dataclass(frozen=True, kw_only=True)
class Shipped:
    """What is on offer, from whom and under which licence."""

    key: str
    title: str
    version: str
    publisher: str
    licence: str
    attribution: str
    n_competencies: int
    n_indicators: int


@cache
def shipped() -> tuple[Shipped, ...]:
    """Everything on offer, by title."""
    found = []
    for path in sorted(_FOLDER.glob("*.json")):
        framework, problems = parse_framework(path.read_bytes())
        if framework is None:
            raise ValueError(f"{path.name}: {problems[0]}")
        found.append(
            Shipped(
                key=path.stem,
                title=framework.title,
                version=framework.version,
                publisher=framework.publisher,
                licence=framework.licence,
                attribution=framework.attribution,
                n_competencies=len(framework.competencies),
                n_indicators=sum(len(one.indicators) for one in framework.competencies),
            )
        )
    return tuple(sorted(found, key=lambda one: one.title))


def shipped_file(key: str) -> bytes:
    """The file of one of them, else `NotVisible`."""
    if key not in {one.key for one in shipped()}:
        raise NotVisible
    return (_FOLDER / f"{key}.json").read_bytes()
