"""The package can be built and brings along all that it needs to show a page."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]

ASK_FOR_A_PAGE = """
from ldtrack.app import create_app

import ldtrack

page = create_app().test_client().get("/", follow_redirects=True)
print(ldtrack.__file__, page.status_code, "<h1" in page.text, sep="\\n")
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


@pytest.mark.slow
def test_the_wheel_holds_every_template_static_file_and_revision(unpacked: Path) -> None:
    inside = {
        str(file.relative_to(unpacked / "ldtrack"))
        for file in (unpacked / "ldtrack").rglob("*")
        if file.is_file()
    }

    def outside(folder: str, pattern: str, root: Path) -> set[str]:
        return {
            str(file.relative_to(root)) for file in (root / folder).rglob(pattern) if file.is_file()
        }

    assert outside("templates", "*.html", PROJECT) - inside == set()
    # Compressed neighbours are made where the server starts.
    made = {name for name in outside("static", "*.*", PROJECT) if name.endswith((".br", ".gz"))}
    assert outside("static", "*.*", PROJECT) - made - inside == set()
    assert outside("migrations", "*.py", PROJECT / "ldtrack") - inside == set()


@pytest.mark.slow
def test_an_application_from_the_wheel_shows_its_first_page(unpacked: Path, tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(unpacked)}
    environ["LDTRACK_INSTANCE"] = str(tmp_path)
    migrate = "import sys; from ldtrack.cli import main; sys.argv[1:] = ['db', 'upgrade']; main()"
    run = [sys.executable, "-c"]
    subprocess.run([*run, migrate], cwd=tmp_path, env=environ, check=True, capture_output=True)
    asked = subprocess.run(
        [*run, ASK_FOR_A_PAGE], cwd=tmp_path, env=environ, check=True, capture_output=True
    )
    origin, status, heading = asked.stdout.decode().split()
    assert Path(origin).is_relative_to(unpacked)
    assert (status, heading) == ("200", "True")
