"""How the differences between a programme here and its newer edition read, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from ldtrack.exchange.programme.looking import LookedAt
from ldtrack.pathways.domain import FIELD_WORDS, Fate, ItemKind, Side, said


@dataclass(frozen=True, kw_only=True)
class SaidLine:
    """A difference in words; `key` names it where somebody decides."""

    key: str
    kind: ItemKind
    title: str
    field: str
    fate: Fate
    here: str
    there: str
    taken: Side | None


def said_lines(looked: LookedAt) -> list[SaidLine]:
    """Every difference, in the order of the programme."""
    if looked.merged is None or looked.programme is None:
        return []
    names = _names(looked)
    return [
        SaidLine(
            key=line.key,
            kind=line.kind,
            title=line.title,
            field=FIELD_WORDS[line.field],
            fate=line.fate,
            here=said(line.field, line.here, names),
            there=said(line.field, line.there, names),
            taken=line.taken,
        )
        for line in looked.merged.lines
    ]


def _names(looked: LookedAt) -> dict[str, str]:
    if looked.programme is None or looked.merged is None:
        return {}
    programme = looked.programme
    return {
        **{item.identifier: item.title for item in looked.merged.items},
        **{item.identifier: item.title for item in programme.items},
        **{course.identifier: course.title for course in programme.courses},
        **programme.competencies,
    }
