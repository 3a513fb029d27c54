"""The kinds of files that are taken, recognised by their content and not by their name."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum


class FileKind(StrEnum):
    """What a file is."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"

    @property
    def media_type(self) -> str:
        """Its name in the answer to whoever downloads it."""
        return _MEDIA[self]

    @property
    def ending(self) -> str:
        """How its name ends."""
        return "jpg" if self is FileKind.JPEG else self.value


ENDINGS = ("pdf", "png", "jpg", "jpeg", "docx", "xlsx", "pptx", "odt", "ods", "odp")
"""How the names of such files end."""
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
_MEDIA = {
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.DOCX: f"{_OPEN_XML}.wordprocessingml.document",
    FileKind.XLSX: f"{_OPEN_XML}.spreadsheetml.sheet",
    FileKind.PPTX: f"{_OPEN_XML}.presentationml.presentation",
    FileKind.ODT: f"{_OPEN_DOCUMENT}.text",
    FileKind.ODS: f"{_OPEN_DOCUMENT}.spreadsheet",
    FileKind.ODP: f"{_OPEN_DOCUMENT}.presentation",
}
_BEGINNINGS = {
    b"%PDF-": FileKind.PDF,
    b"\x89PNG\r\n\x1a\n": FileKind.PNG,
    b"\xff\xd8\xff": FileKind.JPEG,
}
_PARTS = {
    "word/document.xml": FileKind.DOCX,
    "xl/workbook.xml": FileKind.XLSX,
    "ppt/presentation.xml": FileKind.PPTX,
}
_OPEN = {FileKind[name]: _MEDIA[FileKind[name]].encode() for name in ("ODT", "ODS", "ODP")}
_MIMETYPE = 100
MOST_PARTS = 2_000
"""Of a document, which is an archive inside."""
_PART = b"PK\x01\x02"


def kind_of(raw: bytes) -> FileKind | None:
    """What the file is, if it is of a kind that is taken.

    >>> kind_of(b"%PDF-1.7 and so on")
    <FileKind.PDF: 'pdf'>
    """
    for beginning, kind in _BEGINNINGS.items():
        if raw.startswith(beginning):
            return kind
    return _kind_of_archive(raw) if raw.startswith(b"PK\x03\x04") else None


def has_too_many_parts(raw: bytes) -> bool:
    """Whether an archive lists more parts than a document has; counted before it is opened."""
    return raw.count(_PART) > MOST_PARTS


def _kind_of_archive(raw: bytes) -> FileKind | None:
    if has_too_many_parts(raw):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
            for part, kind in _PARTS.items():
                if part in names and "[Content_Types].xml" in names:
                    return kind
            if "mimetype" in names and archive.getinfo("mimetype").file_size < _MIMETYPE:
                said = archive.read("mimetype").strip()
                return next((kind for kind, name in _OPEN.items() if said == name), None)
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, RuntimeError, NotImplementedError):
        return None
    return None
