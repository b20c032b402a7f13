"""Keys of names: one key for all spellings of a person, an organisation or a place."""

from __future__ import annotations

import re

from extract.read.english.vocabulary.words import is_people

SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV|Inc|Corp|Co|Ltd|LLC|plc)\.?$", re.IGNORECASE)
TITLE = re.compile(r"^(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sir|Dame|Lord|Lady|Prof|Rev|the)\.? )+", re.IGNORECASE)
INITIAL = re.compile(r"^[A-Z]\.?$")


def person_key(name: str) -> str:
    """Return a person's first and last name, or the last name alone: "hillary clinton" for Hillary Rodham Clinton."""
    parts = SUFFIX.sub("", TITLE.sub("", name.strip())).split()
    parts = [p.removesuffix("'s").removesuffix("’s") for p in parts]
    while len(parts) > 2 and is_people(parts[0]):
        parts = parts[1:]
    spoken = [p for p in parts if not INITIAL.match(p)] or parts
    ends = spoken if len(spoken) < 2 else [spoken[0], spoken[-1]]
    return " ".join(ends).lower()


def other_key(name: str) -> str:
    """Return the key of an organisation or a place: its words in lower case, without article and legal form."""
    plain = SUFFIX.sub("", re.sub(r"^the ", "", name.strip(), flags=re.IGNORECASE))
    return re.sub(r"[^\w]+", " ", plain.replace(".", "")).lower().strip()


def name_key(kind: str, name: str) -> str:
    """Return the key of a name of a kind (person, organisation or place): "person:ada quill"."""
    return f"{kind}:{person_key(name) if kind == 'person' else other_key(name)}"
