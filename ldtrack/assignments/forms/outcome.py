"""The owner's form: what was delivered, what proves it, and which levels were seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ldtrack.assignments.domain import ConfirmOutcome, Contribution, ObservedLevel, OutcomeRow
from ldtrack.core import ids
from ldtrack.ui.fields import ChoiceField, EnumField, Option, TextField
from ldtrack.ui.forms import Form

NOT_SEEN = "none"
_PREFIX = "level_"


class OutcomeForm(Form):
    """The first two questions; a form of it also has one field for each competency."""

    delivered = TextField(
        "The result",
        max_chars=4000,
        rows=4,
        required="Say what was delivered, in a sentence or two.",
    )
    contribution = EnumField(
        "Their part in it",
        Contribution,
        words={part: part.label for part in Contribution},
        radios=True,
        required="Choose the word that fits their part.",
    )
    outside = TextField("What was not their doing", max_chars=2000, rows=2)
    proof = TextField("The proof", max_chars=4000, rows=3)

    @property
    def levels(self) -> list[Any]:
        """One field for each competency."""
        return [field for field in self if field.name.startswith(_PREFIX)]

    def command(self) -> ConfirmOutcome:
        """What was typed."""
        return ConfirmOutcome(
            delivered=self.delivered.data,
            proof=self.proof.data,
            contribution=self.contribution.data,
            outside=self.outside.data,
            observed=tuple(
                ObservedLevel(
                    competency_id=ids.decode(field.name.removeprefix(_PREFIX)),
                    level=float(field.data),
                )
                for field in self.levels
                if field.data != NOT_SEEN
            ),
        )


def outcome_form(
    asked: Sequence[tuple[int, str]],
    levels: Mapping[int, Sequence[Option]],
    before: OutcomeRow | None,
) -> OutcomeForm:
    """The form for these competencies (id and name), filled with what was said before.

    `levels` are the levels of each competency's scale.
    """
    fields = {
        f"{_PREFIX}{ids.encode(competency_id)}": ChoiceField(
            name,
            radios=True,
            options=[*levels[competency_id], Option(id=NOT_SEEN, label="I could not see this")],
            required=f"Choose a level for {name}, or say that you could not see it.",
        )
        for competency_id, name in asked
    }
    made = type("OutcomeFormOfOnePlacement", (OutcomeForm,), fields)
    form: OutcomeForm = made(data=_begins_with(asked, before))
    return form


def _begins_with(asked: Sequence[tuple[int, str]], before: OutcomeRow | None) -> dict[str, Any]:
    if before is None:
        return {}
    seen = {one.competency_id: f"{one.level:.0f}" for one in before.observed}
    return {
        "delivered": before.delivered,
        "proof": before.proof,
        "contribution": before.contribution,
        "outside": before.outside,
        **{
            f"{_PREFIX}{ids.encode(competency_id)}": seen.get(competency_id, NOT_SEEN)
            for competency_id, _ in asked
        },
    }
