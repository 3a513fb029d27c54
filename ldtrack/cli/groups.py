"""The commands in the order in which help lists them."""

from __future__ import annotations

import click

from ldtrack.cli import (
    catalogue,
    closings,
    configuration,
    crosswalks,
    database,
    demo,
    designs,
    doctor,
    editions,
    erasing,
    exports,
    frameworks,
    imports,
    jobs,
    joining,
    mail,
    matching,
    notes,
    pathways,
    programmes,
    roles,
    rules,
    setup,
    statements,
    users,
)

imports.people.add_command(exports.people)
imports.people.add_command(erasing.erase)
imports.people.add_command(joining.join)
imports.courses.add_command(exports.completions)
for _command in (matching.waiting, matching.match_course, matching.match_person):
    imports.courses.add_command(_command)
frameworks.group.add_command(crosswalks.group)
for _command in (editions.split, editions.publish):
    frameworks.group.add_command(_command)
pathways.group.add_command(designs.group)
for _command in (
    designs.publish,
    designs.enrol,
    rules.set_rule,
    rules.preview_rule,
    rules.apply_rule,
    rules.run_rule,
    rules.remove_rule,
    closings.close,
    closings.reopen,
    closings.closed,
    closings.drop_draft,
):
    pathways.group.add_command(_command)

GROUPS: tuple[click.Command, ...] = (
    setup.group,
    demo.group,
    frameworks.group,
    roles.group,
    imports.people,
    catalogue.group,
    imports.courses,
    pathways.group,
    programmes.group,
    statements.group,
    imports.feedback,
    users.group,
    configuration.group,
    database.group,
    jobs.group,
    mail.group,
    notes.group,
    doctor.command,
)
