"""The printed files, each under the hash of what is in it."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True)
class Shelf:
    """A folder of finished files; one is there whole or not at all."""

    folder: Path

    def put(self, content: bytes) -> str:
        """Keep the file; the same content is kept once. Returns its hash."""
        name = sha256(content).hexdigest()
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.get(name) is None:
            self._write(self._path(name), content)
        return name

    def get(self, name: str) -> bytes | None:
        """The file, or None if it is not there or is no longer what it was."""
        try:
            content = self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        return content if sha256(content).hexdigest() == name else None

    def _write(self, path: Path, content: bytes) -> None:
        handle, beside = tempfile.mkstemp(dir=self.folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.pdf"
