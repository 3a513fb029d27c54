"""A field for one file, bounded in kind and size; reading the file is the caller's business."""

from __future__ import annotations

import os
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import widgets
from wtforms.validators import ValidationError

from ldtrack.ui.fields.asked import AskedField


class UploadField(AskedField):
    """One uploaded file; ``data`` is a FileStorage at its start, or None when none was chosen."""

    widget = widgets.FileInput()
    shape = "file"
    missing = "Please choose a file for “{label}”."

    def __init__(
        self,
        label: str,
        *,
        extensions: tuple[str, ...] = ("csv", "xlsx"),
        max_bytes: int = 10_000_000,
        **rest: Any,
    ) -> None:
        super().__init__(label, **rest)
        self.extensions, self.max_bytes = extensions, max_bytes
        accept = ",".join(f".{extension}" for extension in extensions)
        self.render_kw = {"accept": accept, **(self.render_kw or {})}

    def process_data(self, value: Any) -> None:
        self.data = None

    def process_formdata(self, valuelist: list[Any]) -> None:
        chosen = [item for item in valuelist if isinstance(item, FileStorage) and item.filename]
        self.data = chosen[0] if chosen else None

    def check(self) -> None:
        kind = os.path.splitext(self.data.filename)[1].lstrip(".").lower()
        if kind not in self.extensions:
            kinds = " or ".join(f".{extension}" for extension in self.extensions)
            raise ValidationError(f"Please choose a file that ends in {kinds}.")
        if _size_of(self.data) > self.max_bytes:
            raise ValidationError(
                f"Please choose a file of at most {self.max_bytes // 1_000_000} MB."
            )

    def _value(self) -> bool:
        return False


def _size_of(file: FileStorage) -> int:
    size = file.stream.seek(0, os.SEEK_END)
    file.stream.seek(0)
    return size
