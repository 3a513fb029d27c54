"""What storing a file of people would do, by name: kept with the file as JSON, and read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from sqlalchemy.orm import Session

from ldtrack.exchange.domain import ChangeShown, Would
from ldtrack.exchange.table import Table
from ldtrack.people.domain.tree import units_around
from ldtrack.people.queries import n_people, parents_of_units
from ldtrack.people.service.comparing import WouldChange

_UNITS_NAMED = 50
_CLOSE = 0.8


def what_it_would_do(
    session: Session,
    table: Table,
    changes: Iterable[WouldChange],
    units: Sequence[tuple[str, str]],
) -> dict[str, Any]:
    """The first changes, the new units and how many people are here; `units` with those around."""
    here = {name.casefold(): name for name in parents_of_units(session)}
    named = {unit for unit, _ in units} | {
        above for pair in units for _, above in units_around(*pair)
    }
    new = sorted(named - set(here.values()))
    return {
        "changes": [
            [
                one.line,
                one.external_id,
                one.name,
                [[table.title(column), before, after] for column, before, after in one.fields],
            ]
            for one in changes
        ],
        "units": [[name, _like(name, here)] for name in new[:_UNITS_NAMED]],
        "n_units": len(new),
        "n_here": n_people(session),
    }


def _like(name: str, here: Mapping[str, str]) -> str:
    """A unit that is here and may be the one that was meant."""
    close = get_close_matches(name.casefold(), here, n=1, cutoff=_CLOSE)
    return here[close[0]] if close else ""


def would_of(kept: Mapping[str, Any]) -> Would:
    """The same again; of files that were looked at before it was kept nothing is known."""
    return Would(
        changes=tuple(
            ChangeShown(
                line=line,
                external_id=external_id,
                name=name,
                fields=tuple((column, before, after) for column, before, after in fields),
            )
            for line, external_id, name, fields in kept.get("changes", ())
        ),
        units=tuple((name, like) for name, like in kept.get("units", ())),
        n_units=kept.get("n_units", 0),
        n_here=kept.get("n_here", 0),
    )
