"""Settings one by one: shown with where they come from, and written without losing a comment."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as thorough
from hypothesis import strategies as st

from coach.errors import UsageError
from coach.paths import Places
from coach.settings import load_settings
from coach.settings_file import SettingState, change_key, change_setting, setting_states

WRITTEN = """\
# mine
reply_words = 100  # short

# keys of the app
[keys]
# as in the editor
"chat.copy" = "ctrl+g"
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "home", tmp_path / "cache")


def state(places: Places, name: str) -> SettingState:
    return next(one for one in setting_states(places) if one.name == name)


def test_where_a_value_comes_from(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    places.home.mkdir()
    places.settings_file.write_text(WRITTEN)
    monkeypatch.setenv("COACH_LANGUAGE", "en-US")
    assert (state(places, "reply_words").text, state(places, "reply_words").origin) == (
        "100", "settings.toml",
    )  # fmt: skip
    assert state(places, "language").origin == "environment"
    assert state(places, "theme").origin == "default"
    assert state(places, "theme").choices == ("dark", "light", "contrast")
    assert all(one.description for one in setting_states(places))


def test_comments_and_order_stay(places: Places) -> None:
    places.home.mkdir()
    places.settings_file.write_text(WRITTEN)
    change_setting(places, "reply_words", "90")
    change_setting(places, "language", "en-US")
    change_key(places, "chat.search", "f11")
    text = places.settings_file.read_text()
    assert "reply_words = 90  # short" in text
    assert '# as in the editor\n"chat.copy" = "ctrl+g"\n"chat.search" = "f11"' in text
    loaded = load_settings(places)
    assert (loaded.language, loaded.keys["chat.search"]) == ("en-US", "f11")
    change_setting(places, "language", "")
    change_key(places, "chat.search", "")
    assert places.settings_file.read_text() == WRITTEN.replace("100", "90")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("reply_words", "9", "greater than or equal to 40"),
        ("reply_words", "many", "integer"),
        ("theme", "blue", "'dark', 'light' or 'contrast'"),
        ("time_zone", "Lisbon", "did you mean Europe/Lisbon"),
        ("passphrase", "secret", "COACH_PASSPHRASE"),
        ("nothing", "1", "no setting"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(
    places: Places, name: str, text: str, says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        change_setting(places, name, text)
    assert not places.settings_file.exists()


def test_what_the_environment_gives_is_not_changed_here(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_THEME", "light")
    with pytest.raises(UsageError, match="COACH_THEME"):
        change_setting(places, "theme", "dark")


def test_the_file_is_the_users_alone(places: Places) -> None:
    change_setting(places, "theme", "light")
    assert places.settings_file.stat().st_mode & 0o777 == 0o600


@thorough(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["reply_words", "theme", "keys"]), st.booleans())))
def test_whatever_is_changed_in_whatever_order_loads(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, bool]]
) -> None:
    home = tmp_path_factory.mktemp("settings")
    places = Places(home, home)
    expected: dict[str, object] = {"reply_words": 120, "theme": "dark", "keys": {}}
    for name, back in steps:
        if name == "keys":
            change_key(places, "chat.copy", "" if back else "f11")
            expected[name] = {} if back else {"chat.copy": "f11"}
        else:
            text = {"reply_words": "77", "theme": "light"}[name]
            change_setting(places, name, "" if back else text)
            default = {"reply_words": 120, "theme": "dark"}[name]
            expected[name] = default if back else type(default)(text)
    loaded = load_settings(places)
    assert {name: getattr(loaded, name) for name in expected} == expected
