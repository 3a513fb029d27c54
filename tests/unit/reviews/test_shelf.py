"""A file is on the shelf whole or not at all."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from ldtrack.reviews.shelf import Shelf


def test_a_file_is_found_under_the_hash_of_what_is_in_it(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "documents")
    name = shelf.put(b"%PDF")
    assert name == sha256(b"%PDF").hexdigest()
    assert shelf.get(name) == b"%PDF"
    assert [file.name for file in shelf.folder.iterdir()] == [f"{name}.pdf"]


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    assert shelf.put(b"one") == shelf.put(b"one")
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_was_changed_is_not_handed_out_and_is_mended(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    name = shelf.put(b"one")
    (tmp_path / f"{name}.pdf").write_bytes(b"two")
    assert shelf.get(name) is None
    shelf.put(b"one")
    assert shelf.get(name) == b"one"


def test_a_write_that_breaks_off_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*_arguments: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr("os.replace", break_off)
    with pytest.raises(OSError, match="the disk is gone"):
        Shelf(tmp_path).put(b"one")
    assert list(tmp_path.iterdir()) == []
