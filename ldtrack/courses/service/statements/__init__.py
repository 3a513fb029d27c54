"""What other systems say: who may say it, taking it in, and saying what and whom it means."""

from ldtrack.courses.service.statements.knowing import activities_decided, learners_decided
from ldtrack.courses.service.statements.matching import (
    forget_activity,
    forget_learner,
    look_again,
    match_activity,
    match_learner,
)
from ldtrack.courses.service.statements.sources import (
    MadeSource,
    enter_source,
    make_source,
    revoke_source,
)
from ldtrack.courses.service.statements.stores import (
    PULL,
    add_store,
    ask_store_now,
    remove_store,
    store_asked,
    store_to_ask,
    store_told,
)
from ldtrack.courses.service.statements.taking import (
    compare_statements,
    drop_statements,
    for_source,
    take_statements,
)

__all__ = [
    "PULL",
    "MadeSource",
    "activities_decided",
    "add_store",
    "ask_store_now",
    "compare_statements",
    "drop_statements",
    "enter_source",
    "for_source",
    "forget_activity",
    "forget_learner",
    "learners_decided",
    "look_again",
    "make_source",
    "match_activity",
    "match_learner",
    "remove_store",
    "revoke_source",
    "store_asked",
    "store_to_ask",
    "store_told",
    "take_statements",
]
