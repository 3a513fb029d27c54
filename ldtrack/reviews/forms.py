"""Forms of reviews: asking for one, and the leader's yes."""

from __future__ import annotations

from ldtrack.reviews.domain.kinds import Audience, Paper
from ldtrack.reviews.domain.rows import LONGEST_NOTE, AskForReview
from ldtrack.ui.fields import EnumField, TextField
from ldtrack.ui.forms import Form


class AskForm(Form):
    """For whom it is and on what paper."""

    audience = EnumField(
        "What to make",
        enum=Audience,
        words={
            Audience.LEADER: "The leader’s own review",
            Audience.SPONSOR: "A report for the sponsor",
        },
        radios=True,
        required="Choose what to make.",
    )
    paper = EnumField(
        "Paper",
        enum=Paper,
        words={paper: paper.label for paper in Paper},
        radios=True,
        required="Choose a paper size.",
    )

    def command(self, person_id: int) -> AskForReview:
        """What was asked for."""
        assert self.audience.data is not None  # the form was valid
        assert self.paper.data is not None  # the form was valid
        return AskForReview(person_id=person_id, audience=self.audience.data, paper=self.paper.data)


class AgreeForm(Form):
    """The yes, with a word to the sponsor."""

    note = TextField(
        "A word to your sponsor",
        hint="Printed on the first page. Say what you would like them to do: a door to open, "
        "a project, a talk. Leave it empty if there is nothing.",
        max_chars=LONGEST_NOTE,
        rows=5,
    )
