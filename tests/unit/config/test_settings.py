"""Where settings come from."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from ldtrack.config.secret import secret_in
from ldtrack.config.settings import BadSettings, load


def test_a_variable_outweighs_the_file_and_the_file_outweighs_the_default(tmp_path: Path) -> None:
    (tmp_path / "ldtrack.toml").write_text('session_days = 3\nmail_from = "from the file"\n')
    settings = load(tmp_path, {"LDTRACK_SESSION_DAYS": "5"})
    assert (settings.session_days, settings.mail_from, settings.proxies) == (5, "from the file", 0)


def test_secrets_are_made_once_and_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    first, second = load(tmp_path, {}), load(tmp_path, {})
    assert first.secret_key == second.secret_key
    assert first.secret_key != first.rater_key
    modes = {name: (tmp_path / name).stat().st_mode & 0o777 for name in ("secret_key", "rater_key")}
    assert modes == {"secret_key": 0o600, "rater_key": 0o600}


def test_flasks_own_variable_for_the_secret_is_honoured(tmp_path: Path) -> None:
    assert load(tmp_path, {"FLASK_SECRET_KEY": "from outside"}).secret_key == "from outside"
    assert not (tmp_path / "secret_key").exists()


def test_processes_that_start_together_agree_on_a_secret(tmp_path: Path) -> None:
    made = list[str]()
    threads = [
        threading.Thread(target=lambda: made.append(secret_in(tmp_path, "key"))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(set(made))) == (8, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("LDTRACK_PROXIES", "many", "proxies must be a whole number, not 'many'"),
        ("LDTRACK_SECURE_COOKIES", "maybe", "secure_cookies must be yes or no, not 'maybe'"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(
    tmp_path: Path, variable: str, value: str, sentence: str
) -> None:
    with pytest.raises(BadSettings, match=sentence):
        load(tmp_path, {variable: value})


def test_a_misspelt_setting_in_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "ldtrack.toml").write_text("sesion_days = 3\n")
    with pytest.raises(BadSettings, match="there is no setting called 'sesion_days'"):
        load(tmp_path, {})
