"""Settings: defaults, file, environment, and what is said about a mistake."""

from pathlib import Path

import pytest

from extract.errors import SettingsError
from flows.commands.settings import show_settings
from flows.settings import load_settings


def settings_from(folder: Path, text: str, **environment: str):
    file = folder / "newsledger.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings(file, environment)


def test_defaults_need_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = load_settings(environment={})
    assert settings.file is None
    assert settings.data_dir == tmp_path / "data"
    assert settings.warehouse.published == tmp_path / "data" / "newsledger.duckdb"


def test_paths_count_from_the_file(tmp_path):
    settings = settings_from(
        tmp_path,
        'data_dir = "store"\n[[sources]]\nname = "a"\nfolders = ["pages"]\nbase_url = "https://a.example/"\n',
    )
    assert settings.archive_dir == tmp_path / "store" / "archive"
    assert settings.all_sources()[0].folders == (str(tmp_path / "pages"),)


def test_environment_overrides_the_file(tmp_path):
    settings = settings_from(tmp_path, "[run]\nbatch_pages = 20\n", NEWSLEDGER_RUN__BATCH_PAGES="30")
    assert settings.run.batch_pages == 30


def test_a_list_in_the_environment_is_json(tmp_path):
    text = "[fetch]\nrespect = ['noarchive']\n"
    assert settings_from(tmp_path, text, NEWSLEDGER_FETCH__RESPECT='["tdm"]').fetch.respect == ("tdm",)
    assert settings_from(tmp_path, text, NEWSLEDGER_FETCH__RESPECT="[]").fetch.respect == ()
    for given in ("tdm", "[tdm]", "[" * 100_000):
        with pytest.raises(SettingsError, match=r"^environment: NEWSLEDGER_FETCH__RESPECT: .*valid tuple"):
            settings_from(tmp_path, text, NEWSLEDGER_FETCH__RESPECT=given)


def test_settings_are_frozen(tmp_path):
    settings = settings_from(tmp_path, "")
    with pytest.raises(ValueError, match="frozen"):
        settings.run.batch_pages = 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[run]\nbatch_page = 20\n", ["[run]", "'batch_page'", "did you mean 'batch_pages'?"]),
        ("[fecth]\n", ["'fecth'", "did you mean 'fetch'?"]),
        ("[run]\nbatch_pages = 'many'\n", ["[run]", "'batch_pages'", "valid integer", "'many'"]),
        ("[run]\nbatch_pages = 0\n", ["'batch_pages'", "greater than or equal to 1"]),
        ("[[sources]]\nname = 'x'\n", ["x", "nothing can be found"]),
        (
            "[[sources]]\nname = 'x'\nfeed = ['https://x.example/rss']\n",
            ["x", "feed", "did you mean 'feeds'?"],
        ),
        ("[[sources]]\nname = 'X y'\nfeeds = ['u']\n", ["name"]),
        (
            "[[sources]]\nname = 'x'\nfeeds = ['u']\n[[sources]]\nname = 'x'\nfeeds = ['v']\n",
            ["two [[sources]]", "x"],
        ),
        ("[run\n", ["not valid TOML"]),
        ("[run]\n" + "a." * 32_000 + "a = 1\n", ["line 2", "more than 64 parts"]),
        ("[" + "a .\t" * 64 + "a]\n", ["line 1", "more than 64 parts"]),
        ("a." * 63 + "a = 1\n", ["'a'", "newsledger.toml"]),
    ],
)
def test_mistakes_are_named(tmp_path, text, says):
    with pytest.raises(SettingsError) as caught:
        settings_from(tmp_path, text)
    for words in says:
        assert words in str(caught.value)
    assert caught.value.exit_code == 2


def test_missing_file_is_named(tmp_path):
    with pytest.raises(SettingsError, match="no settings file"):
        load_settings(tmp_path / "other.toml", {})


def test_unknown_source_is_named_with_the_nearest(tmp_path):
    settings = settings_from(tmp_path, "[[sources]]\nname = 'harbour'\nfeeds = ['https://h.example/rss']\n")
    with pytest.raises(SettingsError, match="did you mean 'harbour'"):
        settings.pick_sources(["harbor"])


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("NEWSLEDGER_FETCH__CONTCT", "desk@example.org", "'contact'"),
        ("NEWSLEDGER_RUN__BATCH_PAGES", "many", "valid integer"),
        ("NEWSLEDGER_FECTH__CONTACT", "desk@example.org", "'fetch'"),
        ("NEWSLEDGER_DATA_DIR__X", "1", "is not a setting"),
        ("NEWSLEDGER_FETCH", "fast", "valid dictionary"),
    ],
)
def test_mistakes_of_the_environment_are_blamed_on_it(tmp_path, variable, value, says):
    with pytest.raises(SettingsError) as caught:
        settings_from(tmp_path, 'data_dir = "d"\n[fetch]\ncontact = ""\n', **{variable: value})
    assert variable.split("__")[0].split("_", 1)[1] in caught.value.message
    assert "environment" in caught.value.message
    assert "newsledger.toml:" not in caught.value.message
    assert says in caught.value.message


def test_settings_are_shown_without_passwords_and_tokens(tmp_path, capsys):
    (tmp_path / "newsledger.toml").write_text(
        '[alerts]\nwebhook = "https://hooks.example/T0K3N"\nmail = "mailtos://user:S3CRET@mail.example?to=a@b.example"\n'
        '[archive]\nurl = "s3://key:S3CRET@bucket/archive"\n'
        '[[sources]]\nname = "a"\nfeeds = ["https://user:S3CRET@a.example/rss"]\n'
    )
    settings = load_settings(tmp_path / "newsledger.toml", {})
    for as_json in (True, False):
        show_settings(settings, as_json=as_json)
        shown = capsys.readouterr().out
        assert "S3CRET" not in shown
        assert "T0K3N" not in shown
        assert "a.example/rss" in shown


def test_a_name_that_is_none_and_a_file_that_is_no_text_are_said_in_words(tmp_path):
    with pytest.raises(SettingsError, match=r"lower-case letters, digits and hyphens.*'X y'"):
        settings_from(tmp_path, "[[sources]]\nname = 'X y'\nfeeds = ['u']\n")
    (tmp_path / "newsledger.toml").write_bytes(b"# caf\xe9\n")
    with pytest.raises(SettingsError, match="not UTF-8 text"):
        load_settings(tmp_path / "newsledger.toml")
    with pytest.raises(SettingsError, match=r"did you mean 'fetch'\?\n"):
        settings_from(tmp_path, "[fetchh]\na = 1\n")
