"""Forms of rater groups: those of one cycle, and those that new cycles begin with."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import FieldList, FormField
from wtforms import Form as Part

from ldtrack.feedback.domain.anonymity import LARGEST_K, SMALLEST_K
from ldtrack.feedback.domain.answers import RaterGroup
from ldtrack.feedback.domain.settings import MOST_GROUPS
from ldtrack.people.domain import LARGEST_BUDGET
from ldtrack.ui.fields import HiddenLineField, LineField, WholeNumberField
from ldtrack.ui.forms import Form

_SPARE = 2
_MOST_ASKED = 50


class GroupPart(Part):
    """One rater group; without a name it is left out."""

    key = HiddenLineField("Key", max_chars=40)
    name = LineField("Name", max_chars=60)
    floor = WholeNumberField("Shown from", lowest=0, highest=LARGEST_K)
    least = WholeNumberField("At least", lowest=0, highest=_MOST_ASKED)
    most = WholeNumberField("At most", lowest=1, highest=_MOST_ASKED)


class GroupsForm(Form):
    """The rater groups, in the order in which reports show them."""

    groups = FieldList(FormField(GroupPart), max_entries=MOST_GROUPS + _SPARE)

    def chosen(self, known: Sequence[RaterGroup]) -> tuple[RaterGroup, ...]:
        """What was typed; a group that is `known` keeps its key and whether it is exempt."""
        by_key = {group.key: group for group in known}
        return tuple(
            RaterGroup(
                key=part.key.data if part.key.data in by_key else "",
                name=part.name.data,
                exempt=part.key.data in by_key and by_key[part.key.data].exempt,
                floor=part.floor.data or 0,
                least=part.least.data or 0,
                most=part.most.data,
            )
            # The line itself has a name too: that of its field.
            for part in (line.form for line in self.groups)
            if part.name.data
        )


class UsualForm(GroupsForm):
    """What holds for every new cycle of the organisation."""

    floor = WholeNumberField(
        "Fewest raters shown together",
        lowest=SMALLEST_K,
        highest=LARGEST_K,
        required="Say from how many raters anything is shown.",
        hint="Nothing of fewer people is shown anywhere. A cycle can ask for more, never for less. "
        "Once raised it cannot be lowered again.",
    )
    budget = WholeNumberField(
        "Most questionnaires for anybody in a quarter",
        lowest=1,
        highest=LARGEST_BUDGET,
        required="Say how many anybody may be asked for.",
        hint="Over all cycles. Who is asked for more answers with less care.",
    )


def lines_of(groups: Sequence[RaterGroup]) -> list[dict[str, object]]:
    """The groups as a form shows them, with a few lines to spare."""
    lines: list[dict[str, object]] = [
        {
            "key": group.key,
            "name": group.name,
            "floor": group.floor or None,
            "least": group.least or None,
            "most": group.most,
        }
        for group in groups
    ]
    return [*lines, *({} for _ in range(_SPARE))]
