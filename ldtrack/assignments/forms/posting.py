"""The form of an opening: who answers for it, what it promises, what it develops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import FieldList, FormField
from wtforms import Form as Part

from ldtrack.assignments.domain import (
    DIMENSIONS,
    MEANINGS,
    SCORE_WORDS,
    Develops,
    PostingKind,
    PostingRow,
    PostOpening,
    stretch_from,
)
from ldtrack.ui.fields import (
    ChoiceField,
    DayField,
    EnumField,
    LineField,
    Option,
    PickField,
    TextField,
    WholeNumberField,
)
from ldtrack.ui.forms import Form

_LEAST_LINES = 3
_SPARE_LINES = 2
_MOST_LINES = 8
_SCORES = [
    Option(id=str(score), label=f"{score}  {word}") for score, word in enumerate(SCORE_WORDS)
]


def _dimension(name: str) -> ChoiceField:
    return ChoiceField(
        DIMENSIONS[name], options=_SCORES, required=True, default="0", hint=MEANINGS[name]
    )


class DevelopsPart(Part):
    """One competency and the level that the assignment asks for."""

    competency = PickField("Competency", blank="None")
    level = WholeNumberField("Level", lowest=0, highest=20)


class PostingForm(Form):
    """An opening as it shall be read."""

    title = LineField("Title", required="Give the assignment a title.")
    kind = EnumField(
        "Kind",
        PostingKind,
        words={kind: kind.label for kind in PostingKind},
        required="Choose a kind.",
    )
    description = TextField("What it is about", max_chars=4000, rows=4)
    owner = LineField("Business owner", max_chars=320, required="Say who answers for it.")
    sponsor = LineField("Sponsor", max_chars=320, required="Say who sponsors it.")
    promised_outcome = TextField(
        "Promised outcome", max_chars=2000, rows=2, required="Say what it should bring."
    )
    measure = TextField(
        "How you will know", max_chars=2000, rows=2, required="Say how the outcome is measured."
    )
    starts_on = DayField("First day", required="Give its first day.")
    ends_on = DayField("Last day", required="Give its last day.")
    share_of_time = WholeNumberField(
        "Share of time (%)",
        lowest=1,
        highest=100,
        required="Say how much of a week it takes.",
    )
    places = WholeNumberField(
        "Places", lowest=1, highest=100, default=1, required="Say how many can take part."
    )
    develops = FieldList(FormField(DevelopsPart), min_entries=_LEAST_LINES, max_entries=_MOST_LINES)
    novelty = _dimension("novelty")
    stakes = _dimension("stakes")
    visibility = _dimension("visibility")
    boundary_crossing = _dimension("boundary_crossing")
    ambiguity = _dimension("ambiguity")

    @property
    def dimensions(self) -> list[Any]:
        """The five fields of the stretch profile."""
        return [self[name] for name in DIMENSIONS]

    def offer(self, competencies: Sequence[Option]) -> None:
        """Say which competencies there are to choose from."""
        for line in self.develops:
            line.competency.options = competencies

    def validate(self, extra_validators: object = None) -> bool:
        """Also: a competency needs its level, and there must be one."""
        fine = bool(super().validate(extra_validators))
        lines = list(self.develops)
        for line in lines:
            if line.competency.data is not None and line.level.data is None:
                line.level.errors = [*line.level.errors, "Say which level it asks for."]
                fine = False
        if all(line.competency.data is None for line in lines):
            first = lines[0].competency
            first.errors = [*first.errors, "Choose at least one competency that it develops."]
            fine = False
        return fine

    def command(self, *, owner_id: int, sponsor_id: int) -> PostOpening:
        """What was typed."""
        return PostOpening(
            title=self.title.data,
            kind=self.kind.data,
            description=self.description.data,
            owner_id=owner_id,
            sponsor_id=sponsor_id,
            promised_outcome=self.promised_outcome.data,
            measure=self.measure.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            share_of_time=self.share_of_time.data,
            places=self.places.data,
            develops=tuple(
                Develops(competency_id=line.competency.data, level=line.level.data)
                for line in self.develops
                if line.competency.data is not None
            ),
            stretch=stretch_from({name: self[name].data for name in DIMENSIONS}),
        )


def posting_form(posting: PostingRow | None, *, owner: str = "", sponsor: str = "") -> PostingForm:
    """The form, filled with an opening that is there already, with a few lines to spare."""
    if posting is None:
        return PostingForm()
    lines: list[dict[str, int | None]] = [
        {"competency": one.competency_id, "level": one.level} for one in posting.develops
    ]
    spare = max(_SPARE_LINES, _LEAST_LINES - len(lines))
    lines += [{"competency": None, "level": None}] * min(spare, _MOST_LINES - len(lines))
    return PostingForm(
        data={
            "title": posting.title,
            "kind": posting.kind,
            "description": posting.description,
            "owner": owner,
            "sponsor": sponsor,
            "promised_outcome": posting.promised_outcome,
            "measure": posting.measure,
            "starts_on": posting.starts_on,
            "ends_on": posting.ends_on,
            "share_of_time": posting.share_of_time,
            "places": posting.places,
            "develops": lines,
            **{name: str(score) for name, score in posting.stretch.scores.items()},
        }
    )
