"""Which pages are measured, and as whom."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, url_for
from sqlalchemy import select

from ldtrack.access.domain import Role
from ldtrack.db.session import EVERYWHERE, Database
from ldtrack.evidence.models import Evidence
from ldtrack.feedback.models import Release, Subject
from ldtrack.people.models import Account, Membership, Person


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A page, its address, and the account that opens it."""

    name: str
    path: str
    account_id: int


def pages(app: Flask, database: Database) -> list[Measured]:
    """The pages of the table, for the leader with most evidence and their organisation."""
    with database.reading() as session:
        leader, competency, organisation = session.execute(
            select(Evidence.person_id, Evidence.competency_id, Evidence.organisation_id)
            .join(Account, Account.person_id == Evidence.person_id)
            .join(Subject, Subject.person_id == Evidence.person_id)
            .join(Release, Release.subject_id == Subject.id)
            .order_by(Evidence.person_id, Evidence.observed_on)
            .limit(1),
            execution_options=EVERYWHERE,
        ).one()
        by_role = {
            role: session.scalars(
                select(Account.id)
                .join(Membership, Membership.account_id == Account.id)
                .join(Person, Person.id == Account.person_id)
                .where(Account.organisation_id == organisation, Membership.role == role)
                .order_by(Account.id)
                .limit(1),
                execution_options=EVERYWHERE,
            ).one()
            for role in (Role.HR, Role.COACH, Role.SPONSOR)
        }
        own = session.scalars(
            select(Account.id).where(Account.person_id == leader), execution_options=EVERYWHERE
        ).one()
        release = session.scalars(
            select(Release.id)
            .join(Subject, Subject.id == Release.subject_id)
            .where(Subject.person_id == leader)
            .limit(1),
            execution_options=EVERYWHERE,
        ).one()
    with app.test_request_context():
        return [
            Measured(name="floor: own account", path=url_for("people.own_account"), account_id=own),
            Measured(name="leader home", path=url_for("dashboards.leader_home"), account_id=own),
            Measured(
                name="one competency",
                path=url_for("dashboards.competency", person_id=leader, competency_id=competency),
                account_id=own,
            ),
            Measured(name="pathway", path=url_for("dashboards.my_pathway"), account_id=own),
            Measured(
                name="360 report",
                path=url_for("feedback.report", release_id=release),
                account_id=own,
            ),
            Measured(
                name="caseload",
                path=url_for("dashboards.caseload"),
                account_id=by_role[Role.COACH],
            ),
            Measured(
                name="HR today", path=url_for("dashboards.today"), account_id=by_role[Role.HR]
            ),
            Measured(
                name="360 cycles", path=url_for("feedback.cycles"), account_id=by_role[Role.HR]
            ),
            Measured(
                name="competency map",
                path=url_for("dashboards.competency_map"),
                account_id=by_role[Role.HR],
            ),
            Measured(
                name="people, first page",
                path=url_for("people.directory"),
                account_id=by_role[Role.HR],
            ),
        ]
