"""Frameworks as tables: our own columns, Moodle's, and a column for each level."""

from ldtrack.exchange.framework_csv.kinds import TableKind, example, read_framework_table
from ldtrack.exchange.framework_csv.moodle import write_moodle
from ldtrack.exchange.framework_csv.own import write_own

__all__ = ["TableKind", "example", "read_framework_table", "write_moodle", "write_own"]
