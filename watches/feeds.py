"""Events as feeds for feed readers: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from load.files import replace_file
from report.pages import weblink

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
# XML cannot represent other control characters.
NOT_IN_XML = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: its stable id, when it was found, and its content (an event's JSON values)."""

    id: str
    found_at: datetime
    told: dict[str, Any]


def write_feed(folder: Path, name: str, title: str, items: Sequence[Item], evidence: str | None = None) -> list[Path]:
    """Write ``name.atom`` and ``name.json``, newest first; each replaces the previous file atomically.

    ``evidence`` is the address or relative path of the report's folder; entries then link to its pages.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = {f"{name}.atom": _atom(name, title, items, evidence), f"{name}.json": _json(title, items, evidence)}
    for file, data in made.items():
        if not (folder / file).exists() or (folder / file).read_bytes() != data:
            replace_file(folder / file, data)
    return [folder / file for file in made]


def _atom(name: str, title: str, items: Sequence[Item], evidence: str | None) -> bytes:
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", f"urn:newsledger:feed:{name}")
    _add(feed, "title", title)
    _add(feed, "updated", _time(max((item.found_at for item in items), default=datetime(1970, 1, 1, tzinfo=UTC))))
    _add(_add(feed, "author"), "name", "Newsledger")
    for item in items:
        entry = _add(feed, "entry")
        _add(entry, "id", f"urn:newsledger:event:{item.id}")
        _add(entry, "title", item.told["title"])
        _add(entry, "updated", _time(item.found_at))
        _add(entry, "content", in_words(item.told, evidence)).set("type", "text")
        for rel, address in _links(item.told, evidence):
            link = _add(entry, "link")
            link.set("rel", rel)
            link.set("href", address)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _add(parent: ElementTree.Element, name: str, text: str | None = None) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = text.translate(NOT_IN_XML) if text else text
    return element


def _json(title: str, items: Sequence[Item], evidence: str | None) -> bytes:
    feed = {
        "version": JSON_FEED,
        "title": title,
        "items": [
            {
                "id": f"urn:newsledger:event:{item.id}",
                "title": item.told["title"],
                "content_text": in_words(item.told, evidence),
                "date_published": _time(item.found_at),
                **_external(item.told),
                "_newsledger": item.told,
            }
            for item in items
        ],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _external(told: dict[str, Any]) -> dict[str, str]:
    return {"external_url": address for _, address in list(_links(told, None))[:1]}  # noqa: B035 - one at most


def in_words(told: dict[str, Any], evidence: str | None = None) -> str:
    """Format an event for people: the values, and each claim's quote with outlet, speaker, day and evidence links."""
    lines = [told["title"]]
    # A sentence with several numbers is quoted once.
    for claim in {(claim["article_id"], claim["quote"]): claim for claim in told["claims"]}.values():
        speaker = f", said by {claim['said_by']}" if claim["said_by"] else ""
        lines += ["", f"“{claim['quote']}”", f"{claim['outlet']}, {claim['news_date']}{speaker}"]
        lines += [address for address in (weblink(claim["url"]), weblink(page_of(claim, evidence))) if address]
        lines.append(f"newsledger evidence {claim['claim_id'][:12]}")
    return "\n".join(lines)


def page_of(claim: dict[str, Any], evidence: str | None) -> str | None:
    """Return the address of a claim in the report; None if the report's location is not known."""
    if evidence is None:
        return None
    return f"{evidence.rstrip('/')}/articles/{claim['article_id']}.html#q-{claim['claim_id']}"


def _links(told: dict[str, Any], evidence: str | None) -> Iterable[tuple[str, str]]:
    claims = told["claims"][::-1]
    addresses = [address for claim in claims if (address := weblink(claim["url"]))]
    yield from (("alternate" if i == 0 else "related", address) for i, address in enumerate(dict.fromkeys(addresses)))
    yield from (("via", page) for claim in claims if (page := page_of(claim, evidence)))


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
