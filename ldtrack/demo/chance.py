"""Chance that can be repeated: a generator for each thing that is left to it."""

from __future__ import annotations

from random import Random


def chance(seed: int, *about: object) -> Random:
    """A generator of its own for what it is about, the same in every run.

    What one thing draws does not depend on how often another drew before it.

    >>> chance(7, "notes", "E1001").random() == chance(7, "notes", "E1001").random()
    True
    """
    return Random("/".join(str(part) for part in (seed, *about)))
