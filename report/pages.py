"""Templates: how values are written on a page, and the environment that writes them. Everything is escaped."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
from collections.abc import Iterable
from datetime import date, datetime
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from report.data import Row, page_name

# Characters that could end a script element or a line of JavaScript within JSON.
UNSAFE_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
BOUNDS = {
    "exact": "",
    "about": "about ",
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "at most ",
    "less_than": "less than ",
    "between": "",
}


def environment() -> Environment:
    """Return the environment of all pages."""
    env = Environment(
        loader=PackageLoader("report"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "number": number,
        "value": value,
        "weblink": weblink,
        "json": as_json,
        "page": page_name,
        "percent": percent,
        "time": moment,
    }
    return env


def number(amount: float | None) -> str:
    """Write a number with thousands separated; infinite and missing ones as an ellipsis."""
    if amount is None or not math.isfinite(amount):
        return "…"
    if amount and (abs(amount) >= 1e15 or abs(amount) < 1e-4):
        return f"{amount:.4g}"
    return f"{amount:,.4f}".rstrip("0").rstrip(".")


def value(claim: Row) -> str:
    """Write a claim's value: its bound, one end or both, and its unit."""
    low, high = claim["low"], claim["high"]
    ends = [end for end in (low, high) if end is not None and math.isfinite(end)]
    span = "–".join(dict.fromkeys(number(end) for end in ends)) or "…"
    unit = claim["currency"] or claim["unit"] or ""
    return f"{BOUNDS.get(claim['bound'], '')}{span} {unit}".strip()


def percent(share: float | None) -> str:
    """Write a share of one as a signed percentage."""
    return "" if share is None or not math.isfinite(share) else f"{share:+,.0%}"


def moment(at: datetime | date | None) -> str:
    """Write a time to the minute (UTC), or a day."""
    if isinstance(at, datetime):
        return at.strftime("%Y-%m-%d %H:%M UTC")
    return at.isoformat() if at else ""


def weblink(url: str | None) -> str | None:
    """Return a URL that may be linked to: http or https with a host; None for all others."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def as_json(data: Any) -> Markup:
    """Write data as JSON that is safe inside a script element."""
    text = json.dumps(data, ensure_ascii=False, default=moment, separators=(",", ":"))
    for character, escaped in UNSAFE_IN_SCRIPT.items():
        text = text.replace(character, escaped)
    return Markup(text)  # noqa: S704 - every character that HTML gives a meaning was replaced above


def as_csv(found: Iterable[Row]) -> str:
    """Write rows as CSV (RFC 4180) with a head."""
    out = io.StringIO()
    listed = list(found)
    if listed:
        writer = csv.writer(out)
        writer.writerow(listed[0])
        writer.writerows([_cell(cell) for cell in row.values()] for row in listed)
    return out.getvalue()


def _cell(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell


def design_digest() -> str:
    """Return what stands for the design: code, templates and assets of this package."""
    digest = hashlib.sha256()
    package = files("report")
    for folder in (package, package / "templates", package / "assets"):
        for entry in sorted(folder.iterdir(), key=lambda e: e.name):
            if entry.is_file():
                digest.update(entry.read_bytes())
    return digest.hexdigest()[:16]
