"""Reading cycles, who was asked, where a cycle stands, and reports that are out."""

from ldtrack.feedback.queries.cycles import cycle, cycles, cycles_answered, subject
from ldtrack.feedback.queries.questionnaires import questionnaire
from ldtrack.feedback.queries.reports import (
    ShownReport,
    debriefs_due,
    first_reading,
    released,
    released_on,
    released_reports,
    report,
    standings,
)
from ldtrack.feedback.queries.statements import StatementRow, statement

__all__ = [
    "ShownReport",
    "StatementRow",
    "cycle",
    "cycles",
    "cycles_answered",
    "debriefs_due",
    "first_reading",
    "questionnaire",
    "released",
    "released_on",
    "released_reports",
    "report",
    "standings",
    "statement",
    "subject",
]
