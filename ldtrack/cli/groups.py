"""The commands in the order in which help lists them."""

from __future__ import annotations

import click

from ldtrack.cli import (
    configuration,
    crosswalks,
    database,
    demo,
    doctor,
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

GROUPS: tuple[click.Command, ...] = (
    setup.group,
    demo.group,
    frameworks.group,
    imports.people,
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
