"""The forms of the journal and of what is taken along."""

from ldtrack.reflection.forms.journal import (
    EntryForm,
    RhythmForm,
    entry_form,
    prompt_called,
    reader_options,
    rhythm_data,
)
from ldtrack.reflection.forms.takeaways import (
    TakeawayForm,
    ToldForm,
    begun_takeaway,
    kind_called,
    takeaway_data,
    takeaway_form,
    told_form,
)

__all__ = [
    "EntryForm",
    "RhythmForm",
    "TakeawayForm",
    "ToldForm",
    "begun_takeaway",
    "entry_form",
    "kind_called",
    "prompt_called",
    "reader_options",
    "rhythm_data",
    "takeaway_data",
    "takeaway_form",
    "told_form",
]
