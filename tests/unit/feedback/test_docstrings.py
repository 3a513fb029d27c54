"""Every worked example in the docstrings of the room's domain holds."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import ldtrack.feedback.domain as domain

MODULES = sorted(
    module.name.removeprefix(f"{domain.__name__}.")
    for module in pkgutil.walk_packages(domain.__path__, f"{domain.__name__}.")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_hold(name: str) -> None:
    module = importlib.import_module(f"{domain.__name__}.{name}")
    assert doctest.testmod(module).failed == 0
