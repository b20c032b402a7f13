"""A claim as linked data: a schema.org ``Claim``, in the JSON-LD form that docs/exchange.md describes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# The terms are those of schema.org, written in full so that no reader needs the network.
CONTEXT = {
    "@vocab": "https://schema.org/",
    "url": {"@type": "@id"},
    "datePublished": {"@type": "Date"},
    "observationDate": {"@type": "Date"},
}
# The kinds of sources that are a schema.org Person; all others, such as documents and groups, are an Organization.
PERSONS = frozenset({"person", "official", "anonymous"})

NO_LOWER_END = frozenset({"at_most", "less_than"})
NO_UPPER_END = frozenset({"at_least", "more_than"})


def linked(claim: Mapping[str, Any]) -> dict[str, Any]:
    """Write one claim (a row of the selection, JSON values) as a node of the graph."""
    node: dict[str, Any] = _without_gaps(
        {
            "@type": "Claim",
            "@id": f"urn:newsledger:claim:{claim['claim_id']}",
            "identifier": claim["claim_id"],
            "name": claim["measure_name"] or claim["thing"] or claim["surface"],
            "text": claim["quote"],
            "author": _author(claim),
            "appearance": _appearance(claim),
            "about": _observation(claim),
            "spatialCoverage": {"@type": "Place", "name": claim["place_name"]} if claim["place_name"] else None,
        }
    )
    return node


def _author(claim: Mapping[str, Any]) -> dict[str, Any]:
    """Return the speaker, without a name if anonymous; the outlet if it speaks in its own voice."""
    if not claim["said_by"]:
        return {"@type": "Organization", "name": claim["publisher"] or claim["source"]}
    kind = "Person" if claim["said_by_kind"] in PERSONS else "Organization"
    named = None if claim["is_anonymous"] else claim["said_by_name"] or claim["said_by"]
    return {"@type": kind, "name": named, "description": claim["said_by"]}


def _appearance(claim: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "url": claim["url"],
        "headline": claim["headline"],
        "datePublished": claim["news_date"],
        "publisher": {"@type": "Organization", "name": claim["publisher"] or claim["source"]},
        "identifier": [
            _property("article", claim["article_id"]),
            _property("version", claim["version_id"]),
            _property("characters of the number in the article's text", _interval(claim)),
        ],
        "archivedAt": {
            "@type": "WebPage",
            "identifier": [
                _property("WARC file", claim["warc_file"]),
                _property("byte offset of the WARC record", claim["warc_offset"]),
                _property("SHA-256 of the page", claim["page_sha256"]),
            ],
        },
    }


def _interval(claim: Mapping[str, Any]) -> str:
    return f"{claim['claim_start']}-{claim['claim_end']}"


def _property(name: str, value: Any) -> dict[str, Any] | None:
    return None if value is None else {"@type": "PropertyValue", "propertyID": name, "value": value}


def _observation(claim: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value: no upper end for "at least 30", no lower end for "fewer than 30"."""
    return {
        "@type": "Observation",
        "variableMeasured": claim["measure_name"] or claim["thing"],
        "minValue": None if claim["bound"] in NO_LOWER_END else claim["low"],
        "maxValue": None if claim["bound"] in NO_UPPER_END else claim["high"],
        "unitText": claim["currency"] or claim["unit"],
        "additionalProperty": _property("bound", claim["bound"]),
        "observationDate": claim["as_of_start"],
    }


def _without_gaps(value: Any) -> Any:
    """Leave out missing values, because JSON-LD has no NULL."""
    if isinstance(value, dict):
        filled = {key: _without_gaps(part) for key, part in value.items()}
        return {key: part for key, part in filled.items() if part not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_gaps(part) for part in value if part is not None]
    return value
