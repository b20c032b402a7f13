"""JSON-LD as pages really contain it: arrays, graphs, comments, trailing commas, escaped or truncated.

Vocabulary: https://schema.org/Article and related types.
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]

ARTICLE_TYPES = frozenset(
    [
        "article",
        "newsarticle",
        "blogposting",
        "report",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "asknewsarticle",
        "scholarlyarticle",
        "techarticle",
        "medicalscholarlyarticle",
        "satiricalarticle",
        "advertisercontentarticle",
        "socialmediaposting",
        "liveblogposting",
        "review",
        "claimreview",
        "discussionforumposting",
        "recipe",
        "posting",
    ]
)
PAGE_TYPES = frozenset(
    ["webpage", "itempage", "videoobject", "newsvideo", "imagegallery", "collectionpage", "profilepage"]
)
MAX_SCRIPT_CHARS = 2_000_000
MAX_NODES = 2_000
WRAPPERS = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
# String literals match first, so that comments or commas inside them stay.
STRING_OR_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|/\*.*?\*/|(?<![:\w"])//[^\n]*', re.S)
STRING_OR_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(\s*[,}\]])', re.S)
# Separators between consecutive values.
BETWEEN = " \t\r\n,;"
MAX_VALUES = 100
MAX_BARE = 100_000
BARE_QUOTED = re.compile(r'("\s*:\s*")(.{0,2000}?)("(?=\s*(?:,\s*"[\w@:]{1,60}"\s*:|,?\s*[}\]])))', re.S)
BARE_QUOTE = re.compile(r'(?<!\\)"')
BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])|\\u(?![0-9a-fA-F]{4})")


def parse_script(text: str) -> Any:
    """Parse one JSON-LD script, repairing the usual damage; None when nothing can be parsed.

    Several consecutive values become a list.
    """
    if len(text) > MAX_SCRIPT_CHARS:
        return None
    for repair in (_as_is, _unwrapped, _unescaped, _without_comments, _with_quotes_escaped):
        repaired = repair(text).lstrip()
        try:
            value, end = DECODER.raw_decode(repaired)
        except (ValueError, RecursionError):
            continue
        return [value, *_further_values(repaired, end)] if repaired[end:].lstrip(BETWEEN)[:1] in ("{", "[") else value
    return None


def _further_values(text: str, at: int) -> Iterator[Any]:
    """Yield the values after the first, up to the first broken one."""
    for _ in range(MAX_VALUES):
        rest = text[at:].lstrip(BETWEEN)
        at = len(text) - len(rest)
        try:
            value, at = DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield value


DECODER = json.JSONDecoder(strict=False)


def _as_is(text: str) -> str:
    return text


def _unwrapped(text: str) -> str:
    text = WRAPPERS.sub("", WRAPPERS.sub("", text)).strip().lstrip("\ufeff;")
    return text if text[:1] in "[{" else text[_first_brace(text) :]


def _unescaped(text: str) -> str:
    return _unwrapped(html.unescape(text) if "&quot;" in text or "&#34;" in text else text)


def _without_comments(text: str) -> str:
    text = STRING_OR_COMMENT.sub(lambda m: m[1] or " ", _unescaped(text))
    text = BAD_ESCAPE.sub(r"\\\\", text)
    for _ in range(3):
        text = STRING_OR_COMMA.sub(lambda m: m[1] or m[2], text)
    return text


def _with_quotes_escaped(text: str) -> str:
    """Escape unescaped quotation marks inside strings: those before no comma, colon or bracket."""
    text = _without_comments(text)
    return BARE_QUOTED.sub(lambda m: m[1] + BARE_QUOTE.sub(r'\\"', m[2]) + m[3], text) if len(text) < MAX_BARE else text


def _first_brace(text: str) -> int:
    found = [at for at in (text.find("{"), text.find("[")) if at >= 0]
    return min(found, default=0)


def types_of(node: Node) -> set[str]:
    """Return the node's types as lower-case local names."""
    kinds = node.get("@type") or node.get("type") or ()
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if not isinstance(kinds, list):
        return set()
    return {kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for kind in kinds if isinstance(kind, str)}


def nodes_of(scripts: list[str]) -> list[Node]:
    """Return all typed objects of all scripts, outer ones first, at most ``MAX_NODES``."""
    found: list[Node] = []
    for script in scripts:
        for node in _walk(parse_script(script)):
            found.append(node)
            if len(found) >= MAX_NODES:
                return found
    return found


def _walk(value: Any) -> Iterator[Node]:
    queue = deque([value])
    steps = 0
    while queue and steps < 20 * MAX_NODES:
        steps += 1
        item = queue.popleft()
        if isinstance(item, list):
            queue.extend(item)
        elif isinstance(item, dict):
            if types_of(item):
                yield item
            queue.extend(child for child in item.values() if isinstance(child, (dict, list)))


def main_article(nodes: list[Node], urls: set[str]) -> Node | None:
    """Return the node that describes this page's article: the one with its URL, else the most complete one."""
    articles = _outermost([node for node in nodes if types_of(node) & ARTICLE_TYPES])
    if not articles:
        return None
    ours = [node for node in articles if _urls(node) & urls] if urls else []
    return max(ours or articles[:4], key=_fullness)


def _outermost(articles: list[Node]) -> list[Node]:
    """Leave out nested articles: entries of a live blog, comments, articles that are reviewed or cited."""
    inside: set[int] = set()
    for node in articles:
        queue: list[Any] = [] if id(node) in inside else list(node.values())
        while queue and len(inside) < 20 * MAX_NODES:
            item = queue.pop()
            if isinstance(item, dict):
                inside.add(id(item))
            queue.extend(item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
    return [node for node in articles if id(node) not in inside]


def _urls(node: Node) -> set[str]:
    page = node.get("mainEntityOfPage")
    values = [node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    return {bare_url(value) for value in values if isinstance(value, str) and value}


SCHEME = re.compile(r"\w+://(?:www\.)?")


def bare_url(url: str) -> str:
    """Return a URL without scheme, ``www.``, query, fragment and trailing slash, for comparison."""
    url = url.strip()
    scheme = SCHEME.match(url)
    path = url[scheme.end() :] if scheme else url
    return path.partition("#")[0].partition("?")[0].rstrip("/").lower()


def _fullness(node: Node) -> int:
    return sum(
        bool(node.get(key)) for key in ("headline", "datePublished", "author", "articleBody", "image", "publisher")
    )


def strings(value: Any) -> list[str]:
    """Return the strings in a value: a string, a list, or an object with ``name`` or ``@value``."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value[:50] for text in strings(item)]
    if isinstance(value, dict):
        return strings(value.get("name") or value.get("@value") or value.get("headline"))
    return []


def first_string(value: Any) -> str | None:
    """Return the first non-blank string of a value, without markup, or None."""
    return next((text for text in map(plain, strings(value)) if text), None)


def plain(text: str) -> str:
    """Unescape entities, which some systems escape twice, and drop tags that were left in a JSON string."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = re.sub(r"</?[a-zA-Z][^<>]{0,500}>", " ", text)
    return " ".join(text.split())
