"""Third-party files are what the list says they are."""

from __future__ import annotations

import hashlib
import importlib.util
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
PACKAGES: list[dict[str, Any]] = tomllib.loads((ROOT / ".ci" / "vendor.toml").read_text())[
    "package"
]


def folder(package: dict[str, Any]) -> Path:
    return ROOT / "static" / str(package["into"])


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_every_file_has_the_listed_digest_and_its_licence_lies_beside_it(
    package: dict[str, Any],
) -> None:
    found = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder(package).iterdir()
        # The start script lays compressed copies beside them.
        if file.suffix not in {".br", ".gz"}
    }
    assert found == package["sha256"]
    assert "LICENSE" in found


def test_nothing_third_party_lies_there_unlisted() -> None:
    holders = [ROOT / "static" / "vendor", ROOT / "static" / "fonts"]
    found = {each for holder in holders for each in holder.iterdir() if each.is_dir()}
    assert found == {folder(package) for package in PACKAGES}


def test_the_style_rules_are_those_of_the_bundle() -> None:
    spec = importlib.util.spec_from_file_location("vendor", ROOT / ".ci" / "vendor.py")
    assert spec is not None
    assert spec.loader is not None
    vendor = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(vendor)
    [plotly] = [package for package in PACKAGES if package["name"].startswith("plotly")]
    bundle = (folder(plotly) / "plotly-basic.min.js").read_text()
    assert vendor.plotly_style(bundle) == (folder(plotly) / "plotly-style.css").read_text()


def test_the_bundle_runs_without_compiling_text() -> None:
    [plotly] = [package for package in PACKAGES if package["name"].startswith("plotly")]
    bundle = (folder(plotly) / "plotly-basic.min.js").read_text()
    assert [word for word in ("eval(", "new Function") if word in bundle] == []
