"""Which day it is depends on where one is; few places may think in UTC, and they are listed."""

from __future__ import annotations

import ast
from pathlib import Path

import ldtrack

PACKAGE = Path(ldtrack.__file__).parent

THINK_IN_UTC = {
    "coaching/domain/calendar.py": "how the format of calendars wants instants",
    "core/clock.py": "what the machine says",
    "core/zones.py": "what instants are turned into",
    "courses/domain/calendar.py": "how the format of calendars wants instants",
    "db/types.py": "how instants are stored",
    "exchange/case/writing.py": "how a package writes instants",
    "exchange/record_store.py": "how the standard wants instants",
    "exchange/xapi_parts.py": "how the standard wants instants",
    "exchange/completions_csv.py": "an instant in a file, while nobody says where its reader is",
    "ui/request.py": "pages before the organisation is known",
}
"""Made-up histories and revisions aside."""
ASK_THE_BARE_CLOCK = {
    "cli/demo.py": "before there is an organisation",
    "cli/setup.py": "before there is an organisation",
    "core/clock.py": "to hang it up somewhere",
    "jobs/tidying.py": "how long ago something of any organisation was",
    "jobs/work.py": "when work is due, as an instant",
}


def test_only_the_listed_places_think_in_utc() -> None:
    assert {where for where, tree in _modules() if "UTC" in _names(tree)} == THINK_IN_UTC.keys()


def test_only_the_listed_places_ask_a_clock_that_hangs_nowhere() -> None:
    found = {
        where
        for where, tree in _modules()
        for node in ast.walk(tree)
        # `clock()` hangs in the organisation; `something.clock` does not.
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "today")
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "clock"
    }
    assert found == ASK_THE_BARE_CLOCK.keys()


def _modules() -> list[tuple[str, ast.Module]]:
    return [
        (where, ast.parse(path.read_text()))
        for path in sorted(PACKAGE.rglob("*.py"))
        for where in [path.relative_to(PACKAGE).as_posix()]
        if not where.startswith(("demo/", "migrations/"))
    ]


def _names(tree: ast.Module) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
