"""Settings: which source wins, and what is refused in which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from coach.errors import UsageError
from coach.paths import Places
from coach.settings import Settings, load_settings


@pytest.fixture
def written(places: Places) -> Places:
    places.home.mkdir(parents=True)
    return places


def test_the_environment_over_the_file_over_the_default(
    written: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load_settings(written).reply_words == 120
    written.settings_file.write_text("reply_words = 90\nembedding_threads = 2\n")
    assert load_settings(written).reply_words == 90
    monkeypatch.setenv("COACH_REPLY_WORDS", "60")
    settings = load_settings(written)
    assert settings.reply_words == 60
    assert settings.embedding_threads == 2
    assert settings.embedding_model == "all-MiniLM-L6-v2"


def test_without_a_file_or_folder_the_defaults_hold(places: Places) -> None:
    assert not places.home.exists()
    assert load_settings(places) == Settings()


def test_the_file_of_the_places_asked_for_is_read(
    written: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    written.settings_file.write_text("reply_words = 77\n")
    monkeypatch.delenv("COACH_HOME")
    assert load_settings(written).reply_words == 77


@pytest.mark.parametrize(
    ("key", "nearest"),
    [("reply_word", "reply_words"), ("embedding_thread", "embedding_threads"),
     ("embeddding_model", "embedding_model"), ("pasphrase", "passphrase")],
)  # fmt: skip
def test_an_unknown_key_names_the_nearest_known_one(
    written: Places, monkeypatch: pytest.MonkeyPatch, key: str, nearest: str
) -> None:
    written.settings_file.write_text(f'{key} = "x"\n')
    with pytest.raises(UsageError, match=f"{key}.*Did you mean {nearest}"):
        load_settings(written)
    written.settings_file.write_text("")
    monkeypatch.setenv(f"COACH_{key.upper()}", "x")
    with pytest.raises(UsageError, match=f"COACH_{key.upper()}.*Did you mean {nearest}"):
        load_settings(written)


def test_a_key_like_no_other_lists_the_known_ones(written: Places) -> None:
    written.settings_file.write_text("zzz = 1\n")
    with pytest.raises(UsageError) as caught:
        load_settings(written)
    assert set(Settings.model_fields) <= set(
        caught.value.remedy.replace(",", " ").replace(".", "").split()
    )


@pytest.mark.parametrize(
    "content", [b"reply_words = ", b"= 3", b"[a\n", b'embedding_model = "\xff"']
)
def test_a_file_that_is_no_toml_is_named(written: Places, content: bytes) -> None:
    written.settings_file.write_bytes(content)
    with pytest.raises(UsageError, match=r"settings.toml is not valid TOML"):
        load_settings(written)


def test_a_settings_file_that_cannot_be_read_is_named(written: Places) -> None:
    written.settings_file.mkdir()
    with pytest.raises(UsageError, match=r"settings.toml cannot be read"):
        load_settings(written)


@pytest.mark.parametrize(
    ("variable", "value"),
    [("COACH_REPLY_WORDS", "many"), ("COACH_REPLY_WORDS", "3"), ("COACH_REPLY_WORDS", "9999"),
     ("COACH_EMBEDDING_THREADS", "many"), ("COACH_EMBEDDING_THREADS", "0")],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_named(
    places: Places, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(UsageError) as caught:
        load_settings(places)
    assert variable.removeprefix("COACH_").lower() in caught.value.what
    assert caught.value.remedy


def test_a_passphrase_is_not_shown(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_PASSPHRASE", "correct horse")
    settings = load_settings(places)
    assert settings.passphrase is not None
    assert settings.passphrase.get_secret_value() == "correct horse"
    assert "correct" not in f"{settings!r} {settings}"


@pytest.mark.parametrize(
    ("name", "taken"),
    [("Europe/Lisbon", "Europe/Lisbon"), ("UTC", "UTC"), ("", None)],
)
def test_a_time_zone_is_taken_by_its_name(
    written: Places, monkeypatch: pytest.MonkeyPatch, name: str, taken: str | None
) -> None:
    monkeypatch.setenv("COACH_TIME_ZONE", name)
    settings = load_settings(written)
    assert settings.time_zone == taken
    assert (settings.zone.key if settings.zone else None) == taken


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("time_zone", "europe/lisbn", "did you mean Europe/Lisbon"),
        ("time_zone", "New York", "did you mean America/New_York"),
        ("time_zone", "Atlantis", "no time zone such as"),
        ("time_zone", "../../etc/passwd", "no time zone such as"),
        ("time_zone", "Europe", "no time zone such as"),
        ("language", "de-DE", "only English, such as en-GB or en-US"),
        ("language", "english", "only English"),
        ("hemisphere", "west", "'north' or 'south'"),
    ],
)
def test_a_place_that_is_none_is_refused_in_words(
    written: Places, key: str, value: str, said: str
) -> None:
    written.settings_file.write_text(f'{key} = "{value}"\n')
    with pytest.raises(UsageError, match=said) as refused:
        load_settings(written)
    assert key in str(refused.value)
    assert "Value error" not in str(refused.value)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_time_zone_is_taken_or_refused(name: str) -> None:
    try:
        zone = Settings(time_zone=name).zone
    except ValidationError:
        assert name
    else:
        assert (zone is None) == (not name)


@pytest.mark.parametrize(("tag", "taken"), [("en_us", "en-US"), ("EN-gb", "en-GB"), ("en", "en")])
def test_a_language_is_written_one_way(tag: str, taken: str) -> None:
    assert Settings(language=tag).language == taken
