"""Which kind of file a framework came in, and what it says."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from enum import StrEnum

from ldtrack.competencies.domain import WholeEdition
from ldtrack.exchange.case import is_package, read_package
from ldtrack.exchange.framework_csv import TableKind, read_framework_table
from ldtrack.exchange.framework_file import framework_in, json_content
from ldtrack.exchange.limits import BROWSER, Limits
from ldtrack.exchange.problem import Problem, Unreadable


class Format(StrEnum):
    """Kinds of files, as a person calls them."""

    OWN = "a framework file of ours"
    CASE = "a CASE package"


@dataclass(frozen=True, kw_only=True)
class ReadFramework:
    """What was recognised: the edition or the problems; `notes` name what has no place here."""

    format: Format | TableKind | None
    whole: WholeEdition | None
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def read_any(raw: bytes, *, title: str = "", limits: Limits = BROWSER) -> ReadFramework:
    """The edition in a file of any kind that is known.

    `title` is that of the framework, for a table that does not name it.
    """
    if not raw.removeprefix(codecs.BOM_UTF8).lstrip().startswith((b"{", b"[")):
        table = read_framework_table(raw, title=title, limits=limits)
        return ReadFramework(
            format=table.kind, whole=table.whole, problems=table.problems, notes=table.notes
        )
    try:
        content = json_content(raw, limits=limits)
    except Unreadable as error:
        return ReadFramework(format=None, whole=None, problems=(error.problem,))
    if is_package(content):
        found = read_package(content)
        return ReadFramework(
            format=Format.CASE, whole=found.whole, problems=found.problems, notes=found.notes
        )
    whole, problems = framework_in(content)
    return ReadFramework(format=Format.OWN, whole=whole, problems=tuple(problems))
