"""Tell program text and the output of programs, whose numbers report nothing, from sentences."""

from __future__ import annotations

import re

# What only code holds: names joined by underscores, calls, operators of two signs, options, frames of tables.
HARD = re.compile(
    r"""
      (?<![\w@/.\#?&=-])[A-Za-z][A-Za-z0-9]*_[A-Za-z0-9]
    | \w\.\w+\( | \w\(\) | [a-z]\(['"\w.]+\s?=
    | [=!<>]= | =>|->|\)\s?\{|&&|\|\||\+\+|::|;\s?\}
    | (?<!\S)--[a-z]
    | %[0-9A-F]{2}(?=\w|%)
    | [│┼├└]
    """,
    re.VERBOSE,
)
# What other text may hold too: assignments to a name, lists and mappings, braces, a semicolon at the end.
SOFT = re.compile(
    r"""\b[A-Za-z.]{2,}\s?=\s?['"\w\[] | \[\d+,\s | ['"]\s?:\s | ['"]:["'\d{\[] | [{}] | ;$""", re.VERBOSE
)
# How a line of code, of a shell or of a protocol begins: "retries = 5", '"score": 82', "$ git log", "GET /".
LINE = re.compile(
    r"""[a-z_][\w.]*\s=\s['"\w\[{] | "[a-z_]\w*"\s?:\s | \(\w+\.\w+\s | \$\s[a-z]+\s
                      | (?:GET|POST|PUT|DELETE)\s/""",
    re.VERBOSE,
)
# How papers write statistics, which look like assignments: "(P<.001; effect size=1.11)".
STATISTICS = re.compile(r"\b[A-Za-z]\s?[=<>]\s?[.\d]")
# Without one of these signs, or such a beginning, none of the patterns is found; to look for them is cheap.
SIGN = re.compile(r"[_()=<>&|+:;{}\[│┼├└%-]")
REQUEST = ("GET", "POST", "PUT", "DELETE", "$")
LEAST_SIGNS = 2
LEAST_SOFT = 3  # where there is no sign that only code holds


def is_code(text: str, start: int, end: int) -> bool:
    """Tell whether characters ``start`` to ``end`` are code: a line that begins so, or two signs, one of code alone."""
    if not SIGN.search(text, start, end) and not text.startswith(REQUEST, start, end):
        return False
    if LINE.match(text, start, end):
        return True
    hard = sum(1 for _ in HARD.finditer(text, start, end))
    soft = sum(1 for _ in SOFT.finditer(text, start, end))
    if hard:
        return hard + soft >= LEAST_SIGNS
    return soft >= LEAST_SOFT and STATISTICS.search(text, start, end) is None
