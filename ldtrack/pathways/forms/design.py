"""Forms that name a pathway, its stages and their gates."""

from __future__ import annotations

from ldtrack.pathways.domain.commands import (
    CreatePathway,
    DescribePathway,
    WriteStage,
)
from ldtrack.ui.fields import ChoiceField, LineField, PickField, TextField
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
    """What a pathway is called and for."""

    title = LineField("Title", required=_TITLE)
    purpose = TextField("Purpose", max_chars=2000, rows=3)

    def command(self) -> DescribePathway:
        """What was typed."""
        return DescribePathway(title=self.title.data, purpose=self.purpose.data)


class StageForm(Form):
    """What a stage is called."""

    title = LineField("Title", required="Give the stage a title.")

    def command(self) -> WriteStage:
        """What was typed; gates have a form of their own."""
        return WriteStage(title=self.title.data)


class GateForm(Form):
    """A competency and the level of it that a stage asks for."""

    competency_id = PickField("Competency", required="Choose a competency.")
    level = ChoiceField("Level", required="Choose a level.")
