"""The CSV file of a crosswalk: one row a link, by the keys of the competencies of either edition.

Without `after` the competency ends, without `before` it is new. A competency that is split stands
on several rows, and so does one into which several are merged.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from ldtrack.exchange.limits import CONSOLE, Limits
from ldtrack.exchange.problem import Problem, Unreadable
from ldtrack.exchange.reading import RowReader
from ldtrack.exchange.table import missing, read_table

COLUMNS = ("before", "after")


@dataclass(frozen=True, kw_only=True)
class DecidedLinks:
    """What a file decides: for each key of the earlier edition the keys that it goes on as."""

    successors: dict[str, tuple[str, ...]]
    new: tuple[str, ...]


def parse_links(
    raw: bytes, before: frozenset[str], after: frozenset[str], *, limits: Limits = CONSOLE
) -> tuple[DecidedLinks, list[Problem]]:
    """What the file decides, given the keys of both editions, and what is wrong with it."""
    nothing = DecidedLinks(successors={}, new=())
    try:
        table = read_table(raw, limits=limits)
    except Unreadable as error:
        return nothing, [error.problem]
    problems = table.problems + missing(table, COLUMNS)
    if any(problem.line <= 1 for problem in problems):
        return nothing, problems
    links: defaultdict[str, list[str]] = defaultdict(list)
    for row in table.rows:
        reader = RowReader(table, row)
        old, new = reader.words("before", most=100), reader.words("after", most=100)
        _check(reader, old, new, before, after)
        if new in links[old] or (old and "" in (new, *links[old]) and links[old]):
            reader.complain("before", "This contradicts or repeats an earlier line.")
        links[old].append(new)
        problems += reader.problems
    reached = {new for old, found in links.items() if old for new in found}
    problems += [
        Problem(line=0, column="after", reason=f"“{new}” is both new and not new.")
        for new in links.get("", ())
        if new in reached
    ]
    decided = {old: tuple(filter(None, found)) for old, found in links.items() if old}
    return DecidedLinks(successors=decided, new=tuple(links.get("", ()))), sorted(
        problems, key=lambda problem: problem.line
    )


def _check(
    reader: RowReader, old: str, new: str, before: frozenset[str], after: frozenset[str]
) -> None:
    if old and old not in before:
        reader.complain("before", f"The earlier edition has no competency “{old}”.")
    if new and new not in after:
        reader.complain("after", f"The later edition has no competency “{new}”.")
