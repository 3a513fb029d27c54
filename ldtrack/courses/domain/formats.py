"""The forms that formal learning takes; how much each says about a level lives in `reading`."""

from __future__ import annotations

from enum import StrEnum


class CourseFormat(StrEnum):
    """What kind of learning a course is."""

    WORKSHOP = "workshop"
    """People learn together, in a room or in a call, with somebody who leads."""
    E_LEARNING = "e_learning"
    """Alone, online, at one's own pace."""
    BLENDED = "blended"
    """Partly together, partly alone."""
    MICRO_LESSON = "micro_lesson"
    """A few minutes on one thing."""
    SIMULATION = "simulation"
    """Practice in a made-up case that answers back."""
    LIVE_CASE = "live_case"
    """Work on a case that is somebody's real one."""
    REFLECTION = "reflection"
    """Questions answered in writing, each at their own time."""
    EXTERNAL = "external"
    """A programme or conference that somebody outside runs."""

    @property
    def label(self) -> str:
        """The words people see."""
        return _LABELS[self]


_LABELS = {
    CourseFormat.WORKSHOP: "Workshop",
    CourseFormat.E_LEARNING: "E-learning",
    CourseFormat.BLENDED: "Blended",
    CourseFormat.MICRO_LESSON: "Micro-lesson",
    CourseFormat.SIMULATION: "Simulation",
    CourseFormat.LIVE_CASE: "Live case",
    CourseFormat.REFLECTION: "Asynchronous reflection",
    CourseFormat.EXTERNAL: "External programme",
}
