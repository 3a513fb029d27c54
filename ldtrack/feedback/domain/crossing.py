"""One competency of a report on its way past the reports of other cycles, figure by figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from ldtrack.feedback.domain.answers import SELF_GROUP, CompetencyItems
from ldtrack.feedback.domain.audit import Aggregate
from ldtrack.feedback.domain.between_cycles import Band, Neighbours
from ldtrack.feedback.domain.cell_answers import ROUGHLY, CellAnswers, FigureKey
from ldtrack.feedback.domain.people_figures import PeopleFigure, shares_of


@dataclass(kw_only=True)
class Crossing:
    """What was admitted so far. `printed` are figures of earlier editions of the same report."""

    competency: CompetencyItems
    neighbours: Neighbours | None
    printed: Sequence[Aggregate] = ()
    admitted: list[PeopleFigure] = field(default_factory=list)
    told: frozenset[str] = frozenset()

    def untold(self, cells: Iterable[CellAnswers]) -> set[str]:
        """The known people, as cells, whose figures would give away a group they were part of."""
        found: set[str] = set()
        if self.neighbours is None:
            return found
        for cell in cells:
            if cell.cell.exempt and cell.cell.key != SELF_GROUP and cell.scores:
                own = self._figure(self.neighbours, cell, None, cell.scores.keys())
                if self.neighbours.admit_known(own):
                    self.told |= own.people or frozenset()
                else:
                    found.add(cell.cell.key)
        return found

    def begin_with(self, cells: Sequence[CellAnswers]) -> None:
        """Take along what earlier editions printed as numbers: it stands beside whatever is new.

        Whose such a figure is, is known if it is of all raters of a present cell, else to nobody.
        """
        if self.neighbours is None or not cells:
            return
        present = {one.cell.key: one for one in cells}
        asked = {str(item): item for item in self.competency.item_ids}
        for old in self.printed:
            word, _, cell_key = old.label.partition(" · ")
            is_mean = word == str(self.competency.competency_id)
            if not (is_mean or word in asked) or old.label.endswith(ROUGHLY):
                continue
            cell = present.get(cell_key, cells[0])
            key = FigureKey(cell_key=cell_key, item_id=None if is_mean else asked[word])
            figure = self._figure(self.neighbours, cell, key, old.raters)
            if cell.cell.raters != old.raters:
                figure = replace(figure, people=None)
            self.admitted.append(figure)

    def admits(self, cell: CellAnswers, key: FigureKey, figure: Aggregate) -> bool:
        """Whether a figure may be a number; what an earlier edition printed may be again."""
        if self.neighbours is None or self._was_printed(figure):
            return True
        people = self._figure(self.neighbours, cell, key, figure.raters)
        if not self.neighbours.admit(people, self.admitted, self.told):
            return False
        self.admitted.append(people)
        return True

    def _was_printed(self, figure: Aggregate) -> bool:
        return any(
            figure.terms == old.terms and not old.label.endswith(ROUGHLY) for old in self.printed
        )

    def bands(self, cell: CellAnswers, key: FigureKey, figure: Aggregate) -> tuple[Band, ...]:
        """The bands that a competency's mean may be shown in; none for an item."""
        if self.neighbours is None or key.item_id is not None or not self._topic:
            return ()
        return self.neighbours.bands(self._figure(self.neighbours, cell, key, figure.raters))

    @property
    def _topic(self) -> str:
        names = self.neighbours.wordings.names if self.neighbours else {}
        return names.get(self.competency.competency_id, "")

    def _figure(
        self,
        neighbours: Neighbours,
        cell: CellAnswers,
        key: FigureKey | None,
        raters: Iterable[int],
    ) -> PeopleFigure:
        items = neighbours.wordings.items
        behind = frozenset(raters)
        if key is not None and key.item_id is not None:
            shares = {items[key.item_id]: Fraction(1)}
            topic, full = "", len(behind)
        else:
            asked = self.competency.item_ids
            shares = shares_of([(items[item], self.competency.weight(item)) for item in asked])
            topic = self._topic
            full = sum(len(said) == len(asked) for said in cell.scores.values())
        people = neighbours.people_in(cell.cell.group_keys, len(cell.cell.raters))
        return PeopleFigure(people=people, shares=shares, topic=topic, n=len(behind), full=full)
