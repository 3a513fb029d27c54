"""What probably became of each competency from one edition to the next; people decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ldtrack.competencies.domain.crosswalk import Crosswalk, Relation
from ldtrack.competencies.domain.likeness import Wording, drawn_from, likeness, wording
from ldtrack.competencies.domain.rows import CompetencyRow, Edition

ALIKE = 0.5
"""From here on two competencies are taken for one that was reworded."""
DRAWN = 0.6
"""From here on a competency is taken for a part of another.

Within each of the shipped frameworks no two share so much, but for two of ESCO that mean the same.
"""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What may be decided of a competency, and why it is thought so.

    Of one of the earlier edition, with those that it goes on as; or of one of the later edition
    that is new.
    """

    competency_id: int
    relation: Relation
    after_ids: tuple[int, ...]
    reason: str


def propose(before: Edition, after: Edition) -> tuple[Proposal, ...]:
    """One proposal for each competency of the earlier edition, then one for each that is new.

    The same identifier comes first (key, then address, then code), then the same name, then the
    likest words from `ALIKE` on. What is left over of the later edition may be a part of an earlier
    one, and what is left over of the earlier one a part of a later one, from `DRAWN` on. The same
    editions always give the same proposals: the order of the editions decides ties.

    >>> propose(edition, edition)[0].relation
    <Relation.SAME: 'same'>
    """
    pairing = _Pairing(before, after)
    for mark, reason in _MARKS:
        pairing.pair_marked(mark, reason)
    pairing.pair_alike()
    pairing.place_parts()
    return tuple(pairing.proposals())


def open_proposals(walk: Crosswalk, before: Edition, after: Edition) -> tuple[Proposal, ...]:
    """The same for what people have not decided yet.

    One of the later edition whose origin was decided to go on as something else may well be new.
    """
    proposed = propose(before, after)
    found = [
        each
        for each in proposed
        if each.relation is not Relation.NEW and each.competency_id not in walk.successors
    ]
    promised = {id_ for each in found for id_ in each.after_ids}
    anew = {each.competency_id: each for each in proposed}
    for row in after.competencies:
        if walk.relation_to(row.id) is None and row.id not in promised:
            left = Proposal(
                competency_id=row.id,
                relation=Relation.NEW,
                after_ids=(row.id,),
                reason="What it seemed to come from was decided otherwise.",
            )
            found.append(anew.get(row.id, left))
    return tuple(found)


_Mark = Callable[[CompetencyRow], str]
_MARKS: tuple[tuple[_Mark, str], ...] = (
    (lambda row: row.key, "The identifier is the same"),
    (lambda row: row.uri, "The address is the same"),
    (lambda row: row.code, "The code is the same"),
    (lambda row: " ".join(row.name.casefold().split()), "The name is the same"),
)


class _Pairing:
    """Which goes on as which, while it is being found out."""

    def __init__(self, before: Edition, after: Edition) -> None:
        self.before, self.after = before, after
        self.old, self.new = _wordings(before), _wordings(after)
        self.names = {row.id: row.name for row in (*before.competencies, *after.competencies)}
        self.links: dict[int, dict[int, str]] = {}
        """For each of the earlier edition those that it goes on as, each with the reason."""

    def pair_marked(self, mark: _Mark, reason: str) -> None:
        """Pair those that carry the same mark, if it marks one on either side."""
        theirs = _by_mark(self._left_new(), mark)
        for word, old in _by_mark(self._left_old(), mark).items():
            if len(old) == 1 and len(theirs.get(word, ())) == 1:
                new = theirs[word][0]
                renamed = "" if old[0].name == new.name else f"; it was called “{old[0].name}”"
                self._link(old[0].id, new.id, f"{reason}{renamed}.")

    def pair_alike(self) -> None:
        """Pair the likest of what is left, one to one, the most alike first."""
        pairs = [(old.id, new.id) for old in self._left_old() for new in self._left_new()]
        alike = {pair: likeness(self.old[pair[0]], self.new[pair[1]]) for pair in pairs}
        for old_id, new_id in sorted(pairs, key=lambda pair: -alike[pair]):
            share = alike[old_id, new_id]
            if share >= ALIKE and old_id not in self.links and not self._is_reached(new_id):
                self._link(old_id, new_id, f"{share:.0%} of the words are the same.")

    def place_parts(self) -> None:
        """Give what is left to what it was taken from, or has been taken into."""
        for new in self._left_new():
            share, old_id = _best(self.new[new.id], self.old)
            if share >= DRAWN:
                whole = self.names[old_id]
                self._link(old_id, new.id, f"{share:.0%} of “{new.name}” was in “{whole}”.")
        for old in self._left_old():
            share, new_id = _best(self.old[old.id], self.new)
            if share >= DRAWN:
                whole = self.names[new_id]
                self._link(old.id, new_id, f"{share:.0%} of it is in “{whole}” now.")

    def proposals(self) -> Iterator[Proposal]:
        """What was found, in the order of the editions."""
        drawn = self._as_crosswalk()
        for row in self.before.competencies:
            links = self.links.get(row.id, {})
            yield Proposal(
                competency_id=row.id,
                relation=drawn.relation_of(row.id) or Relation.RETIRED,
                after_ids=tuple(links),
                reason=" ".join(links.values()) or "Nothing in the later edition is like it.",
            )
        for row in self._left_new():
            yield Proposal(
                competency_id=row.id,
                relation=Relation.NEW,
                after_ids=(row.id,),
                reason="Nothing in the earlier edition is like it.",
            )

    def _as_crosswalk(self) -> Crosswalk:
        return Crosswalk(
            id=None,
            before_id=0,
            after_id=0,
            before="",
            after="",
            successors={old_id: tuple(links) for old_id, links in self.links.items()},
            new=frozenset(),
            levels=None,
        )

    def _link(self, old_id: int, new_id: int, reason: str) -> None:
        self.links.setdefault(old_id, {})[new_id] = reason

    def _is_reached(self, new_id: int) -> bool:
        return any(new_id in links for links in self.links.values())

    def _left_old(self) -> list[CompetencyRow]:
        return [row for row in self.before.competencies if row.id not in self.links]

    def _left_new(self) -> list[CompetencyRow]:
        return [row for row in self.after.competencies if not self._is_reached(row.id)]


def _wordings(edition: Edition) -> dict[int, Wording]:
    return {
        row.id: wording(row, edition.indicators.get(row.id, ())) for row in edition.competencies
    }


def _by_mark(rows: list[CompetencyRow], mark: _Mark) -> dict[str, list[CompetencyRow]]:
    found: dict[str, list[CompetencyRow]] = {}
    for row in rows:
        if word := mark(row):
            found.setdefault(word, []).append(row)
    return found


def _best(part: Wording, wholes: Mapping[int, Wording]) -> tuple[float, int]:
    """The one that holds most of the part, the first of several; its share and its id."""
    shares = {id_: drawn_from(part, whole) for id_, whole in wholes.items()}
    if not shares:
        return 0.0, 0
    best = max(shares, key=lambda id_: shares[id_])
    return shares[best], best
