"""Dates that the reader sees only when scripts have run: in attributes and in the scripts themselves."""

from __future__ import annotations

import re

from extract.strip.others import node_of_others
from extract.strip.page import Page
from extract.strip.timestamps import Evidence, parse_stamp

# Attributes from which scripts write a time, on elements of their own ("relative-time") or on any.
ATTRIBUTES = (
    "datetime",
    "data-datetime",
    "data-date",
    "data-time",
    "data-timestamp",
    "data-utime",
    "data-publish-date",
)
TIMED_NODES = ", ".join(f"[{name}]" for name in ATTRIBUTES)
MAX_NODES = 40


def day_in_attributes(page: Page, evidence: Evidence) -> str | None:
    """Return the day that the page's elements are marked with, comments and the like aside; None for several days."""
    days = set()
    for node in page.tree.css(TIMED_NODES)[:MAX_NODES]:
        told = next(filter(None, map(node.attributes.get, ATTRIBUTES)), None)
        if told and (stamp := parse_stamp(told, evidence)) and not node_of_others(node):
            days.add(stamp.local_day())
    return days.pop() if len(days) == 1 else None


# Keys under which content systems keep the publication time in a page's state, in JSON or escaped in an attribute.
# It begins with a literal, which is what is looked for first, and is for a text in lower case.
SCRIPT_DATE = re.compile(
    rb"publish(?:(?:ed)?_?(?:date|at|on)|(?<=datepublish)ed|(?<=date_publish)ed)(?:\\?[\"']|&quot;)\s*:\s*(?:\\?[\"']|&quot;)"
    rb"((?:19|20)\d\d-[01]\d-[0-3]\d)"
)


# A call that writes a date into the page ("showDate('2024/5/3 09:10')"), not one that makes an object of it.
SCRIPT_CALL = re.compile(rb"(?<!new )date\(\s*[\"']((?:19|20)\d\d)([-/.])(\d\d?)\2(\d\d?)(?!\d)")


def day_in_scripts(code: bytes) -> str | None:
    """Return the day that the page's scripts, in lower case, name as its publication's; None when they name several.

    Without such a name, it is the only day that they write into the page.
    """
    days = set(SCRIPT_DATE.findall(code)) or {b"-".join(call.group(1, 3, 4)) for call in SCRIPT_CALL.finditer(code)}
    return days.pop().decode() if len(days) == 1 else None
