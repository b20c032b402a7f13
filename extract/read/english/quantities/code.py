"""Detect program text and program output, whose numbers report no quantity."""

from __future__ import annotations

import re

# Syntax of code only: snake_case names, calls, two-character operators, options, box-drawing characters.
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
# Syntax that prose may contain too: assignments, lists and mappings, braces, a final semicolon.
SOFT = re.compile(
    r"""\b[A-Za-z.]{2,}\s?=\s?['"\w\[] | \[\d+,\s | ['"]\s?:\s | ['"]:["'\d{\[] | [{}] | ;$""", re.VERBOSE
)
# Starts of a line of code, of a shell or of a protocol: "retries = 5", '"score": 82', "$ git log", "GET /".
LINE = re.compile(
    r"""[a-z_][\w.]*\s=\s['"\w\[{] | "[a-z_]\w*"\s?:\s | \(\w+\.\w+\s | \$\s[a-z]+\s
                      | (?:GET|POST|PUT|DELETE)\s/""",
    re.VERBOSE,
)
# Statistics of research papers, which look like assignments: "(P<.001; effect size=1.11)".
STATISTICS = re.compile(r"\b[A-Za-z]\s?[=<>]\s?[.\d]")
# Cheap precondition: without one of these characters or ``REQUEST`` prefixes none of the patterns matches.
SIGN = re.compile(r"[_()=<>&|+:;{}\[│┼├└%-]")
REQUEST = ("GET", "POST", "PUT", "DELETE", "$")
LEAST_SIGNS = 2
LEAST_SOFT = 3  # where there is no syntax of code only


def is_code(text: str, start: int, end: int) -> bool:
    """Return whether ``text[start:end]`` is code.

    It is where its start matches ``LINE``, where it has two signs one of which is of code only, or three others and no
    statistics.
    """
    if not SIGN.search(text, start, end) and not text.startswith(REQUEST, start, end):
        return False
    if LINE.match(text, start, end):
        return True
    hard = sum(1 for _ in HARD.finditer(text, start, end))
    soft = sum(1 for _ in SOFT.finditer(text, start, end))
    if hard:
        return hard + soft >= LEAST_SIGNS
    return soft >= LEAST_SOFT and STATISTICS.search(text, start, end) is None
