"""Templates: the environment that renders pages, and filters for safe output. Everything is escaped."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from functools import partial
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from extract.countries import country_name
from load.plain_text import clean
from report import words
from report.data import grouped, page_name
from report.spans import quoted

# The folder with the pages of each kind of subject.
FOLDERS = {"outlet": "outlets", "person": "people", "organisation": "organisations", "place": "places"}
# Characters that could end a script element or a line of JavaScript within JSON.
UNSAFE_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def environment() -> Environment:
    """Return the environment of all pages."""
    env = Environment(
        loader=PackageLoader("report"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "number": words.number,
        "short": words.short,
        "value": words.value,
        "amount": words.amount,
        "moved_by": words.moved_by,
        "percent": words.percent,
        "plural": words.plural,
        "time": words.moment,
        "count": words.count,
        "country": country_name,
        "weblink": weblink,
        "json": as_json,
        "page": page_name,
        "quoted": quoted,
        "grouped": grouped,
        "folder": folder,
        "speaker": words.speaker,
    }
    env.globals |= {"days": words.days, "spark": partial(spark, width=120, height=30)}
    return env


def shown(value: Any) -> Any:
    """Replace each bidi override, which would also affect the text after it, and each control character by a sign."""
    return type(value)(clean(value)) if isinstance(value, str) else value


def folder(key: str) -> str:
    """Return the folder of a subject's page from its key, which begins with the kind."""
    return FOLDERS[key.partition(":")[0]]


def weblink(url: str | None) -> str | None:
    """Return the URL if it may be linked to (http or https with a host); otherwise None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def spark(values: list[float], *, width: int, height: int) -> str:
    """Return the points of a small line through values, for an SVG of this size."""
    low, high = min(values), max(values)
    across, up = width - 8, (height - 8) / ((high - low) or 1)
    steps = max(len(values) - 1, 1)
    return " ".join(f"{4 + across * i / steps:.1f},{height - 4 - (v - low) * up:.1f}" for i, v in enumerate(values))


def as_json(data: Any) -> Markup:
    """Write data as JSON that is safe inside a script element."""
    text = json.dumps(data, ensure_ascii=False, default=_iso, separators=(",", ":"))
    for character, escaped in UNSAFE_IN_SCRIPT.items():
        text = text.replace(character, escaped)
    return Markup(text)  # noqa: S704 - every character that HTML gives a meaning was replaced above


def _iso(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def design_digest() -> str:
    """Return a digest of the design: code, templates and assets of this package."""
    digest = hashlib.sha256()
    package = files("report")
    for folder in (package, package / "templates", package / "assets", package / "assets" / "fonts"):
        for entry in sorted(folder.iterdir(), key=lambda e: e.name):
            if entry.is_file():
                digest.update(entry.read_bytes())
    return digest.hexdigest()[:16]
