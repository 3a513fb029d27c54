"""Bringing in what roles ask for: finding what a file names, role by role, each whole or not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.competencies.domain import RoleProfileRow, WriteProfile
from ldtrack.competencies.queries import profiles_of_editions
from ldtrack.competencies.service import add_profile, change_profile
from ldtrack.exchange.competencies_named import EditionNamed, Editions, editions_named
from ldtrack.exchange.limits import BROWSER, Limits
from ldtrack.exchange.report import Report, report_of
from ldtrack.exchange.roles_csv import RoleLine, parse_roles
from ldtrack.people.queries import job_profiles


@dataclass(kw_only=True)
class RoleSaid:
    """All that a file says of one role in one edition; `here` is what is said of it already."""

    name: str
    edition: EditionNamed
    here: RoleProfileRow | None
    targets: dict[int, int] = field(default_factory=dict)
    critical: set[int] = field(default_factory=set)
    is_bad: bool = False

    @property
    def is_same(self) -> bool:
        """Whether it is said already."""
        here = self.here
        return (
            here is not None and self.targets == here.targets and self.critical == {*here.critical}
        )

    @property
    def command(self) -> WriteProfile:
        """What is to be stored."""
        return WriteProfile(
            framework_version_id=self.edition.framework.framework_version_id,
            name=self.name,
            targets=self.targets,
            critical=frozenset(self.critical),
        )


def import_roles(
    session: Session,
    actor: Actor,
    raw: bytes,
    *,
    now: datetime,
    skip_bad: bool = False,
    limits: Limits = BROWSER,
) -> Report:
    """Store the roles of a file; what it says of a role is all that the role asks for.

    A role with a bad line is left out whole, and unless `skip_bad` so are all others.
    """
    report, roles = look_at_roles(session, actor, raw, limits=limits)
    if not roles or (report.problems and not skip_bad):
        return report
    for said in roles:
        if said.here is None:
            add_profile(session, actor, said.command, now=now)
        elif not said.is_same:
            change_profile(session, actor, said.here.id, said.command, now=now)
    return replace(report, stored=True)


def look_at_roles(
    session: Session, actor: Actor, raw: bytes, *, limits: Limits = BROWSER
) -> tuple[Report, list[RoleSaid]]:
    """What the file would do, and its good roles; nothing is stored."""
    policy.require(actor, Action.WRITE_FRAMEWORK, Facts(organisation_id=actor.organisation_id))
    lines, problems = parse_roles(raw, limits=limits)
    editions = editions_named(session)
    found = _gathered(session, editions, lines)
    problems += [problem for line in lines for problem in line.reader.problems]
    good = [said for said in found.values() if not said.is_bad]
    return report_of(good, problems, notes=_notes(session, good)), good


def _gathered(
    session: Session, editions: Editions, lines: list[RoleLine]
) -> dict[tuple[int, str], RoleSaid]:
    ids = [one.framework.framework_version_id for one in editions.all]
    here = {
        (version_id, row.name): row
        for version_id, rows in profiles_of_editions(session, ids).items()
        for row in rows
    }
    found: dict[tuple[int, str], RoleSaid] = {}
    astray: set[str] = set()
    for line in lines:
        if line.reader.row.spoilt:
            astray.update(line.roles)
            continue
        try:
            edition = editions.find(line.framework, line.edition)
        except ValueError as error:
            line.reader.complain("framework", str(error))
            astray.update(line.roles)
            continue
        for name in line.roles:
            key = (edition.framework.framework_version_id, name)
            said = found.setdefault(key, RoleSaid(name=name, edition=edition, here=here.get(key)))
            _add(said, line)
            said.is_bad = said.is_bad or bool(line.reader.problems)
    for said in found.values():
        said.is_bad = said.is_bad or said.name in astray
    return found


def _add(said: RoleSaid, line: RoleLine) -> None:
    word = line.competency_id or line.competency
    column = "competency_id" if line.competency_id else "competency"
    row = said.edition.competency(word) if word else None
    if row is None:
        if word:
            title = said.edition.framework.title
            line.reader.complain(column, f"{title} has no competency “{word[:60]}”.")
        return
    if row.id in said.targets:
        line.reader.complain(column, f"{said.name} asks for {row.name} on an earlier line.")
        return
    try:
        said.targets[row.id] = said.edition.level(line.level)
    except ValueError as error:
        if line.level:
            line.reader.complain("level", str(error))
        return
    if line.critical:
        said.critical.add(row.id)


def _notes(session: Session, good: list[RoleSaid]) -> tuple[str, ...]:
    """Roles that nobody has may be a word that is spelt otherwise in the list of people."""
    known = set(job_profiles(session))
    unknown = sorted({said.name for said in good} - known)
    if not unknown or not known:
        return ()
    return (f"Nobody here has the job {' or '.join(f'“{name}”' for name in unknown[:10])} yet.",)
