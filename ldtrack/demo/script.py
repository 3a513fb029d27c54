"""What the files in `organisations` say: frameworks, pathways, courses, openings and 360 cycles."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from ldtrack.assignments.domain import Contribution, PostingKind, Stretch
from ldtrack.courses.domain import CourseFormat
from ldtrack.demo.cast import Size
from ldtrack.pathways.domain import StepKind


@dataclass(frozen=True, kw_only=True)
class ScriptedStep:
    """A step of a pathway; courses by code, competencies by key, other steps by title."""

    kind: StepKind
    title: str
    required: bool = True
    weight: int = 1
    course: str = ""
    competency: str = ""
    level: int | None = None
    text: str = ""
    due_days: int | None = None
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ScriptedStage:
    """A stage of a pathway with its gates, levels by competency key."""

    title: str
    gates: Mapping[str, int]
    steps: tuple[ScriptedStep, ...]


@dataclass(frozen=True, kw_only=True)
class Programme:
    """One pathway, the framework it stands on and the role it leads to."""

    key: str
    title: str
    purpose: str
    framework: str
    role_profile: str
    leaders: int
    """Leaders on it in each company of the organisation."""
    targets: Mapping[str, int]
    stages: tuple[ScriptedStage, ...]
    item_level: int | None = None


@dataclass(frozen=True, kw_only=True)
class ScriptedCourse:
    """A course; `develops` are levels by programme and competency key.

    `assessed` is `test`, `score`, `none`, or `imported` for one whose completions come from files.
    """

    code: str
    title: str
    provider: str
    format: CourseFormat
    mode: str
    hours: float
    assessed: str
    description: str
    develops: Mapping[str, Mapping[str, int]]
    after_days: int = 0
    valid_months: int | None = None
    place: str = "online"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Somebody's part in an opening: the n-th leader of the programme in each company."""

    leader: int
    applied: bool = False
    waiting: bool = False
    listed: bool = False
    offered: bool = False
    declined: str = ""
    debriefs: tuple[str, ...] = ()
    contribution: Contribution = Contribution.CONTRIBUTED

    @property
    def takes_one(self) -> bool:
        """Whether one of the opening's places is theirs, or kept for them."""
        return not (self.waiting or self.listed or self.declined)


@dataclass(frozen=True, kw_only=True)
class ScriptedPosting:
    """An opening that starts so many days into the history and runs so many days.

    One that `waits` is over and its outcome is still to be confirmed. One that is `proposed` waits
    for HR. With `template` HR kept it as one of that name. What `weights` leaves out counts once;
    what `helpful` leaves out is critical.
    """

    title: str
    kind: PostingKind
    programme: str
    starts: int
    days: int
    share_of_time: int
    description: str
    promised_outcome: str
    measure: str
    stretch: Stretch
    develops: Mapping[str, int]
    places: tuple[Place, ...]
    delivered: str = ""
    proof: str = ""
    outside: str = ""
    ended_early: str = ""
    waits: bool = False
    proposed: bool = False
    template: str = ""
    location: str = ""
    is_remote: bool = False
    weights: Mapping[str, int] = field(default_factory=dict)
    helpful: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Round:
    """A 360 that opens and closes so many days before today; a negative number lies ahead.

    Without `programmes` all take part; with `debrief` the coaches have passed the reports on. With
    `days` each leader starts when ready, and questionnaires are open for so long.
    """

    name: str
    opens: int
    closes: int
    debrief: bool
    programmes: tuple[str, ...] = ()
    days: int | None = None


@dataclass(frozen=True, kw_only=True)
class Script:
    """One organisation; `days` is how far its history reaches back."""

    name: str
    domain: str
    units: tuple[str, ...]
    coaches: int
    sponsors: int
    staff: int
    has_known_leaders: bool
    days: int
    programmes: tuple[Programme, ...]
    courses: tuple[ScriptedCourse, ...]
    postings: tuple[ScriptedPosting, ...]
    rounds: tuple[Round, ...]

    def size(self, scale: int) -> Size:
        """How many people that is, `scale` companies of them."""
        profiles = tuple(p.role_profile for p in self.programmes for _ in range(p.leaders))
        return Size(
            organisation=self.name,
            domain=self.domain,
            units=self.units,
            leaders=scale * len(profiles),
            coaches=scale * self.coaches,
            sponsors=scale * self.sponsors,
            staff=scale * self.staff,
            profiles=profiles,
            has_known_leaders=self.has_known_leaders,
        )


def script_named(name: str) -> Script:
    """The organisation that the file of that name describes."""
    found = _read(f"organisations/{name}.toml")
    return Script(
        **_tuples(found, "units", but=["programmes", "courses", "postings", "rounds"]),
        programmes=tuple(_programme(each) for each in found["programmes"]),
        courses=tuple(ScriptedCourse(**_course(each)) for each in found["courses"]),
        postings=tuple(_posting(each) for each in found["postings"]),
        rounds=tuple(Round(**_tuples(each, "programmes")) for each in found["rounds"]),
    )


def words(name: str) -> dict[str, Any]:
    """The sentences in the file of that name."""
    return _read(f"words/{name}.toml")


def _programme(found: Mapping[str, Any]) -> Programme:
    return Programme(
        **_tuples(found, but=["stages"]),
        stages=tuple(
            ScriptedStage(
                title=stage["title"],
                gates=stage["gates"],
                steps=tuple(_step(each) for each in stage["steps"]),
            )
            for stage in found["stages"]
        ),
    )


def _step(found: Mapping[str, Any]) -> ScriptedStep:
    return ScriptedStep(**_tuples(found, "requires", but=["kind"]), kind=StepKind(found["kind"]))


def _course(found: Mapping[str, Any]) -> dict[str, Any]:
    return {"develops": {}, **found, "format": CourseFormat(found["format"])}


def _posting(found: Mapping[str, Any]) -> ScriptedPosting:
    return ScriptedPosting(
        **_tuples(found, "helpful", but=["kind", "stretch", "places"]),
        kind=PostingKind(found["kind"]),
        stretch=Stretch(**found["stretch"]),
        places=tuple(_place(each) for each in found.get("places", ())),
    )


def _place(found: Mapping[str, Any]) -> Place:
    spoken = found.get("contribution", Contribution.CONTRIBUTED)
    return Place(
        **_tuples(found, "debriefs", but=["contribution"]), contribution=Contribution(spoken)
    )


def _tuples(found: Mapping[str, Any], *names: str, but: list[str] | None = None) -> dict[str, Any]:
    left_out = set(but or ())
    return {
        key: tuple(value) if key in names else value
        for key, value in found.items()
        if key not in left_out
    }


def _read(path: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("ldtrack.demo").joinpath(path).read_text("utf-8"))
