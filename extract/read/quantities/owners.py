"""A thing and its owner in one phrase: they are told apart, and said once."""

from __future__ import annotations

from collections.abc import Sequence

from extract.read.quantities.draft import Draft
from extract.read.quantities.tokens import Tokens
from extract.types import Mention


def say_once(tokens: Tokens, draft: Draft) -> None:
    """Keep of a thing that is its own subject the one that it is: a name acts, any other noun is measured."""
    thing, subject = draft.thing_span, draft.subject_span
    if thing is None or subject is None:
        return
    if subject[0] < thing[0] and thing[1] == subject[1]:  # "strong workforce" of a 20,000-strong workforce
        draft.subject_span = None
    if tokens.text[slice(*thing)] != tokens.text[slice(*subject)]:
        return
    if tokens.text[thing[0]].isupper() and not draft.is_counted:
        draft.thing_span = draft.thing = None
    else:
        draft.subject_span = None


def set_owners(tokens: Tokens, drafts: Sequence[Draft], mentions: Sequence[Mention]) -> None:
    """Give what is measured to the name that it begins with: "Acme shares", "US inflation", "35-year-old Ana Diaz"."""
    people = {mention.start for mention in mentions if mention.kind == "person"}
    for draft in drafts:
        thing = draft.thing_span
        if draft.unit is not None and draft.unit.dimension == "age":
            if thing is not None and thing[0] in people:
                draft.subject_span, draft.thing_span = thing, None
            continue
        if thing is None or draft.subject_span is not None or (draft.is_counted and draft.thing is not None):
            continue
        if draft.thing is None and any((m.start, m.end) == thing for m in mentions):
            draft.subject_span, draft.thing_span = thing, None  # "Kyiv wants to raise that to 690,000"
            continue
        for mention in mentions:
            if mention.start == thing[0] and mention.end < thing[1] and mention.kind in ("organisation", "place"):
                rest = tokens.text[mention.end : thing[1]]
                if rest[0] == " " and rest[1].islower():
                    draft.subject_span, draft.thing_span = (mention.start, mention.end), (mention.end + 1, thing[1])
