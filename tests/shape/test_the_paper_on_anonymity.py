"""The paper on anonymity says where each promise is kept and tested; those places are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAPER = (ROOT / "docs" / "anonymity.md").read_text()


def test_every_file_that_the_paper_names_is_there() -> None:
    named = sorted(set(re.findall(r"`([\w/]+\.py)`", PAPER)))
    files = [path.relative_to(ROOT).as_posix() for path in _python_files()]
    missing = [name for name in named if not any(f"/{file}".endswith(f"/{name}") for file in files)]
    assert missing == []
    assert len(named) > 30


def test_every_name_in_code_that_the_paper_speaks_of_is_there() -> None:
    named = {"meets_floor", "plan_cells", "change_between_cycles", "sending_hour"}
    assert {name for name in named if name not in PAPER} == set()
    code = "\n".join(path.read_text() for path in (ROOT / "ldtrack").rglob("*.py"))
    assert {name for name in named if f"def {name}(" not in code} == set()


def test_every_decision_that_the_paper_cites_is_there_and_so_is_the_one_between_cycles() -> None:
    cited = sorted(set(re.findall(r"\]\((decisions/[^)]+)\)", PAPER)))
    assert [path for path in cited if not (ROOT / "docs" / path).is_file()] == []
    between_cycles = next(line for line in PAPER.splitlines() if line.startswith("| 7 "))
    assert "decisions/0024-reports-of-several-cycles-together.md" in between_cycles


def _python_files() -> list[Path]:
    return [path for folder in ("ldtrack", "tests") for path in (ROOT / folder).rglob("*.py")]
