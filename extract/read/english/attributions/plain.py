"""Plain speech, which needs no parse: one verb of speech, a short source next to it, and the rest is content.

Three shapes cover most quotations in newspapers: *content, source cue* ("..., she said."), *content, cue source*
("...," said the mayor.) and *source cue content* ("The mayor said that ..."), besides *according to source, content*
and its mirror image. A sentence with more than one verb of speech, or whose source may contain a verb, is not plain
and is left to the parser. Quotations count as one word here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from extract.calendar import WEEKDAY_NAMES
from extract.read.english.attributions.drafts import Draft, Span, finish
from extract.read.english.attributions.lexicon import reckoning, verbs
from extract.read.english.attributions.people import names_thing
from extract.read.english.attributions.plain_inverted import inverted
from extract.read.english.attributions.plain_shape import Shape, quotations, says_more
from extract.read.english.attributions.plain_sources import (
    MAX_TAIL,
    PRONOUN,
    TAIL,
    has_verb,
    is_adverb,
    is_apposition,
    is_described,
    is_long_source,
    is_source,
    is_tail,
    length,
    parts,
    source_start,
)
from extract.read.english.attributions.source_words import noun_class
from extract.read.english.attributions.wordlist import word_set
from extract.read.english.attributions.words import QUOTE_MIN, QUOTED, Word, words_of
from extract.read.english.inflect import plural, verb_forms
from extract.read.english.speech import forms, lemmas
from extract.read.english.words import DETERMINERS, is_plural
from extract.read.quotes import Quotes

BARE = lemmas("bare")
EVIDENCE = forms("evidence", gerund=False)
CONFIDENCE = 0.95
# Forms of verbs of plain speech that are also nouns: "reports", "states".
NOUN_FORMS = frozenset(plural(lemma) for lemma in lemmas("noun") & lemmas("plain"))
NOUNS_TOO = lemmas("noun") | {plural(lemma) for lemma in lemmas("noun")}
GROUP = word_set(
    "has have had also later now then once often still even again previously repeatedly has've 've 'd further first"
)
WEEKDAYS = frozenset(name.lower() for name in WEEKDAY_NAMES)
SUBORDINATE = word_set("which who when while although though but as because where after before if citing adding naming")
RECIPIENTS = word_set(
    "reporters journalists lawmakers me him her them us investors analysts parliament congress supporters"
)


@cache
def _core() -> dict[str, str]:
    """Return the verb forms that are always ones of speech, with their lemmas."""
    finite = {form: lemma for lemma in lemmas("plain") for form in verb_forms(lemma) if not form.endswith("ing")}
    return {
        form: lemma for form, lemma in finite.items() if (form != lemma or lemma in BARE) and form not in NOUN_FORMS
    }


@cache
def _speech() -> frozenset[str]:
    """Return further verb forms that make a sentence ambiguous when it contains a second one."""
    table = verbs()
    told = {f for f, e in table.items() if e.frames.get("that") in ("say", "ask") and f != e.lemma}
    return frozenset(told) | EVIDENCE | {"read", "reads"}


def plain(text: str, index: int, span: Span, quotes: Quotes) -> list[Draft] | None:
    """Return the drafts of a plain sentence; None if only a parse can decide.

    ``index`` is the sentence's index and ``span`` its offsets.
    """
    words = words_of(text, span, quotes)
    while words and words[-1].text in ".!?…":
        words.pop()
    shape = _closing(words) or _shape(words)
    if shape is None:
        before = _quotation_before(text, span[0], quotes)
        if before is not None:
            words = [before, *words]
            shape = _shape(words)
    return None if shape is None else _drafts(text, index, words, shape, quotes)


def _closing(words: Sequence[Word]) -> Shape | None:
    """Return the shape ``content, source cue`` if the cue may be a noun: "..., the army claims"; or None.

    The source may have a relative clause.
    """
    end = len(words) - 1
    start = _last_break(words, end) if words else None
    if start is None or words[start - 1].text != ",":
        return None
    source, cue = words[start:end], words[-1].lower
    if not _reckons(source, cue) and not (cue in _core() and is_described(source)):
        return None
    content = words[: start - 1]
    is_count = len(content) > 1 and content[1].lower in ("many", "much")  # "As many as 90 may be trapped"
    is_clause = length(content) > QUOTE_MIN and (is_count or content[0].lower not in SUBORDINATE)
    lemma = verbs()[cue].lemma
    return Shape((start, end), (end, end + 1), ((0, start - 1),), lemma) if is_clause else None


def _reckons(source: Sequence[Word], cue: str) -> bool:
    """Return whether this is a source and its verb ("the army claims") and not the end of a list ("injury claims")."""
    if cue not in reckoning() or not is_source(source):
        return False
    if cue not in NOUNS_TOO:
        return True
    if cue == verbs()[cue].lemma:
        return is_plural(source[-1].lower) or source[-1].lower in PRONOUN
    return source[0].lower in DETERMINERS or source[0].text[0].isupper()


def _shape(words: Sequence[Word]) -> Shape | None:
    """Return the shape of a sentence with exactly one cue, or None."""
    cues, others = _cues(words)
    sources = [i for i, w in enumerate(words) if w.lower == "according"]
    if len(cues) + len(others) + len(sources) != 1:
        return None
    if sources:
        return _according(words, sources[0])
    return _loose_shape(words, others[0]) if others else _core_shape(words, cues[0])


def _core_shape(words: Sequence[Word], at: int) -> Shape | None:
    """Return the shape of a sentence whose cue is always a verb of speech, or None."""
    shape = _speech_shape(words, at, _core()[words[at].lower])
    return None if shape is not None and shape.lemma not in lemmas("saying") and _is_thing(words, shape) else shape


def _cues(words: Sequence[Word]) -> tuple[list[int], list[int]]:
    """Return the indices of the verbs that are always ones of speech, and of those that may be.

    Capitalised words ("State") and words after a number ("40 posts") are left out.
    """
    core, speech = _core(), _speech()
    spoken = [i for i, w in enumerate(words) if w.lower in core or w.lower in speech]
    verbal = [i for i in spoken if not i or (words[i].text[0].islower() and not words[i - 1].text[0].isdigit())]
    return [i for i in verbal if words[i].lower in core], [i for i in verbal if words[i].lower not in core]


def _loose_shape(words: Sequence[Word], at: int) -> Shape | None:
    """Return the shape of a sentence whose cue may be a verb of speech, or None.

    It is one before "that", with a document as its subject, or next to a quotation.
    """
    lemma = verbs()[words[at].lower].lemma
    shape = _speech_shape(words, at, lemma)
    if shape is None or words[at].lower.endswith("ing"):
        return None
    if words[shape.cue[1] : shape.cue[1] + 1] and words[shape.cue[1]].lower == "that":
        return _before(words, shape.cue, lemma)
    if shape.source[0] >= shape.cue[1]:
        return shape
    is_cue = _is_by_document if words[at].lower in EVIDENCE else _is_beside_quotation
    return shape if is_cue(words, shape) else None


def _is_by_document(words: Sequence[Word], shape: Shape) -> bool:
    """Return whether the source is a document or figures ("the data show")."""
    start, end = _head(words, shape.source)
    heads = {w.lower for w in words[slice(*shape.source)] if w.start == start and w.end == end}
    return any(noun_class(head) == "document" for head in heads)


def _is_thing(words: Sequence[Word], shape: Shape) -> bool:
    """Return whether the source is a common noun for none of people, organisations and documents ("a deal")."""
    start, end = _head(words, shape.source)
    noun = next(w.text for w in words if w.start == start and w.end == end)
    return noun.islower() and noun not in PRONOUN and names_thing(noun)


def _is_beside_quotation(words: Sequence[Word], shape: Shape) -> bool:
    """Return whether a quotation is adjacent to source and cue, so that any verb of speech is a cue.

    "Never again!" he shouted.
    """
    first, last = min(shape.source[0], shape.cue[0]), max(shape.source[1], shape.cue[1])
    return words[first - 1].text == QUOTED if first else last < len(words) and words[last].text == QUOTED


def _quotation_before(text: str, start: int, quotes: Quotes) -> Word | None:
    """Return the quotation that ends right before a sentence, as one word; or None.

    The marks split ``"Who knows?" she said.`` into two sentences.
    """
    end = len(text[:start].rstrip(" "))
    quoted = quotes.at(end - 1) if end else None
    return Word(QUOTED, *quoted, QUOTED) if quoted is not None and quoted[1] == end else None


def _speech_shape(words: Sequence[Word], at: int, lemma: str) -> Shape | None:
    first = at
    while first > 0 and (words[first - 1].lower in GROUP or is_adverb(words[first - 1])):
        first -= 1
    cue = (first, at + 1)
    return _before(words, cue, lemma) or _after(words, cue, lemma) or inverted(words, cue, lemma)


def _after(words: Sequence[Word], cue: Span, lemma: str) -> Shape | None:
    """Return the shape ``content, source cue``, perhaps with more content after another comma; or None."""
    start = _source_before(words, cue[0])
    if start is None or not start:
        return None
    quoted = words[start - 1].text == QUOTED
    if not quoted and not _ends_clause(words[:start]):
        return None
    end = _after_recipient(words, cue[1]) if lemma == "tell" else cue[1]
    rest = words[end:]
    is_over = not rest or (quoted and not says_more(rest))
    if not is_over and _goes_on(rest):
        return Shape((start, cue[0]), cue, ((0, start), (end + 1, len(words))), lemma)
    if not is_over and not is_tail(words, end):
        return None
    return Shape((start, cue[0]), cue, ((0, start), *quotations(words, end)), lemma)


def _ends_clause(words: Sequence[Word]) -> bool:
    """Return whether these words end with a comma and are long enough for a clause."""
    return words[-1].text == "," and length(words) >= QUOTE_MIN


def _goes_on(rest: Sequence[Word]) -> bool:
    """Return whether the content continues after the cue and a comma."""
    if rest[0].text != "," or len(rest) < 3:
        return False
    return not says_more(rest[1:]) and rest[1].lower not in SUBORDINATE


def _source_before(words: Sequence[Word], end: int) -> int | None:
    """Return the index at which the source that ends before ``end`` begins, or None.

    It begins after the last comma or quotation, or before an apposition.
    """
    cut = _last_break(words, end - (words[end - 1].text == ",") if end else 0)
    if cut is None:
        return None
    if words[end - 1].text != ",":
        return cut if is_source(words[cut:end]) else None
    if words[cut - 1].text != "," or not is_apposition(words[cut : end - 1]):
        return None
    start = _last_break(words, cut - 1)
    return start if start is not None and is_source(words[start : cut - 1]) else None


def _last_break(words: Sequence[Word], end: int) -> int | None:
    return next((i + 1 for i in range(end - 1, -1, -1) if words[i].text in {",", QUOTED}), None)


# Words after a cue that cannot begin its content, and those that begin a contrasting clause.
NO_CONTENT = word_set("of about nothing so no yes")
CONTRASTS = word_set("but while although though which")
AFTER_RECIPIENT = word_set("that , in") | {QUOTED}


def _before(words: Sequence[Word], cue: Span, lemma: str) -> Shape | None:
    """Return the shape ``source cue content``, or None."""
    start = source_start(words, cue[0])
    if start is None:
        return None
    begin = cue[1]
    if lemma == "tell":
        begin = _after_recipient(words, begin)
    begin = _after_circumstance(words, begin)
    while begin < len(words) and words[begin].text in {",", ":"}:
        begin += 1
    if not _may_be_content(words[begin:], lemma):
        return None
    end = cue[0] - (words[cue[0] - 1].text == ",")
    return Shape((start, end), cue, ((begin, len(words)),), lemma)


def _may_be_content(rest: Sequence[Word], lemma: str) -> bool:
    """Return whether all words after a cue may be its content."""
    if length(rest) < 3 and all(w.text != QUOTED for w in rest):
        return False
    if not _opens_content(rest[0], lemma) or any(w.text in {";", "—", "–"} for w in rest):
        return False
    return not any(a.text == "," and b.lower in CONTRASTS for a, b in pairwise(rest))


def _opens_content(first: Word, lemma: str) -> bool:
    """Return whether a content may begin with this word; after "say" and "tell" any noun can."""
    if first.lower in TAIL or first.lower in NO_CONTENT:
        return False
    return lemma in {"say", "tell"} or first.text == QUOTED or first.lower == "that" or first.lower in PRONOUN


def _after_circumstance(words: Sequence[Word], at: int) -> int:
    """Return the index after "on Friday" or "in a statement" before "that" or a colon.

    A bare weekday is skipped before any word.
    """
    lower = [word.lower for word in words[at : at + MAX_TAIL]]
    day = next((k for k, word in enumerate(lower[:2]) if word in WEEKDAYS), None)
    if day == 0 or (day == 1 and not PRONOUN.isdisjoint(lower[2:3])):
        return at + day + 1  # "Monday she would", "on Monday she would"
    end = next((k for k, word in enumerate(lower) if k and word in ("that", ":")), 0)
    is_skipped = end and lower[0] in TAIL and not has_verb(words[at + 1 : at + end])
    return at + end if is_skipped else at


def _after_recipient(words: Sequence[Word], at: int) -> int:
    """Return the index after the recipient of "told"; the number of words if its end is unknown."""
    if at < len(words) and words[at].lower in RECIPIENTS:
        return at + 1
    end = at
    while end < len(words) and words[end].text != QUOTED and _is_in_name(words[end]):
        end += 1
    closes = at < end < len(words) and (words[end].lower in AFTER_RECIPIENT or words[end].lower in PRONOUN)
    return end if closes else len(words)


def _is_in_name(word: Word) -> bool:
    return word.text[0].isupper() or word.lower in {"the", "of"}


def _according(words: Sequence[Word], at: int) -> Shape | None:
    """Return the shape of a sentence with "according to" at index ``at``, or None."""
    if at + 2 >= len(words) or words[at + 1].lower != "to":
        return None
    if at == 0:
        return _according_first(words)
    rest = words[at + 2 :]
    if words[at - 1].text != "," or not (is_long_source(rest) or is_source(rest)):
        return None
    return Shape((at + 2, len(words)), (at, at + 2), ((0, at - 1),), "according to")


def _according_first(words: Sequence[Word]) -> Shape | None:
    """Return the shape ``according to source, content``, or None if a part may be the source's apposition."""
    end = next((i for i in range(2, len(words)) if words[i].text == ","), None)
    if end is None or not is_source(words[2:end]) or length(words[end:]) < 4:
        return None
    following = parts(words, end + 1, len(words))
    if len(following) > 1 and length(words[slice(*following[0])]) <= 5:
        return None
    return Shape((2, end), (0, 2), ((end + 1, len(words)),), "according to")


