"""Each subject has days and a key of their own; cycles say how they are held."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ldtrack.db.types import WHOLE

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEY = sa.LargeBinary(length=32)
_EARLIER = ("draft", "open", "closed", "with the coach", "released", "archived")
_OF_CYCLES = ("draft", "nominating", "open", "closed", "archived")
_OF_SUBJECTS = (
    "draft",
    "nominating",
    "approving",
    "ready",
    "open",
    "closed",
    "audited",
    "with the coach",
    "released",
    "withheld",
)
_NEW_IN_CYCLE = (
    ("pace", "together", ("together", "rolling")),
    ("nominates", "hr", ("hr", "leader")),
    ("approves", "nobody", ("nobody", "manager", "coach", "hr")),
    ("weighting", "group", ("group", "rater", "precision")),
)


def upgrade() -> None:
    with op.batch_alter_table("organisation") as batch:
        batch.add_column(sa.Column("rater_budget", WHOLE, nullable=False, server_default="8"))
        batch.create_check_constraint(
            batch.f("ck_organisation_rater_budget"), "rater_budget BETWEEN 1 AND 100"
        )
    _forget_defaults("organisation", "rater_budget")

    with op.batch_alter_table("invitation") as batch:
        batch.add_column(
            sa.Column("state", sa.String(length=32), nullable=False, server_default="approved")
        )
        batch.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        batch.create_check_constraint(
            batch.f("ck_invitation_invitationstate"),
            _one_of("state", ("proposed", "approved", "declined")),
        )
    _forget_defaults("invitation", "state", "reason")

    _add_to_subject()
    _hand_the_keys_over()
    _check_subject()
    _change_cycle()


def _add_to_subject() -> None:
    with op.batch_alter_table("subject") as batch:
        batch.drop_constraint(batch.f("ck_subject_cyclestate"), type_="check")
        batch.add_column(sa.Column("opens_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("closes_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("closed_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("key", _KEY, nullable=True))
        batch.add_column(sa.Column("returned_with", sa.Text(), nullable=False, server_default=""))


def _hand_the_keys_over() -> None:
    """What a cycle knew for everybody, each of its subjects knows from here on."""
    op.execute(
        "UPDATE subject SET"
        " opens_on = (SELECT opens_on FROM cycle WHERE cycle.id = subject.cycle_id),"
        " closes_on = (SELECT closes_on FROM cycle WHERE cycle.id = subject.cycle_id),"
        " closed_on = (SELECT closed_on FROM cycle WHERE cycle.id = subject.cycle_id),"
        " key = (SELECT key FROM cycle WHERE cycle.id = subject.cycle_id)"
        " WHERE state <> 'draft'"
    )
    op.execute("UPDATE subject SET state = 'withheld' WHERE state = 'closed'")
    op.execute("UPDATE subject SET state = 'closed' WHERE state = 'open' AND closed_on IS NOT NULL")


def _check_subject() -> None:
    before_close = "'draft', 'nominating', 'approving', 'ready', 'open'"
    with op.batch_alter_table("subject") as batch:
        batch.alter_column("returned_with", server_default=None)
        batch.create_check_constraint(
            batch.f("ck_subject_subjectstate"), _one_of("state", _OF_SUBJECTS)
        )
        batch.create_check_constraint(
            batch.f("ck_subject_key_only_while_open"), "(state = 'open') = (key IS NOT NULL)"
        )
        batch.create_check_constraint(
            batch.f("ck_subject_open_has_days"),
            "state <> 'open' OR (opens_on IS NOT NULL AND closes_on IS NOT NULL)",
        )
        batch.create_check_constraint(
            batch.f("ck_subject_closes_after_opening"), "closes_on >= opens_on"
        )
        batch.create_check_constraint(
            batch.f("ck_subject_closed_has_day"),
            f"(closed_on IS NULL) = (state IN ({before_close}))",
        )


def _change_cycle() -> None:
    with op.batch_alter_table("cycle") as batch:
        for name in ("cyclestate", "cycle_states", "key_only_while_open"):
            batch.drop_constraint(batch.f(f"ck_cycle_{name}"), type_="check")
        batch.create_check_constraint(batch.f("ck_cycle_cyclestate"), _one_of("state", _OF_CYCLES))
        for name, usual, words in _NEW_IN_CYCLE:
            batch.add_column(
                sa.Column(name, sa.String(length=32), nullable=False, server_default=usual)
            )
            batch.create_check_constraint(batch.f(f"ck_cycle_{name}"), _one_of(name, words))
        batch.add_column(sa.Column("days", WHOLE, nullable=True))
        batch.add_column(sa.Column("nominate_until", sa.Date(), nullable=True))
        for name in ("coach_led", "tells_who_answered"):
            batch.add_column(
                sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true())
            )
        batch.add_column(sa.Column("moderator_id", WHOLE, nullable=True))
        batch.add_column(sa.Column("kept_months", WHOLE, nullable=False, server_default="24"))
        batch.add_column(sa.Column("reminder_days", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("copied_from_id", WHOLE, nullable=True))
        for name, table in (("moderator_id", "person"), ("copied_from_id", "cycle")):
            batch.create_foreign_key(
                batch.f(f"fk_cycle_{name}"), table, [name], ["id"], ondelete="SET NULL"
            )
        batch.create_check_constraint(
            batch.f("ck_cycle_rolling_has_days"), "(pace = 'rolling') = (days IS NOT NULL)"
        )
        batch.create_check_constraint(batch.f("ck_cycle_days"), "days BETWEEN 3 AND 90")
        batch.create_check_constraint(
            batch.f("ck_cycle_kept_months"), "kept_months BETWEEN 1 AND 60"
        )
        batch.create_check_constraint(
            batch.f("ck_cycle_shown_weighting"), "weighting IN ('group', 'rater')"
        )
        batch.drop_column("key")
    _forget_defaults(
        "cycle",
        *(name for name, _, _ in _NEW_IN_CYCLE),
        "coach_led",
        "tells_who_answered",
        "kept_months",
        "reminder_days",
    )


def downgrade() -> None:
    with op.batch_alter_table("cycle") as batch:
        for name in ("cyclestate", "rolling_has_days", "days", "kept_months", "shown_weighting"):
            batch.drop_constraint(batch.f(f"ck_cycle_{name}"), type_="check")
        for name, _, _ in _NEW_IN_CYCLE:
            batch.drop_constraint(batch.f(f"ck_cycle_{name}"), type_="check")
        for name in ("moderator_id", "copied_from_id"):
            batch.drop_constraint(batch.f(f"fk_cycle_{name}"), type_="foreignkey")
        for name in (
            *(name for name, _, _ in _NEW_IN_CYCLE),
            "days",
            "nominate_until",
            "coach_led",
            "tells_who_answered",
            "moderator_id",
            "kept_months",
            "reminder_days",
            "copied_from_id",
        ):
            batch.drop_column(name)
        batch.add_column(sa.Column("key", _KEY, nullable=True))
    _take_the_keys_back()
    with op.batch_alter_table("cycle") as batch:
        batch.create_check_constraint(batch.f("ck_cycle_cyclestate"), _one_of("state", _EARLIER))
        batch.create_check_constraint(
            batch.f("ck_cycle_cycle_states"),
            _one_of("state", ("draft", "open", "closed", "archived")),
        )
        batch.create_check_constraint(
            batch.f("ck_cycle_key_only_while_open"), "(state = 'open') = (key IS NOT NULL)"
        )
    with op.batch_alter_table("subject") as batch:
        for name in ("open_has_days", "closes_after_opening"):
            batch.drop_constraint(batch.f(f"ck_subject_{name}"), type_="check")
        for name in ("opens_on", "closes_on", "closed_on", "key", "returned_with"):
            batch.drop_column(name)
        batch.create_check_constraint(batch.f("ck_subject_cyclestate"), _one_of("state", _EARLIER))
    with op.batch_alter_table("invitation") as batch:
        batch.drop_constraint(batch.f("ck_invitation_invitationstate"), type_="check")
        batch.drop_column("reason")
        batch.drop_column("state")
    with op.batch_alter_table("organisation") as batch:
        batch.drop_constraint(batch.f("ck_organisation_rater_budget"), type_="check")
        batch.drop_column("rater_budget")


def _take_the_keys_back() -> None:
    """A cycle of before has one key; links that were derived with others stop working."""
    with op.batch_alter_table("subject") as batch:
        for name in ("subjectstate", "key_only_while_open", "closed_has_day"):
            batch.drop_constraint(batch.f(f"ck_subject_{name}"), type_="check")
    op.execute(
        "UPDATE cycle SET key = (SELECT min(key) FROM subject"
        " WHERE subject.cycle_id = cycle.id AND subject.state = 'open') WHERE state = 'open'"
    )
    op.execute("UPDATE cycle SET state = 'draft' WHERE state = 'nominating'")
    op.execute(
        "UPDATE cycle SET state = 'closed', closed_on = closes_on"
        " WHERE state = 'open' AND key IS NULL"
    )
    op.execute("UPDATE subject SET state = 'open' WHERE state = 'closed'")
    op.execute("UPDATE subject SET state = 'closed' WHERE state = 'withheld'")
    op.execute("UPDATE subject SET state = 'with the coach' WHERE state = 'audited'")
    op.execute(
        "UPDATE subject SET state = 'draft' WHERE state IN ('nominating', 'approving', 'ready')"
    )
    op.execute("DELETE FROM invitation WHERE state <> 'approved'")


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def _forget_defaults(table: str, *columns: str) -> None:
    """Rows that were there have their value; new ones say theirs."""
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.alter_column(column, server_default=None)
