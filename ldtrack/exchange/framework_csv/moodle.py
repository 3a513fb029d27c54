"""Moodle's table of a competency framework: a row for the framework, then its tree."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from html.parser import HTMLParser

from ldtrack.competencies.domain import Level, NewDomain, NewIndicator, Silence, WholeEdition
from ldtrack.competencies.domain.keys import free_key
from ldtrack.exchange.export_csv import csv_file
from ldtrack.exchange.framework_csv.gathering import HIGHEST, Gathered, key_from, named
from ldtrack.exchange.framework_tree import Tier, in_a_circle, places
from ldtrack.exchange.problem import Problem
from ldtrack.exchange.reading import RowReader
from ldtrack.exchange.table import Table

TITLES = (
    "Parent id number",
    "Id number",
    "Shortname",
    "Description",
    "Description format",
    "Scale values",
    "Scale configuration",
    "Rule type (optional)",
    "Rule outcome (optional)",
    "Rule config (optional)",
    "Cross referenced competency id numbers",
    "Exported id (optional)",
    "Is framework",
    "Taxonomy",
)
NEEDED = ("parent_id_number", "id_number", "shortname", "is_framework")
_HTML = "1"
_MOST_NAME = 300
_BREAKS = frozenset({"p", "br", "li", "div"})


def read_moodle(table: Table, title: str) -> tuple[WholeEdition | None, Gathered]:
    """The edition in a table of Moodle's."""
    gathered = Gathered()
    heads = [row for row in table.rows if row.cells.get("is_framework", "") in {"1", "true"}]
    if len(heads) != 1:
        reason = "One row must be the framework: “Is framework” is 1 there and nowhere else."
        line = heads[1].line if heads else 0
        gathered.problems.append(
            Problem(line=line, column=table.title("is_framework"), reason=reason)
        )
        return None, gathered
    head = RowReader(table, heads[0])
    title = head.words("shortname", most=_MOST_NAME, required="The framework has no name.")
    _scale(head, gathered)
    gathered.problems += head.problems
    rows = _rows(table, heads[0].line, gathered)
    if gathered.problems:
        return None, gathered
    _tree(rows, title, head, gathered)
    said = key_from(head.words("id_number", most=100) or title)
    silent = {Silence.MEANINGS, Silence.CODES}
    silent |= set() if gathered.levels else {Silence.LEVELS}
    has_behaviours = any(one.indicators for one in gathered.competencies.values())
    silent |= set() if has_behaviours else {Silence.INDICATORS}
    found = gathered.edition(title, "1", silent)
    return replace(found, key=said, notes=_plain(head)), gathered


def write_moodle(whole: WholeEdition) -> bytes:
    """The file; Moodle has no behaviours by level, so they stay behind."""
    return csv_file(TITLES, _written(whole))


def _scale(head: RowReader, gathered: Gathered) -> None:
    labels = [label.strip() for label in head.raw("scale_values").split(",") if label.strip()]
    if len(labels) > HIGHEST:
        head.complain("scale_values", f"There are more than {HIGHEST} levels.")
    elif len(labels) == 1:
        head.complain("scale_values", "A scale needs at least two levels.")
    else:
        for value, label in enumerate(labels, start=1):
            gathered.levels[value] = Level(value=value, label=label[:200], meaning="")
    if configuration := head.raw("scale_configuration"):
        try:
            json.loads(configuration)
        except ValueError:
            head.complain("scale_configuration", "This is not JSON.")


def _rows(table: Table, head: int, gathered: Gathered) -> dict[str, RowReader]:
    """The rows of the tree by their ids, every fault noted."""
    found: dict[str, RowReader] = {}
    for row in table.rows:
        if row.line == head:
            continue
        reader = RowReader(table, row)
        key = reader.words("id_number", most=100, required="There is no id number.")
        reader.words("shortname", most=_MOST_NAME, required="There is no name.")
        if key and key_from(key) in found:
            line = found[key_from(key)].row.line
            reader.complain("id_number", f"“{key}” is the id number of line {line} too.")
        elif key:
            found[key_from(key)] = reader
        gathered.problems += reader.problems
    parents = _parents(found)
    for key, reader in found.items():
        if key in parents and parents[key] not in found:
            reader.complain("parent_id_number", "No row has this id number.")
            gathered.problems.append(reader.problems[-1])
    for key in in_a_circle(found, parents):
        found[key].complain("parent_id_number", "It stands under itself.")
        gathered.problems.append(found[key].problems[-1])
    return found


