"""Pages of pulses: HR sets them up and runs them, people answer, those entitled read results."""

from ldtrack.feedback.views.pulses import (
    answering,
    follow_ups,
    process,
    results,
    running,
    writing,
)

__all__ = ["answering", "follow_ups", "process", "results", "running", "writing"]
