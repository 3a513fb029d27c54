"""A filled example for each file that can be brought in, to download and overwrite."""

from __future__ import annotations

from ldtrack.exchange import completions_csv, norms_csv, people_csv, ratings_csv
from ldtrack.exchange.export_csv import csv_file


def people_example() -> bytes:
    """Three people, one of whom the others report to."""
    unit, zone = "Operations", "Europe/London"
    maya = ["E1", "maya.singh@example.org", "Maya", "Singh", "", unit]
    ben = ["E2", "ben.li@example.org", "Ben", "Li", "E1", unit]
    chloe = ["E3", "chloe.martin@example.org", "Chloé", "Martin", "E1", unit]
    return csv_file(
        people_csv.COLUMNS,
        [
            [*maya, "Group", "Head of Operations", "en-GB", zone, True],
            [*ben, "Group", "Team leader", "en-GB", zone, True],
            [*chloe, "Group", "", "fr-FR", "Europe/Paris", False],
        ],
    )


def completions_example() -> bytes:
    """A score, a pass, and somebody who took part."""
    return csv_file(
        completions_csv.COLUMNS,
        [
            ("E1", "", "LC-101", "2026-01-15", 80.5, 100, None),
            ("E2", "", "LC-101", "2026-01-16", None, None, True),
            ("", "chloe.martin@example.org", "FIN-2", "2026-02-03", None, None, None),
        ],
    )


def ratings_example() -> bytes:
    """A leader's own answers, a manager's and a peer's who could not observe one thing."""
    return csv_file(
        ratings_csv.COLUMNS,
        [
            ("2025-H2", "E1", "R01", "self", "Q1", "vision", 4, ""),
            ("2025-H2", "E1", "R02", "manager", "Q1", "vision", 3, "Clear about where we go."),
            ("2025-H2", "E1", "R03", "peer", "Q1", "vision", "N/A", ""),
        ],
    )


def norms_example() -> bytes:
    """Two competencies with the mean and the middle half of what others say elsewhere."""
    return csv_file(
        norms_csv.COLUMNS, [("vision", 3.9, 3.6, 4.2), ("developing-others", 3.7, 3.3, 4.0)]
    )


def roles_example() -> bytes:
    """Two roles that ask for one level alike, and one of them for more."""
    return csv_file(
        ("role", "competency", "level", "critical"),
        [
            ("Head of Operations; Head of Sales", "Developing others", 4, True),
            ("Head of Operations", "Vision", 3, False),
        ],
    )


def courses_example() -> bytes:
    """A workshop that develops two things, and a course of which little is said yet."""
    develops = "Developing others (3); Vision (2)"
    return csv_file(
        ("code", "title", "format", "hours", "provider", "develops"),
        [
            ("LC-101", "Leading change", "Workshop", 8, "Harbour Academy", develops),
            ("FIN-2", "Reading accounts", "E-learning", 2.5, "", ""),
        ],
    )


def pathways_example() -> bytes:
    """A stage with a course, a choice of two, a milestone that waits for the course, and a gate."""
    columns = ("kind", "title", "choice", "choose", "after", "course", "competency", "level", "due")
    course, choice, later = "Leading change", "One of these", "30 days into the stage"
    return csv_file(
        columns,
        [
            ("pathway", "To lead others", "", "", "", "", "", "", ""),
            ("stage", "Foundations", "", "", "", "", "", "", ""),
            ("course", course, "", "", "", "LC-101", "", "", "60 days"),
            ("choice", choice, "", 1, "", "", "", "", "90 days"),
            ("reading", "A book on change", choice, "", "", "", "", "", ""),
            ("reflection", "What I saw others do", choice, "", "", "", "", "", ""),
            ("milestone", "Explains why", "", "", course, "", "Vision", 2, later),
            ("gate", "", "", "", "", "", "Vision", 2, ""),
        ],
    )
