"""What HR asks this room to do, as frozen values; doing it is the service's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ldtrack.feedback.domain.rows import Sharing
from ldtrack.feedback.domain.timeline import Pace


@dataclass(frozen=True, kw_only=True)
class BuildQuestionnaire:
    """Which competencies are asked about, at which level of the framework, and how answered.

    Without a `level` items come from the middle of the scale. `plain_scale` asks for 1 to 5 in
    words of frequency instead of the framework's own levels.
    """

    framework_version_id: int
    competency_ids: tuple[int, ...]
    level: int | None = None
    per_competency: int = 3
    plain_scale: bool = False


@dataclass(frozen=True, kw_only=True)
class NewCycle:
    """A cycle to be set up; `k` may raise the organisation's floor.

    What it asks is a questionnaire of the library, by its id, or one that is built on the way.
    A rolling one is open for each person for so many `days`.
    """

    name: str
    opens_on: date
    closes_on: date
    questionnaire: BuildQuestionnaire | int
    k: int | None = None
    pace: Pace = Pace.TOGETHER
    days: int | None = None


@dataclass(frozen=True, kw_only=True)
class CopyCycle:
    """Another round held like an earlier one, on new days; `with_people` takes its leaders too."""

    name: str
    opens_on: date
    closes_on: date
    with_people: bool = True


@dataclass(frozen=True, kw_only=True)
class AskRater:
    """Somebody to be asked: a known person, or a name and an address from outside."""

    group_key: str
    person_id: int | None = None
    name: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class WrittenComment:
    """What a rater wrote, and how it may be used."""

    text: str
    sharing: Sharing = Sharing.AS_WRITTEN


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A statement as it shall be; without an `item_id` it is new."""

    text: str
    weight: int = 1
    item_id: int | None = None
    indicator_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class QuestionnaireSettings:
    """What holds for a whole questionnaire; its steps keep their number, with other words."""

    title: str
    language: str
    words: tuple[str, ...]
    most_important: int | None = None
    then_months: int | None = None
