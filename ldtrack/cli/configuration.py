"""`ldtrack config`: what is in force and where it comes from."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from urllib.parse import urlsplit

import click

from ldtrack.cli.installation import json_option
from ldtrack.cli.printing import as_json_text, table
from ldtrack.config.settings import Settings, load

_KEPT_IN_FILES = frozenset({"secret_key", "rater_key", "notes_key"})
_SECRET = _KEPT_IN_FILES | {"secret_key_fallbacks", "notes_key_fallbacks"}
_MASK = "********"


@click.group("config")
def group() -> None:
    """Settings."""


@group.command()
@json_option
def show(as_json: bool) -> None:
    """Print every setting with its source; secrets are masked."""
    settings = load()
    rows = [
        {
            "setting": field.name,
            "value": _shown(field.name, getattr(settings, field.name)),
            "source": _source(field.name, settings.instance, os.environ),
        }
        for field in fields(Settings)
    ]
    if as_json:
        as_json_text(rows)
    else:
        table(rows)


def _shown(name: str, value: object) -> object:
    if name in _SECRET:
        return _MASK if value else ""
    if isinstance(value, str) and "://" in value:
        return _without_password(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value) if isinstance(value, Path) else value


def _without_password(address: str) -> str:
    password = urlsplit(address).password
    return address.replace(f":{password}@", f":{_MASK}@") if password else address


def _source(name: str, instance: Path, environ: Mapping[str, str]) -> str:
    variable, written = f"LDTRACK_{name.upper()}", instance / "ldtrack.toml"
    if variable in environ:
        return variable
    if written.exists() and name in tomllib.loads(written.read_text()):
        return str(written)
    if name == "secret_key" and environ.get("FLASK_SECRET_KEY"):
        return "FLASK_SECRET_KEY"
    if name in _KEPT_IN_FILES:
        return str(instance / name)
    return "default"
