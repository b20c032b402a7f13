"""``newsledger rules``: test the user's publisher rules on a page, and apply them to archived pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import extract
from extract.errors import InputError
from extract.strip.rules import RulesByHost, load_own_rules, rules_for
from extract.types import Article
from flows import console
from flows.commands.extract import open_page
from flows.settings import Settings
from load.connection import writer
from load.ledger import ask_again

SHOWN_CHARACTERS = 70
COMPARED = ("headline", "authors", "published_at", "word_count")


def own_rules(settings: Settings, folder: Path | None) -> RulesByHost:
    """Read the rules in a folder, or in that of the settings. Raises InputError without a folder or rules."""
    given = folder or (settings.base / settings.run.publisher_rules if settings.run.publisher_rules else None)
    if given is None:
        raise InputError(
            "The settings name no folder of publisher rules.",
            hint='Add publisher_rules = "rules" to [run], or name a folder with --rules.',
        )
    rules = load_own_rules(given)
    if not rules:
        raise InputError(f"{given} contains no rules.", hint="A rule is a file NAME.toml with hosts and [[rules]].")
    return rules


def try_rules(
    settings: Settings, name: str, *, url: str | None, folder: Path | None, allow_private: bool, as_json: bool
) -> int:
    """Read a page without and with the user's rules and print both.

    Return 1 when no rule applies to its host and day.
    """
    rules = own_rules(settings, folder)
    page = open_page(name, url, None, settings.fetch, allow_private)
    if page.url is None:
        raise InputError("The address of the page is not known.", hint="Give it: --url https://example.org/a")
    given: dict[str, Any] = {"url": page.url, "fetched_at": page.fetched_at, "content_type": page.content_type}
    without = extract.extract_article(page.body, **given)
    ruled = extract.extract_article(page.body, **given, own_rules=rules)
    # Without a rule of the user for the host, the built-in ones are found.
    names = sorted({rule.publisher for rule in rules_for(page.url, rules) if rule in rules.get(rule.hosts[0], ())})
    if as_json:
        console.print_json({"rules": names, "without": _shown(without), "with": _shown(ruled)})
    else:
        _print(page.url, without, ruled, names)
    return 0 if names else 1


def _print(url: str, without: Article, ruled: Article, names: list[str]) -> None:
    if not names:
        console.warn(f"None of your rules is for the host of {url}.")
    rows = list(_differences(without, ruled))
    console.print_table(("", "without your rules", "with them"), rows)


def _differences(without: Article, ruled: Article) -> Iterator[tuple[str, str, str]]:
    before, after = _shown(without), _shown(ruled)
    for key in before:
        yield key if before[key] == after[key] else f"{key} differs", _short(before[key]), _short(after[key])


def _shown(article: Article) -> dict[str, Any]:
    fields = {name: getattr(article, name) for name in COMPARED}
    ends = {"begins": article.text[:SHOWN_CHARACTERS], "ends": article.text[-SHOWN_CHARACTERS:]}
    return {"outcome": article.outcome, **fields, **ends}


def _short(value: Any) -> str:
    text = ", ".join(value) if isinstance(value, tuple) else str("" if value is None else value)
    return " ".join(text.split())


def apply_rules(settings: Settings, folder: Path | None) -> int:
    """Have the next run read again all pages of the hosts that the rules name; return how many."""
    rules = own_rules(settings, folder)
    with writer(settings.warehouse, owner="rules", on_wait=console.note) as connection:
        return ask_again(connection, sorted(rules))
