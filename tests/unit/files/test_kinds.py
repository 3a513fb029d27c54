"""Files are known by their content, and archives that should not be opened are refused."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldtrack.files.domain import FileKind, kind_of, plain_file_name
from ldtrack.files.domain.archive import archive_problem


def archive(parts: dict[str, bytes], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these parts."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", packed) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return raw.getvalue()


DOCX = {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<w/>"}
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"%PDF-1.7\n", FileKind.PDF),
        (b"\x89PNG\r\n\x1a\n....", FileKind.PNG),
        (b"\xff\xd8\xff\xe0....", FileKind.JPEG),
        (archive(DOCX), FileKind.DOCX),
        (archive(ODT), FileKind.ODT),
        (archive({"readme.txt": b"x"}), None),
        (archive({"mimetype": b"text/html"}), None),
        (b"PK\x03\x04 and nothing more", None),
        (b"<html><script>", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
        (b"MZ\x90\x00", None),
        (b"GIF89a", None),
        (b" %PDF-1.7", None),
        (b"", None),
    ],
)
def test_what_a_file_is_shows_in_its_content(raw: bytes, kind: FileKind | None) -> None:
    assert kind_of(raw) is kind


def test_an_ordinary_document_is_taken() -> None:
    assert archive_problem(archive(DOCX)) is None
    assert archive_problem(b"%PDF-1.7") is None


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (archive(DOCX | {"word/media/x.bin": b"\0" * 5_000_000}), "far too large"),
        (archive(DOCX | {f"p{n}": b"" for n in range(2_001)}), "more than 2,000 parts"),
        (archive(DOCX | {"word/vbaProject.bin": b"x"}), "macros"),
        (archive(ODT | {"Basic/Standard/Module1.xml": b"x"}), "macros"),
        (archive(DOCX | {"inner.zip": archive(DOCX)}), "other archives"),
        (archive(DOCX | {"word/setup.exe": b"MZ"}), "other archives or programs"),
        (archive(DOCX)[:-30], "cannot be read"),
    ],
)
def test_an_archive_that_should_not_be_opened_is_refused(raw: bytes, problem: str) -> None:
    assert problem in (archive_problem(raw) or "")


def test_an_archive_that_lies_about_its_size_is_found_out() -> None:
    raw = bytearray(archive(DOCX | {"word/media/x.bin": b"\0" * 5_000_000}))
    told = (5_000_000).to_bytes(4, "little")
    at = raw.rindex(told)
    raw[at : at + 4] = (50).to_bytes(4, "little")
    assert archive_problem(bytes(raw)) is not None


@given(st.binary())
def test_no_bytes_at_all_break_the_check(content: bytes) -> None:
    for raw in (content, b"PK\x03\x04" + content, archive(DOCX)[: len(content) * 3]):
        kind_of(raw)
        archive_problem(raw)


@given(st.text())
def test_a_name_is_harmless_whatever_was_sent(name: str) -> None:
    plain = plain_file_name(name, FileKind.PDF)
    assert plain.endswith(".pdf")
    assert len(plain) <= 84
    assert not set(plain) & set('/\\<>:"|?*\r\n\0')
    assert not plain.startswith(".")
