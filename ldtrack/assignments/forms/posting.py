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
    TemplateRow,
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
    TickField,
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


_WEIGHTS = [
    Option(id="1", label="Once"),
    Option(id="2", label="Twice"),
    Option(id="3", label="Three times"),
]
_CRITICAL, _HELPFUL = "critical", "helpful"
_NEEDS = [
    Option(id=_CRITICAL, label="Critical"),
    Option(id=_HELPFUL, label="Helpful"),
]


class DevelopsPart(Part):
    """One competency and the level that the assignment asks for."""

    competency = PickField("Competency", blank="None")
    level = WholeNumberField("Level", lowest=0, highest=20)
    weight = ChoiceField("Counts", options=_WEIGHTS, default="1")
    need = ChoiceField("Is", options=_NEEDS, default=_CRITICAL)

    @property
    def develops(self) -> Develops:
        """What was chosen; what was not sent is as usual."""
        return Develops(
            competency_id=self.competency.data,
            level=self.level.data,
            weight=int(self.weight.data or "1"),
            is_critical=self.need.data != _HELPFUL,
        )


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
    location = LineField("Where")
    is_remote = TickField("It can be done from anywhere")
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
            location=self.location.data,
            is_remote=self.is_remote.data,
            develops=tuple(
                line.form.develops for line in self.develops if line.competency.data is not None
            ),
            stretch=stretch_from({name: self[name].data for name in DIMENSIONS}),
        )


def posting_form(posting: PostingRow, *, owner: str, sponsor: str) -> PostingForm:
    """The form, filled with an opening that is there already, with a few lines to spare."""
    return PostingForm(
        data={
            **_described(posting),
            "owner": owner,
            "sponsor": sponsor,
            "starts_on": posting.starts_on,
            "ends_on": posting.ends_on,
        }
    )


def form_from(template: TemplateRow | None) -> PostingForm:
    """The form, empty or filled with what a template says; whose and when it is, is still open."""
    return PostingForm() if template is None else PostingForm(data=_described(template))


def _described(one: PostingRow | TemplateRow) -> dict[str, Any]:
    lines: list[dict[str, int | str | None]] = [
        {
            "competency": pair.competency_id,
            "level": pair.level,
            "weight": str(pair.weight),
            "need": _CRITICAL if pair.is_critical else _HELPFUL,
        }
        for pair in one.develops
    ]
    spare = max(_SPARE_LINES, _LEAST_LINES - len(lines))
    empty = dict[str, int | str | None](competency=None, level=None, weight="1", need=_CRITICAL)
    lines += [empty] * min(spare, _MOST_LINES - len(lines))
    return {
        "title": one.title,
        "kind": one.kind,
        "description": one.description,
        "promised_outcome": one.promised_outcome,
        "measure": one.measure,
        "share_of_time": one.share_of_time,
        "places": one.places,
        "location": one.location,
        "is_remote": one.is_remote,
        "develops": lines,
        **{name: str(score) for name, score in one.stretch.scores.items()},
    }
