"""State bodies whose names newspapers write in lower case: "Norway's defence ministry", "the general staff"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.read.english.mentions.tables import lexicon, place

FIELDS = (
    "defence|defense|foreign|interior|finance|health|justice|energy|economy|agriculture|education|transport|culture|"
    "environment|labour|labor|trade|industry|internal affairs|foreign affairs|emergencies|emergency"
)
BODY = rf"(?P<body>(?:{FIELDS}) ministry|general staff|supreme court|central bank|security council)"
OWNED = re.compile(rf"\b(?P<owner>[A-Z]\w+(?: [A-Z]\w+)?)(?:['’]s?)? {BODY}\b")
THE = re.compile(rf"\b[Tt]he {BODY}\b")


def find_ministries(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the offsets of state bodies in lower case: after a state's name, and the same again after "the".

    ``taken`` are the offsets of capitalised names, which they may not overlap.
    """
    owned = [match for match in OWNED.finditer(text) if _is_state(match["owner"])]
    names = {match["body"] for match in owned}
    again = [match for match in THE.finditer(text) if match["body"] in names]
    for match in sorted((*owned, *again), key=lambda match: match.start("body")):
        start, end = match.span("body")
        if not any(a < end and start < b for a, b in taken):
            yield start, end


def _is_state(owner: str) -> bool:
    known = place(owner)
    return owner in lexicon()["demonyms"] or (known is not None and known.kind in ("country", "capital", "region"))