def _drafts(text: str, index: int, words: Sequence[Word], shape: Shape, quotes: Quotes) -> list[Draft]:
    """Return the draft of a shape as a list, which is empty if there is no content."""

    def span(part: Span) -> Span:
        return words[part[0]].start, words[part[1] - 1].end

    first, last = shape.source
    source = span((first, last - (words[last - 1].text == ",")))
    content = [span(part) for part in shape.content if part[1] > part[0]]
    done = finish(
        index, source, _head(words, shape.source), span(shape.cue), content, shape.lemma, CONFIDENCE, text, quotes
    )
    return [done] if done is not None else []


HEAD_ENDS = word_set(
    "of in into from for at with within on to by about over under between among after before during against since as "
    "who that whose which , ("
)
# Words that may follow a head noun: "people present", "figures obtained by".
AFTER_HEAD = word_set("present involved familiar close aware responsible concerned seen")


def _head(words: Sequence[Word], source: Span) -> Span:
    """Return the offsets of the head noun.

    It is the last word before a preposition, a relative clause, a participle, a comma or a bracket.
    """
    first, end = source
    last = first
    for i in range(first + 1, end):
        following = words[i + 1].lower if i + 1 < end else ","
        is_participle = words[i].lower in AFTER_HEAD or words[i].lower.endswith("ed")
        if words[i].lower in HEAD_ENDS or (is_participle and following in HEAD_ENDS):
            break
        last = i
    return words[last].start, words[last].end
