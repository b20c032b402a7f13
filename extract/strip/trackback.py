"""The publication date in a blog's trackback metadata: RDF, usually in a comment."""

from __future__ import annotations

import re

MARK = b"dc:date"
ATTRIBUTE = rb"\s+[\w:-]{1,40}\s*=\s*(?:\"[^\"]{0,2000}\"|'[^']{0,2000}')"
DESCRIPTION = re.compile(rb"<rdf:Description((?:" + ATTRIBUTE + rb"){1,20})\s*/?>", re.I)
DATE = re.compile(rb"\sdc:date\s*=\s*[\"']([^\"']{6,40})[\"']", re.I)


def trackback_day(source: bytes) -> str | None:
    """Return the date in the page's trackback metadata; None if there are several, as on lists."""
    if MARK not in source:
        return None
    found = {match[1] for told in DESCRIPTION.finditer(source) if (match := DATE.search(told[1]))}
    return found.pop().decode("ascii", "replace") if len(found) == 1 else None
