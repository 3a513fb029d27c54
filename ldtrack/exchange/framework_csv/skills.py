"""Rich skill descriptors of the Open Skills Network: a row for each skill, in its category."""

from __future__ import annotations

from ldtrack.competencies.domain import Silence, WholeEdition
from ldtrack.exchange.framework_csv.gathering import Gathered, named
from ldtrack.exchange.reading import RowReader
from ldtrack.exchange.table import Table

NEEDED = ("skill_name", "contextualized_skill_statement")
_LEFT = "Keywords, occupations and alignments of skills are not kept."


def read_skills(table: Table, title: str) -> tuple[WholeEdition | None, Gathered]:
    """The edition: categories are domains, statements say what a skill means; no levels."""
    gathered = Gathered(notes=[_LEFT])
    for row in table.rows:
        reader = RowReader(table, row)
        name = reader.words("skill_name", most=300, required="There is no name.")
        category = reader.words("skill_category", most=300) or title
        statement = reader.text("contextualized_skill_statement")
        if len(statement) > 5_000:
            reader.complain("contextualized_skill_statement", "This is longer than 5,000 letters.")
        if category and not reader.problems:
            known = gathered.names.get(name.casefold())
            if known is not None:
                line = gathered.lines[known]
                reader.complain("skill_name", f"The skill on line {line} has this name too.")
            else:
                new = named(name, gathered.domain(category), statement)
                gathered.competency(reader, "skill_name", new)
        gathered.problems += reader.problems
    silent = {Silence.LEVELS, Silence.INDICATORS, Silence.CODES}
    return gathered.edition(title, "1", silent) if title else None, gathered
