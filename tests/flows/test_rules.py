"""Publisher rules of the user's own: tried on a page, used by runs, applied to what was read before."""

from __future__ import annotations

import json

import pytest

from extract.errors import InputError, SettingsError
from extract.strip.rules import load_own_rules, rules_for
from flows.commands.rules import apply_rules, try_rules
from flows.pipeline import backfill, ingest
from flows.settings import load_settings
from load.connection import looking

TEXT = "<p>The quay reopened on Tuesday after the storm had closed it for the whole of the past week.</p>" * 6
PAGE = f"<html lang=en><title>Wrong</title><body><article><h1>Wrong</h1><h2 class=t>Quay reopens</h2>{TEXT}</article>"
RULE = 'hosts = ["a.example"]\n[[rules]]\nheadline = ".t"\n'


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "quay.html").write_text(PAGE)
    (tmp_path / "rules").mkdir()
    source = '[[sources]]\nname = "a"\nfolders = ["pages"]\nbase_url = "https://news.a.example"\n'
    (tmp_path / "newsledger.toml").write_text(f'[run]\npublisher_rules = "rules"\nworkers = 1\n{source}')
    return load_settings(tmp_path / "newsledger.toml")


def headlines(settings):
    with looking(settings.warehouse) as view:
        return view.connection.execute("select headline from articles").fetchall()


def test_a_page_is_shown_without_and_with_the_rules(settings, capsys):
    folder = settings.base / "rules"
    (folder / "a.toml").write_text(RULE)
    page = str(settings.base / "pages" / "quay.html")
    given = {"folder": None, "allow_private": False, "as_json": True}
    assert try_rules(settings, page, url="https://news.a.example/quay", **given) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rules"], told["without"]["headline"], told["with"]["headline"]) == (["a"], "Wrong", "Quay reopens")
    assert try_rules(settings, page, url="https://b.example/quay", **given) == 1
    assert json.loads(capsys.readouterr().out)["rules"] == []
    assert try_rules(settings, page, url="https://a.example/quay", **(given | {"as_json": False})) == 0
    assert "differs" in capsys.readouterr().out
    with pytest.raises(InputError, match="address of the page is not known"):
        try_rules(settings, page, url=None, **given)


@pytest.mark.usefixtures("no_models")
def test_runs_use_the_rules_and_read_again_what_they_are_applied_to(settings):
    ingest.fn(config=settings.file)
    assert headlines(settings) == [("Wrong",)]
    (settings.base / "rules" / "a.toml").write_text(RULE)
    backfill.fn(stage="extract", config=settings.file)
    assert headlines(settings) == [("Wrong",)]
    assert apply_rules(settings, None) == 1
    backfill.fn(stage="extract", config=settings.file)
    assert headlines(settings) == [("Quay reopens",)]


def test_the_users_rules_take_the_place_of_those_that_are_built_in(tmp_path):
    (tmp_path / "bbc.toml").write_text(RULE.replace("a.example", "bbc.com"))
    own = load_own_rules(tmp_path)
    assert [rule.headline for rule in rules_for("https://www.bbc.com/news/1", own)] == [".t"]
    assert rules_for("https://www.bbc.com/news/1")[0].headline != ".t"
    assert rules_for("https://apnews.com/1", own) == rules_for("https://apnews.com/1")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("hosts = [", "bad.toml"),
        ("", "hosts"),
        ('hosts = "a.example"\n[[rules]]\n', "hosts"),
        ('hosts = ["https://a.example/"]\n[[rules]]\n', "hosts"),
        ('hosts = ["a.example"]\n', "rules"),
        ('hosts = ["a.example"]\nhots = 1\n[[rules]]\n', "'hots'"),
        ('hosts = ["a.example"]\n[[rules]]\nheadlines = "h1"\n', "'headlines'"),
        ('hosts = ["a.example"]\n[[rules]]\nheadline = "h1["\n', "not a CSS selector"),
        ('hosts = ["a.example"]\n[[rules]]\nheadline = 3\n', "not a CSS selector"),
        ('hosts = ["a.example"]\n[[rules]]\nsince = "2024"\n', "since is not a day"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_name(tmp_path, text, says):
    (tmp_path / "bad.toml").write_text(text)
    with pytest.raises(InputError, match=says) as raised:
        load_own_rules(tmp_path)
    assert "bad.toml" in str(raised.value)


def test_a_folder_that_is_not_there_is_named(tmp_path, settings):
    with pytest.raises(InputError, match="none"):
        load_own_rules(tmp_path / "none")
    with pytest.raises(InputError, match="contains no rules"):
        apply_rules(settings, None)
    bare = tmp_path / "bare.toml"
    bare.write_text("")
    with pytest.raises((InputError, SettingsError), match="publisher rules"):
        apply_rules(load_settings(bare), None)
