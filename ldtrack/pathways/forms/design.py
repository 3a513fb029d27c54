"""Forms that name a pathway, its stages and their gates."""

from __future__ import annotations

from ldtrack.evidence.domain import SourceKind
from ldtrack.pathways.domain import HEAVIEST, LONGEST_DAYS, SMALLEST_SHARE, Confidence, DueFrom
from ldtrack.pathways.domain.commands import (
    CreatePathway,
    DescribePathway,
    WriteGate,
    WriteGroup,
    WriteStage,
)
from ldtrack.ui.fields import (
    ChoiceField,
    DayField,
    EnumField,
    EnumManyField,
    LineField,
    PickField,
    TextField,
    WholeNumberField,
)
from ldtrack.ui.forms import Form

_TITLE = "Give the pathway a title."


class NewPathwayForm(Form):
    """A pathway and the framework that its competencies come from."""

    title = LineField("Title", required=_TITLE)
    purpose = TextField("Purpose", max_chars=2000, rows=3)
    framework_version_id = PickField("Framework", required="Choose a framework.")

    def command(self) -> CreatePathway:
        """What was typed."""
        return CreatePathway(
            title=self.title.data,
            purpose=self.purpose.data,
            framework_version_id=self.framework_version_id.data,
        )


class DescribePathwayForm(Form):
    """What a pathway is called and for, and from which share on one kind or domain is a lot."""

    title = LineField("Title", required=_TITLE)
    purpose = TextField("Purpose", max_chars=2000, rows=3)
    largest_share = WholeNumberField(
        "Largest share of one kind or domain, in percent",
        lowest=SMALLEST_SHARE,
        highest=100,
        required="Give a share.",
    )

    def command(self) -> DescribePathway:
        """What was typed."""
        return DescribePathway(
            title=self.title.data,
            purpose=self.purpose.data,
            largest_share=self.largest_share.data,
        )


class StageForm(Form):
    """What a stage is called."""

    title = LineField("Title", required="Give the stage a title.")

    def command(self) -> WriteStage:
        """What was typed; gates have a form of their own."""
        return WriteStage(title=self.title.data)


class GateForm(Form):
    """A competency and the level of it that a stage asks for, how surely and by what evidence."""

    competency_id = PickField("Competency", required="Choose a competency.")
    level = ChoiceField("Level", required="Choose a level.")
    confidence = EnumField(
        "How sure",
        Confidence,
        words={
            Confidence.FAIRLY_SURE: "At least fairly sure",
            Confidence.WELL_ESTABLISHED: "Well established",
        },
        blank="Very likely is enough",
    )
    kinds = EnumManyField(
        "Evidence that has to be there",
        SourceKind,
        words={
            kind: kind.label
            for kind in SourceKind
            if kind not in {SourceKind.SELF_RATING, SourceKind.COURSE_COMPLETION}
        },
    )

    def command(self) -> WriteGate:
        """What was typed."""
        return WriteGate(
            competency_id=self.competency_id.data,
            level=int(self.level.data),
            confidence=self.confidence.data,
            kinds=tuple(self.kinds.data),
        )


class DueFields(Form):
    """When something is to be done."""

    due_from = EnumField(
        "Due",
        DueFrom,
        words={
            DueFrom.STAGE: "So many days after its stage begins",
            DueFrom.DATE: "On one day for everybody",
        },
        blank="So many days after enrolment",
    )
    due_days = WholeNumberField("Days", lowest=0, highest=LONGEST_DAYS)
    due_date = DayField("Day")

    @property
    def reckoned_from(self) -> DueFrom:
        """What was chosen; enrolment if nothing was."""
        return self.due_from.data or DueFrom.ENROLMENT


class GroupForm(DueFields):
    """A choice within a stage."""

    title = LineField("Title", required="Give the choice a title.")
    choose = WholeNumberField(
        "How many to choose", lowest=1, highest=50, default=1, required="Say how many."
    )
    weight = WholeNumberField(
        "Weight of each", lowest=1, highest=HEAVIEST, default=1, required="Give a weight."
    )

    def command(self) -> WriteGroup:
        """What was typed."""
        return WriteGroup(
            title=self.title.data,
            choose=self.choose.data,
            weight=self.weight.data,
            due_from=self.reckoned_from,
            due_days=self.due_days.data,
            due_date=self.due_date.data,
        )
