"""Publisher rules: what one site marks up in its own way, as a small declarative file a publisher.

A file in ``publishers/`` names its ``hosts`` and holds ``[[rules]]``, each valid ``since`` and ``until`` a
day (both may be
absent), with CSS selectors: ``headline`` and ``authors`` (their texts are the field), ``drop`` (elements that are not
article) and ``body`` (elements whose text is the article's; what lies outside is not read).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from selectolax.lexbor import LexborNode

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
        """Say whether the rule is for pages of a day; of an unknown day are only rules that still hold."""
        if day is None:
            return self.until is None
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


@lru_cache(maxsize=1)
def load_rules() -> dict[str, tuple[Rule, ...]]:
    """Read all publishers' files; return the rules by host. Raises TypeError on an unknown key."""
    rules: dict[str, list[Rule]] = {}
    folder = files("extract.strip") / "publishers"
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            for rule in read_rules(entry.name.removesuffix(".toml"), tomllib.loads(entry.read_text("utf-8"))):
                for host in rule.hosts:
                    rules.setdefault(host, []).append(rule)
    return {host: tuple(found) for host, found in rules.items()}


def read_rules(publisher: str, content: dict[str, Any]) -> list[Rule]:
    """Turn one file's content into rules. Raises TypeError on an unknown key, KeyError without hosts."""
    hosts = tuple(content["hosts"])
    return [Rule(publisher, hosts, **entry) for entry in content["rules"]]


def rules_for(url: str | None) -> tuple[Rule, ...]:
    """Return the rules of a page's host, or of the nearest parent domain that has any."""
    labels = host_of(url).split(".")
    domains = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((load_rules()[domain] for domain in domains if domain in load_rules()), ())


def prune(page: Page, rule: Rule) -> list[LexborNode]:
    """Drop what the rule drops; return the body's elements in reading order, none when the rule names or finds none."""
    for node in page.tree.css(rule.drop) if rule.drop else ():
        node.decompose()
    return list(page.tree.css(rule.body)) if rule.body else []


def texts(page: Page, selector: str | None) -> list[str]:
    """Return the texts of the elements that a selector finds."""
    nodes = page.tree.css(selector) if selector else []
    return [text for node in nodes if (text := collapse(node.text(separator=" ")))]
