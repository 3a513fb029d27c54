"""The arithmetic of growth: from dated evidence to a level, its range and the reasons for it.

A level drifts as a random walk; every piece of evidence pulls the estimate towards itself, the
more so the less noisy the piece and the less certain the estimate was. Nothing here knows where
evidence is kept, what day it is or who is looking.
"""

from ldtrack.growth.domain.ageing import Ageing, ageing
from ldtrack.growth.domain.carry import carried, combined, prior_carried, read_along
from ldtrack.growth.domain.change import Change, change_between
from ldtrack.growth.domain.fall import Fall, latest_fall
from ldtrack.growth.domain.fit import (
    Fit,
    FitOf,
    Need,
    Share,
    Taken,
    TooLittleKnown,
    best_first,
    fit_of,
    in_order,
    safety_of,
    usefulness,
)
from ldtrack.growth.domain.fold import Step, Trajectory, advance, extend, fold
from ldtrack.growth.domain.gate import (
    Criterion,
    kinds_criterion,
    level_criterion,
    sureness_criterion,
)
from ldtrack.growth.domain.ledger import Ledger, LedgerLine, ledger
from ldtrack.growth.domain.next_evidence import (
    Candidate,
    Promise,
    expected_fall,
    most_telling,
)
from ldtrack.growth.domain.prior import (
    Prior,
    PriorOrigin,
    prior_of_role,
    prior_of_scale,
)
from ldtrack.growth.domain.rungs import Rungs, rungs
from ldtrack.growth.domain.settings import FoldSettings
from ldtrack.growth.domain.settling import Settling, settling
from ldtrack.growth.domain.smooth import SmoothedPoint, smoothed
from ldtrack.growth.domain.stage import NoGates, ShownShare
from ldtrack.growth.domain.standing import (
    Band,
    Level,
    NotYetAssessed,
    Sureness,
    standing_at,
)
from ldtrack.growth.domain.state import State, predict, update_graded, update_threshold
from ldtrack.growth.domain.target import (
    ENOUGH_FOR_TARGET,
    AgainstTarget,
    Verdict,
    against,
    sureness_words,
)

__all__ = [
    "ENOUGH_FOR_TARGET",
    "AgainstTarget",
    "Ageing",
    "Band",
    "Candidate",
    "Change",
    "Criterion",
    "Fall",
    "Fit",
    "FitOf",
    "FoldSettings",
    "Ledger",
    "LedgerLine",
    "Level",
    "Need",
    "NoGates",
    "NotYetAssessed",
    "Prior",
    "PriorOrigin",
    "Promise",
    "Rungs",
    "Settling",
    "Share",
    "ShownShare",
    "SmoothedPoint",
    "State",
    "Step",
    "Sureness",
    "Taken",
    "TooLittleKnown",
    "Trajectory",
    "Verdict",
    "advance",
    "against",
    "ageing",
    "best_first",
    "carried",
    "change_between",
    "combined",
    "expected_fall",
    "extend",
    "fit_of",
    "fold",
    "in_order",
    "kinds_criterion",
    "latest_fall",
    "ledger",
    "level_criterion",
    "most_telling",
    "predict",
    "prior_carried",
    "prior_of_role",
    "prior_of_scale",
    "read_along",
    "rungs",
    "safety_of",
    "settling",
    "smoothed",
    "standing_at",
    "sureness_criterion",
    "sureness_words",
    "update_graded",
    "update_threshold",
    "usefulness",
]
