"""Which kind of table a framework came in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ldtrack.competencies.domain import (
    Level,
    NewCompetency,
    NewDomain,
    NewIndicator,
    WholeEdition,
)
from ldtrack.exchange.framework_csv.gathering import Gathered
from ldtrack.exchange.framework_csv.level_table import is_level_table, read_level_table
from ldtrack.exchange.framework_csv.moodle import NEEDED as MOODLE
from ldtrack.exchange.framework_csv.moodle import read_moodle
from ldtrack.exchange.framework_csv.own import NEEDED as OWN
from ldtrack.exchange.framework_csv.own import read_own, write_own
from ldtrack.exchange.framework_csv.skills import NEEDED as SKILLS
from ldtrack.exchange.framework_csv.skills import read_skills
from ldtrack.exchange.limits import BROWSER, Limits
from ldtrack.exchange.problem import Problem, Unreadable
from ldtrack.exchange.table import Table, read_table


class TableKind(StrEnum):
    """Kinds of tables, as a person calls them."""

    OWN = "a table with our own columns"
    MOODLE = "a competency framework from Moodle"
    SKILLS = "rich skill descriptors"
    LEVELS = "a table with a column for each level"


@dataclass(frozen=True, kw_only=True)
class ReadTable:
    """The edition in a table, or its problems; `notes` name what is not kept."""

    kind: TableKind | None
    whole: WholeEdition | None
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def read_framework_table(raw: bytes, *, title: str, limits: Limits = BROWSER) -> ReadTable:
    """The edition in a table of any kind; `title` is for those that do not name their framework."""
    try:
        table = read_table(raw, limits=limits)
    except Unreadable as error:
        return ReadTable(kind=None, whole=None, problems=(error.problem,))
    kind, found = _recognised(table, title)
    if kind is None or found is None:
        reason = (
            "The columns are none that are known: ours, those of Moodle or of rich skill "
            "descriptors, or “Competency” with a column for each level."
        )
        problem = Problem(line=1, column="", reason=reason)
        return ReadTable(kind=None, whole=None, problems=(problem,))
    whole, gathered = found
    problems = [*table.problems, *gathered.problems]
    if not problems and not gathered.competencies:
        problems.append(Problem(line=0, column="", reason="There is no competency in it."))
    if not problems and whole is None:
        reason = "It does not say which framework it is. Choose it again and give its title."
        problems.append(Problem(line=0, column="", reason=reason))
    problems.sort(key=lambda problem: problem.line)
    return ReadTable(
        kind=kind,
        whole=None if problems else whole,
        problems=tuple(problems),
        notes=tuple(gathered.notes),
    )


def example() -> bytes:
    """A filled example of our own columns, to overwrite."""
    levels = (("Begins", "Tries it with help."), ("Does", "Does it without help."))
    return write_own(
        WholeEdition(
            key="how-we-lead",
            title="How we lead",
            version="1",
            publisher="",
            language="en",
            licence="",
            attribution="",
            sources=(),
            notes="",
            scale_key="levels",
            levels=tuple(
                Level(value=value, label=label, meaning=meaning)
                for value, (label, meaning) in enumerate(levels, start=1)
            ),
            domains=(NewDomain(key="people", name="People"),),
            competencies=(
                NewCompetency(
                    key="listening",
                    name="Listening",
                    domain="people",
                    definition="Hears what is meant.",
                    definition_origin="own words",
                    code="L1",
                    indicators=(
                        NewIndicator(level=1, effective="Lets others finish."),
                        NewIndicator(
                            level=2, effective="Asks before telling.", ineffective="Tells first."
                        ),
                    ),
                ),
            ),
        )
    )


def _recognised(
    table: Table, title: str
) -> tuple[TableKind | None, tuple[WholeEdition | None, Gathered] | None]:
    if set(MOODLE) <= set(table.columns):
        return TableKind.MOODLE, read_moodle(table, title)
    if set(OWN) <= set(table.columns):
        return TableKind.OWN, read_own(table, title)
    if set(SKILLS) <= set(table.columns):
        return TableKind.SKILLS, read_skills(table, title)
    if is_level_table(table):
        return TableKind.LEVELS, read_level_table(table, title)
    return None, None
