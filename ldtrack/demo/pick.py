"""Choosing sentences so that they repeat as late as possible."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random


class Pick:
    """Hands sentences out in an order of chance, all of them before any comes again."""

    def __init__(self, random: Random, sentences: Sequence[str]) -> None:
        self._random = random
        self._sentences = tuple(sentences)
        self._left: list[str] = []

    def __call__(self) -> str:
        """The next one.

        >>> pick = Pick(Random(1), ["a", "b"])
        >>> sorted([pick(), pick()])
        ['a', 'b']
        """
        if not self._left:
            self._left = self._random.sample(self._sentences, len(self._sentences))
        return self._left.pop()
