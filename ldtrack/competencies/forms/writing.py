"""Forms in which HR writes a framework, and says what roles ask for."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import FieldList, FormField
from wtforms import Form as Part

from ldtrack.competencies.domain import (
    CompetencyRow,
    DescribeEdition,
    FoundFramework,
    Level,
    WriteCompetency,
    WriteDomain,
    WriteIndicator,
    WriteLevel,
    WriteProfile,
)
from ldtrack.competencies.domain.settling import USUAL_LEVELS
from ldtrack.ui.fields import ChoiceField, LineField, Option, PickField, TextField, TickField
from ldtrack.ui.forms import Form

_SPARE = 2
_MOST_LEVELS = 20


class LevelPart(Part):
    """One level; without a word it is left out."""

    label = LineField("Word", max_chars=200)
    meaning = TextField("What it means", max_chars=2000, rows=2)


class LevelsForm(Form):
    """The scale, from low to high."""

    levels = FieldList(FormField(LevelPart), max_entries=_MOST_LEVELS + _SPARE)

    def show_again(self, lines: Sequence[dict[str, str]]) -> None:
        """Give a form that came back without a single line those that it began with."""
        if not self.levels:
            for line in lines:
                self.levels.append_entry(line)

    def written(self) -> tuple[WriteLevel, ...]:
        """What was typed."""
        return tuple(
            WriteLevel(label=part.label.data, meaning=part.meaning.data)
            for part in (line.form for line in self.levels)
            if part.label.data
        )


class EditionForm(Form):
    """What an edition is called, and whose work it is."""

    version = LineField("Edition", max_chars=60, required="Say what this edition is called.")
    licence = LineField("Licence", max_chars=300)
    attribution = TextField("Attribution", max_chars=2000, rows=2)
    notes = TextField("Notes", max_chars=5000, rows=3)

    def command(self) -> DescribeEdition:
        """What was typed."""
        return DescribeEdition(
            version=self.version.data,
            licence=self.licence.data,
            attribution=self.attribution.data,
            notes=self.notes.data,
        )


class FrameworkForm(LevelsForm):
    """A framework of the organisation's own."""

    title = LineField("Title", max_chars=300, required="Give the framework a title.")
    version = LineField("Edition", max_chars=60, required="Say what this edition is called.")
    publisher = LineField("Publisher", max_chars=300)
    language = LineField("Language", max_chars=20, required="Say in which language it is.")

    def command(self) -> FoundFramework:
        """What was typed."""
        return FoundFramework(
            title=self.title.data,
            publisher=self.publisher.data,
            version=self.version.data,
            language=self.language.data,
            levels=self.written(),
        )


class DomainForm(Form):
    """What a domain is called."""

    name = LineField("Name", max_chars=300, required="Give the domain a name.")

    def command(self) -> WriteDomain:
        """What was typed."""
        return WriteDomain(name=self.name.data)


class CompetencyForm(Form):
    """What a competency is called and means."""

    name = LineField("Name", max_chars=300, required="Give the competency a name.")
    definition = TextField(
        "What it means", max_chars=5000, rows=4, required="Say what the competency means."
    )
    domain_id = PickField("Domain", required="Choose a domain.")
    code = LineField("Code", max_chars=60)

    def command(self) -> WriteCompetency:
        """What was typed."""
        return WriteCompetency(
            name=self.name.data,
            definition=self.definition.data,
            domain_id=self.domain_id.data,
            code=self.code.data,
        )


class SplitForm(Form):
    """What the parts of a competency are called."""

    name_1 = LineField("First part", max_chars=300, required="Give the first part a name.")
    name_2 = LineField("Second part", max_chars=300, required="Give the second part a name.")
    name_3 = LineField("Third part", max_chars=300)
    name_4 = LineField("Fourth part", max_chars=300)

    @property
    def names(self) -> list[str]:
        """What was typed."""
        typed = (self.name_1.data, self.name_2.data, self.name_3.data, self.name_4.data)
        return [name for name in typed if name]


class IndicatorForm(Form):
    """What somebody at a level does, and what they do not."""

    level = ChoiceField("Level", required="Choose a level.")
    effective = TextField("What they do", max_chars=5000, rows=3)
    ineffective = TextField("What they do not", max_chars=5000, rows=3)

    def command(self) -> WriteIndicator:
        """What was typed."""
        return WriteIndicator(
            level=int(self.level.data),
            effective=self.effective.data,
            ineffective=self.ineffective.data,
        )


class TargetPart(Part):
    """The level that a role asks for in one competency; without one it does not ask.

    What is critical, the role cannot do without.
    """

    level = ChoiceField("Level", blank="Not asked for")
    critical = TickField("Critical")


class ProfileForm(Form):
    """A role and the levels that it asks for."""

    name = LineField("Role", max_chars=200, required="Say which role this is.")
    targets = FieldList(FormField(TargetPart, label=""), label="Levels")

    def offer(self, competencies: Sequence[CompetencyRow], levels: Sequence[Level]) -> None:
        """Name the lines, which are there in the order of the competencies, and their levels."""
        options = [Option(id=str(level.value), label=level.name) for level in levels]
        for line, row in zip(self.targets, competencies, strict=True):
            line.level.label.text = row.name
            line.level.options = options
            line.critical.label.text = f"{row.name} is critical"

    def command(
        self, framework_version_id: int, competencies: Sequence[CompetencyRow]
    ) -> WriteProfile:
        """What was chosen."""
        lines = list(zip(self.targets, competencies, strict=True))
        return WriteProfile(
            framework_version_id=framework_version_id,
            name=self.name.data,
            targets={row.id: int(line.level.data) for line, row in lines if line.level.data},
            critical=frozenset(
                row.id for line, row in lines if line.level.data and line.critical.data
            ),
        )

    def validate(self, extra_validators: object = None) -> bool:
        """Also: only what the role asks for can be critical."""
        fine = bool(super().validate(extra_validators))
        for line in self.targets:
            if line.critical.data and not line.level.data:
                line.level.errors = [*line.level.errors, "Choose a level, or untick “critical”."]
                fine = False
        return fine


def lines_of(levels: Sequence[Level]) -> list[dict[str, str]]:
    """The levels as a form shows them, with a few lines to spare."""
    lines = [{"label": level.label, "meaning": level.meaning} for level in levels]
    return [*lines, *({} for _ in range(_SPARE))]


def usual_lines() -> list[dict[str, str]]:
    """The levels that a new framework begins with, to be reworded."""
    return [{"label": level.label} for level in USUAL_LEVELS]
