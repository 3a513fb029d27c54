"""Lines of what `ldtrack framework crosswalk` prints."""

from __future__ import annotations

from collections.abc import Iterator

from ldtrack.competencies.domain import Crosswalk, Proposal, Relation
from ldtrack.growth.domain import Level
from ldtrack.growth.queries import CompetencyGrowth, NowAndThen


def decided(walk: Crosswalk, keys: dict[int, str], competency_id: int) -> dict[str, object]:
    """A competency about which somebody decided."""
    is_new = competency_id in walk.new
    relation = Relation.NEW if is_new else walk.relation_of(competency_id)
    others = (competency_id,) if is_new else walk.successors[competency_id]
    return {
        "before": "" if is_new else keys[competency_id],
        "relation": relation.value if relation else "",
        "after": " ".join(keys[id_] for id_ in others),
        "decided": "yes",
        "reason": "",
    }


def proposed(proposal: Proposal, keys: dict[int, str]) -> dict[str, object]:
    """A competency that waits for a decision."""
    is_new = proposal.relation is Relation.NEW
    return {
        "before": "" if is_new else keys[proposal.competency_id],
        "relation": proposal.relation.value,
        "after": " ".join(keys[id_] for id_ in proposal.after_ids),
        "decided": "no",
        "reason": proposal.reason,
    }


def changes(walk: Crosswalk, both: NowAndThen, old: set[int]) -> Iterator[dict[str, object]]:
    """Each level of the earlier edition, beside what it would become."""
    then = {found.competency.id: found for found in both.then.competencies}
    for found in both.now.competencies:
        if found.competency.id not in old or not isinstance(found.standing, Level):
            continue
        relation = walk.relation_of(found.competency.id)
        after = walk.successors.get(found.competency.id, ())
        yield {
            "competency": found.competency.name,
            "now": _level(found),
            "relation": relation.value if relation else "open",
            "then": "; ".join(f"{then[id_].competency.name} {_level(then[id_])}" for id_ in after),
        }


def back(walk: Crosswalk, both: NowAndThen, told: set[int]) -> Iterator[dict[str, object]]:
    """Each level of the later edition, beside what stood before it and what it has of its own."""
    then = {found.competency.id: found for found in both.then.competencies}
    for found in both.now.competencies:
        id_ = found.competency.id
        relation = walk.relation_to(id_)
        if id_ not in told or relation is None or not isinstance(found.standing, Level):
            continue
        left = [one for one in (*walk.predecessors.get(id_, ()), id_) if one in then]
        yield {
            "competency": found.competency.name,
            "now": _level(found),
            "relation": relation.value,
            "then": "; ".join(f"{then[one].competency.name} {_level(then[one])}" for one in left),
        }


def _level(growth: CompetencyGrowth) -> str:
    """A level with its range."""
    standing = growth.standing
    if not isinstance(standing, Level):
        return standing.label
    return f"{standing.mean:.1f} ({standing.band.low:.1f} to {standing.band.high:.1f})"
