"""The import contract that other rooms come in by the door; pyproject.toml lists all contracts."""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.application import contract_utils


class DoorsContract(Contract):
    """The private floors of a room are imported by that room alone.

    ``container`` holds the rooms, ``private_floors`` are the floors behind the door, and
    ``open_rooms`` are the rooms that are tools for all the others and so have no door.
    """

    type_name = "doors"

    container = fields.StringField()
    private_floors = fields.SetField(subfield=fields.StringField())
    open_rooms = fields.SetField(subfield=fields.StringField(), required=False)
    ignore_imports = fields.SetField(subfield=fields.ImportExpressionField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        options: Any = self
        removal = contract_utils.remove_ignored_imports_and_report(
            graph=graph,
            ignore_imports=options.ignore_imports,
            unmatched_alerting=contract_utils.AlertLevel.NONE,
        )
        broken = sorted(
            f"{importer} imports {private}"
            for private in graph.modules
            if self._is_behind_a_door(private)
            for importer in graph.find_modules_that_directly_import(private)
            if importer.split(".")[:2] != private.split(".")[:2]
        )
        return ContractCheck(
            kept=not broken,
            warnings=list(removal.warnings),
            ignored_import_count=removal.ignored_import_count,
            metadata={"broken": broken},
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["broken"]:
            output.print_error(f"- {line}", bold=False)

    def _is_behind_a_door(self, module: str) -> bool:
        options: Any = self
        parts = module.split(".")
        return (
            len(parts) > 2
            and parts[0] == options.container
            and parts[1] not in (options.open_rooms or ())
            and parts[2] in options.private_floors
        )
