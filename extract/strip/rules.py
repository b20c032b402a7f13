"""Publisher rules: the site-specific markup of a publisher, in a small declarative file.

A file names its ``hosts`` and has ``[[rules]]``, each valid from day ``since`` to day ``until`` (both optional), with
CSS selectors: ``headline`` and ``authors`` (their texts are the field), ``drop`` (elements that are not article) and
``body`` (elements whose text is the article's; nothing else is read). The rules in ``publishers/`` are built in; users
keep their own in a folder, and for the hosts of these only theirs apply.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from extract.errors import InputError
from extract.strip.page import Page, collapse
from extract.strip.urls import host_of


@dataclass(frozen=True, slots=True)
class Rule:
    """One publisher's markup during one span of days."""

    publisher: str
    hosts: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    headline: str | None = None
    authors: str | None = None
    body: str | None = None
    drop: str | None = None

    def holds_on(self, day: date | None) -> bool:
        """Return whether the rule applies on a day; for an unknown day, only rules that are still valid apply."""
        if day is None:
            return self.until is None
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


# The rules of each host.
RulesByHost = Mapping[str, tuple[Rule, ...]]
SELECTORS = ("headline", "authors", "body", "drop")
DAYS = ("since", "until")


@lru_cache(maxsize=1)
def load_rules() -> RulesByHost:
    """Read the built-in rules. Raises InputError for an invalid file."""
    folder = files("extract.strip") / "publishers"
    return _by_host((entry.name, entry.read_text("utf-8")) for entry in folder.iterdir())


def load_own_rules(folder: Path) -> RulesByHost:
    """Read a folder of the user's own rules. Raises InputError with the file and its error."""
    try:
        return _by_host((entry.name, entry.read_text("utf-8")) for entry in folder.iterdir() if entry.suffix == ".toml")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The publisher rules in {folder} cannot be read: {error}.") from None


def _by_host(texts: Iterable[tuple[str, str]]) -> RulesByHost:
    rules: dict[str, tuple[Rule, ...]] = {}
    for name, text in sorted(texts):
        if name.endswith(".toml"):
            for rule in _read_file(name, text):
                for host in rule.hosts:
                    rules[host] = (*rules.get(host, ()), rule)
    return rules


def _read_file(name: str, text: str) -> list[Rule]:
    try:
        return read_rules(name.removesuffix(".toml"), tomllib.loads(text))
    except (tomllib.TOMLDecodeError, InputError) as error:
        raise InputError(
            f"The publisher rules {name} cannot be used: {error}.",
            hint=f"hosts = [...] and [[rules]] with {', '.join(SELECTORS)} (CSS selectors), since and until (days).",
        ) from None


def read_rules(publisher: str, content: dict[str, Any]) -> list[Rule]:
    """Parse the rules of one file. Raises InputError for missing or unknown keys and invalid selectors."""
    hosts: Any = content.get("hosts")
    entries: Any = content.get("rules")
    if not _are_hosts(hosts) or not isinstance(entries, list) or not entries:
        raise InputError("it needs hosts, a list of names such as example.org, and [[rules]]")
    if unknown := sorted(content.keys() - {"hosts", "rules"}):
        raise InputError(f"{unknown[0]!r} is not a key of the file")
    return [_rule(publisher, tuple(hosts), entry) for entry in entries]


def _are_hosts(hosts: Any) -> bool:
    return isinstance(hosts, list) and bool(hosts) and all(isinstance(host, str) and "/" not in host for host in hosts)


def _rule(publisher: str, hosts: tuple[str, ...], entry: dict[str, Any]) -> Rule:
    if unknown := sorted(entry.keys() - {*SELECTORS, *DAYS}):
        raise InputError(f"{unknown[0]!r} is not a key of a rule")
    for key in DAYS:
        if key in entry and type(entry[key]) is not date:
            raise InputError(f"{key} is not a day such as 2024-11-23")
    for key in SELECTORS:
        if key in entry and not _is_selector(entry[key]):
            raise InputError(f"{key} is not a CSS selector: {entry[key]!r}")
    return Rule(publisher, hosts, **entry)


def _is_selector(text: Any) -> bool:
    try:
        return isinstance(text, str) and LexborHTMLParser("").css(text) is not None
    except SelectolaxError:
        return False


def rules_for(url: str | None, own: RulesByHost | None = None) -> tuple[Rule, ...]:
    """Return the rules of a page's host, or of the nearest parent domain with rules; the user's own come first."""
    labels = host_of(url).split(".")
    domains = [".".join(labels[start:]) for start in range(len(labels) - 1)] or labels
    for rules in (own or {}, load_rules()):
        for domain in domains:
            if domain in rules:
                return rules[domain]
    return ()


def prune(page: Page, rule: Rule) -> list[LexborNode]:
    """Remove what the rule drops; return the body's elements in reading order, empty if the rule has or finds none."""
    for node in page.tree.css(rule.drop) if rule.drop else ():
        node.decompose()
    return list(page.tree.css(rule.body)) if rule.body else []


def texts(page: Page, selector: str | None) -> list[str]:
    """Return the texts of the elements that match a selector."""
    nodes = page.tree.css(selector) if selector else []
    return [text for node in nodes if (text := collapse(node.text(separator=" ")))]
