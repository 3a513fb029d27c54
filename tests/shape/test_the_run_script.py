"""The start script is sound shell, and its help is complete; the set-up itself is tried by hand."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

RUN = Path(__file__).resolve().parents[2] / "run"


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", str(RUN), *arguments], capture_output=True, text=True, check=False)


def test_the_script_is_sound_shell() -> None:
    checked = subprocess.run(["sh", "-n", str(RUN)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_help_names_every_command() -> None:
    cases = re.findall(r"^([a-z| -]+)\)$", RUN.read_text(), flags=re.MULTILINE)
    commands = {name for case in cases for name in re.findall(r"[a-z]{2,}", case)} - {"start"}
    described = set(re.findall(r"^  ([a-z]+) ", _run("help").stdout, flags=re.MULTILINE))
    assert described == commands
    assert "test" in commands


def test_an_unknown_command_is_refused_with_the_help() -> None:
    answer = _run("dance")
    assert answer.returncode == 2
    assert answer.stderr.startswith("run: there is no command dance\n")
    assert _run("help").stdout in answer.stderr
