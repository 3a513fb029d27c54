"""The only door to WeasyPrint: HTML goes in, a PDF comes out, from a child process.

The child may read the packaged fonts and style sheets and nothing else, and is stopped when it
takes too long or too much memory. The parent never loads the library.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_PACKAGE_HOME = Path(__file__).resolve().parents[3]
_KEPT = (
    "PATH",
    "HOME",
    "TMPDIR",
    "LANG",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "LD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
)


class NotPrinted(Exception):
    """No PDF came out; the reason is a word for the log, never what a person wrote."""


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """How much a print may take."""

    seconds: int = 60
    megabytes: int = 1500


def pdf_of(html: str, bounds: Bounds) -> bytes:
    """The PDF of a document; the same HTML always gives the same bytes."""
    order = json.dumps({"html": html, "megabytes": bounds.megabytes, "seconds": bounds.seconds})
    # A fixed seed of hashes, and no secret of this process: the child needs neither.
    environ = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environ |= {"PYTHONPATH": str(_PACKAGE_HOME), "PYTHONHASHSEED": "0"}
    try:
        child = subprocess.run(
            [sys.executable, "-m", "ldtrack.reviews.pdf"],
            input=order.encode(),
            capture_output=True,
            timeout=bounds.seconds,
            env=environ,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotPrinted(f"took longer than {bounds.seconds} seconds") from error
    if child.returncode != 0 or not child.stdout.startswith(b"%PDF"):
        raise NotPrinted(f"the printing process ended with {child.returncode}")
    return child.stdout
