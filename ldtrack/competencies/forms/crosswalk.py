"""Forms in which HR decides what became of each competency, and how levels are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ldtrack.competencies.domain import CompetencyRow, Level
from ldtrack.ui.fields import ChoiceField, Option, PickManyField
from ldtrack.ui.forms import Form

ALONE, WITH = "alone", "with"


class DecideForm(Form):
    """Whether a competency has counterparts in the other edition, and which."""

    fate = ChoiceField("What became of it", radios=True, required="Say what became of it.")
    others = PickManyField("Which")

    def offer(self, rows: Iterable[CompetencyRow], *, goes_on: str, alone: str) -> None:
        """Name the two answers, and the competencies to choose from under their domains."""
        self.fate.options = [Option(id=WITH, label=goes_on), Option(id=ALONE, label=alone)]
        self.others.options = [Option(id=row.id, label=row.name, group=row.domain) for row in rows]

    def validate(self, extra_validators: object = None) -> bool:
        """An answer and the ticks must agree: no guess is made of what somebody meant."""
        fine = bool(super().validate(extra_validators))
        if self.fate.data == WITH and not self.others.data:
            self.refuse("others", "Tick at least one competency.")
            return False
        if self.fate.data == ALONE and self.others.data:
            self.refuse("others", "Untick these, or choose the other answer above.")
            return False
        return fine

    def chosen(self) -> tuple[int, ...]:
        """The counterparts; none if it stands alone."""
        return tuple(self.others.data) if self.fate.data == WITH else ()


class ReadLevelsForm(Form):
    """Which levels of the later scale the ends of the earlier one are."""

    lowest = ChoiceField("Lowest", required="Choose a level.")
    highest = ChoiceField("Highest", required="Choose a level.")

    def offer(self, levels: Sequence[Level], *, lowest: str, highest: str) -> None:
        """Name the ends of the earlier scale, and the levels to choose from."""
        self.lowest.label.text, self.highest.label.text = lowest, highest
        options = [Option(id=str(level.value), label=level.name) for level in levels]
        self.lowest.options = self.highest.options = options