def _parents(rows: Mapping[str, RowReader]) -> dict[str, str]:
    said = {key: row.words("parent_id_number", most=100) for key, row in rows.items()}
    return {key: key_from(parent) for key, parent in said.items() if parent}


def _tree(rows: Mapping[str, RowReader], title: str, head: RowReader, gathered: Gathered) -> None:
    taxonomy = head.raw("taxonomy").casefold().split(",")
    parents = _parents(rows)
    tops = {key for key in rows if key not in parents} if taxonomy[0].strip() == "domain" else ()
    n_deep = 0
    for key, place in places(list(rows), parents, tops).items():
        row = rows[key]
        name = row.words("shortname", most=_MOST_NAME)
        if place.tier is Tier.DOMAIN:
            gathered.domains[key] = NewDomain(key=key, name=name)
        elif place.tier is Tier.COMPETENCY:
            domain = place.owner or gathered.domain(title)
            new = named(name, domain, _plain(row))
            gathered.competency(row, "shortname", new, said_key=key)
        elif place.owner in gathered.competencies:
            n_deep += 1
            lowest = min(gathered.levels, default=1)
            text = _plain(row) or name
            gathered.behaviour(place.owner, NewIndicator(level=lowest, effective=text[:5_000]))
        if row.raw("rule_type_optional") or row.raw("cross_referenced_competency_id_numbers"):
            what = "rules and cross-references to other competencies"
            note = f"Moodle’s {what} are not kept."
            gathered.notes += [] if note in gathered.notes else [note]
        gathered.problems += [one for one in row.problems if one not in gathered.problems]
    if n_deep:
        gathered.notes.append(
            f"{n_deep:,} {'row lies' if n_deep == 1 else 'rows lie'} below a competency and came "
            "in as behaviours at the lowest level. Put each at its own before you publish."
        )


def _plain(row: RowReader) -> str:
    """The description as text, whatever Moodle wrote it in."""
    said = row.text("description")
    if row.raw("description_format") != _HTML:
        return said[:5_000]
    reader = _Text()
    reader.feed(said)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.found).split("\n"))
    return "\n".join(line for line in lines if line)[:5_000]


class _Text(HTMLParser):
    """What a page says, without its marks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.found.append("\n")

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag == "br":
            self.found.append("\n")


def _written(whole: WholeEdition) -> Iterator[tuple[object, ...]]:
    values = ",".join(level.label.replace(",", ";") for level in whole.levels)
    yield _line("", whole.key, whole.title, whole.notes, scale=(values, _proficient(whole)))
    is_flat = [one.key for one in whole.domains] == [free_key(whole.title, ())]
    number = 0
    for domain in () if is_flat else whole.domains:
        number += 1
        yield _line("", domain.key, domain.name, "", number=number)
    for one in whole.competencies:
        number += 1
        parent = "" if is_flat else one.domain
        yield _line(parent, one.key, one.name, one.definition, number=number)


def _line(
    parent: str,
    key: str,
    name: str,
    text: str,
    *,
    number: int | str = "",
    scale: tuple[str, str] | None = None,
) -> tuple[object, ...]:
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line)
    values, configuration = scale or ("", "")
    ending = ("1", "domain,competency,competency,competency") if scale else ("", "")
    first = (parent, key, name, lines, _HTML, values, configuration)
    return (*first, "", "", "", "", number, *ending)


def _proficient(whole: WholeEdition) -> str:
    """The scale as Moodle asks for it: the lowest level by default, the upper half is enough."""
    half = (len(whole.levels) + 1) // 2
    return json.dumps(
        [
            {"scaleid": "0"},
            *(
                {"id": place, "scaledefault": int(place == 1), "proficient": int(place > half)}
                for place, _ in enumerate(whole.levels, start=1)
            ),
        ]
    )
