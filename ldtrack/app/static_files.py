"""Where templates and static files lie, and how the latter are served."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

_TEN_MINUTES = 600
_VERSIONED = re.compile(r"/static/(vendor|fonts)/")


def home_of_templates(project: Path) -> Path:
    """The folder that holds `templates/` and `static/`: beside the package, else inside it."""
    return project if (project / "templates").is_dir() else project / "ldtrack"


def register(app: Flask) -> None:
    """Serve static files before the application is asked, with what they hold in the address."""
    folder = Path(app.static_folder or "")
    known: dict[str, str] = {}

    def version_of(filename: str) -> str:
        if filename not in known:
            file = folder / filename
            known[filename] = sha256(file.read_bytes()).hexdigest()[:10] if file.is_file() else ""
        return known[filename]

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values and (name := values.get("filename")):
            values["v"] = version_of(str(name))

    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # Flask's own way to wrap
        app.wsgi_app,
        root=str(folder),
        prefix="static/",
        max_age=_TEN_MINUTES,
        immutable_file_test=lambda _path, url: bool(_VERSIONED.search(url)),
    )
