"""Articles for volume, composed by a small grammar: the same seed gives the same articles.

An event has a hidden true figure for each of its measures. Several outlets report it over some days;
each has its own sources and its own noise, later reports move the figure, agency copy is carried
by others, and some articles are revised. ``generator_grammar.toml`` holds the event types, their clauses
and the words; this module wraps the clauses in attributions and puts articles together.
"""

from __future__ import annotations

import gzip
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from io import BytesIO
from itertools import count as count_up
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from fastwarc.warc import WarcRecord, WarcRecordType

from sample.content import SampleArticle
from sample.figures import StatedFigure, state_figure, true_value
from sample.outlets import BY_SLUG
from sample.pages import pages, slugify

GRAMMAR = Path(__file__).with_name("generator_grammar.toml")
ENGLISH = tuple(slug for slug, outlet in BY_SLUG.items() if outlet.language.startswith("en"))
AGENCY = "capital-wire"
ARTICLES_AN_EVENT = 6
_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")

Generated = tuple[SampleArticle, tuple[StatedFigure, ...]]
Block = tuple[Any, str]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: its type in the grammar, where and when, and its true figures by name."""

    number: int
    kind: dict[str, Any]
    place: str
    day: date
    truth: dict[str, float]
    drift: float


@dataclass(slots=True)
class Draft:
    """An article in the making: its own randomness, the figures as this outlet has them, and the people it quotes."""

    rng: Random
    event: Event
    values: dict[str, float]
    people: list[tuple[str, str]]
    stated: list[StatedFigure] = field(default_factory=list)
    introduced: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)


def generate_articles(
    count: int,
    *,
    seed: int = 0,
    first_day: date = date(2024, 1, 1),
    last_day: date = date(2024, 12, 31),
    outlets: Sequence[str] = ENGLISH,
) -> Iterator[SampleArticle]:
    """``count`` articles on events spread evenly over the days, roughly in order of time, one at a time.

    Raises ``ValueError`` when the days are the wrong way round or an outlet is unknown or not in English.
    """
    return (
        article
        for article, _ in generate_with_truth(count, seed=seed, first_day=first_day, last_day=last_day, outlets=outlets)
    )


def generate_with_truth(
    count: int,
    *,
    seed: int = 0,
    first_day: date = date(2024, 1, 1),
    last_day: date = date(2024, 12, 31),
    outlets: Sequence[str] = ENGLISH,
) -> Iterator[Generated]:
    """As ``generate_articles``, each article with the figures that its sentences state."""
    if last_day < first_day:
        raise ValueError(f"last_day {last_day} lies before first_day {first_day}")
    if unknown := [slug for slug in outlets if slug not in ENGLISH]:
        raise ValueError(f"{', '.join(unknown)}: generated articles are for the outlets {', '.join(ENGLISH)}")
    return islice(_all(count, seed, first_day, last_day, tuple(outlets)), count)


def write_warc(articles: Iterable[SampleArticle], path: Path) -> int:
    """Write the articles' pages as responses into one gzipped WARC 1.1 file; return how many there are."""
    written = 0
    with path.open("wb") as stream:
        for record in warc_records(articles):
            stream.write(record)
            written += 1
    return written


def warc_records(articles: Iterable[SampleArticle]) -> Iterator[bytes]:
    """The articles' pages as WARC records, one gzip member each (WARC 1.1, annex D): in any order they make a file."""
    for url, body, fetched_at in pages(articles):
        record = WarcRecord()
        record.init_headers(record_type=WarcRecordType.response)
        record.headers["WARC-Target-URI"] = url
        record.headers["WARC-Date"] = fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        record.headers["Content-Type"] = "application/http; msgtype=response"
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        record.set_bytes_content(head + body)
        plain = BytesIO()
        record.write(plain)
        yield gzip.compress(plain.getvalue(), 1, mtime=0)


def _all(wanted: int, seed: int, first: date, last: date, outlets: tuple[str, ...]) -> Iterator[Generated]:
    days = (last - first).days + 1
    events = max(1, wanted // ARTICLES_AN_EVENT)
    for number in count_up():
        day = first + timedelta(days=number % events * days // events)
        yield from _coverage(Random(f"{seed}/{number}"), number, day, last, outlets)  # noqa: S311


def _coverage(rng: Random, number: int, day: date, last: date, outlets: tuple[str, ...]) -> Iterator[Generated]:
    kind = rng.choice(_grammar()["events"])
    truth = {name: true_value(rng, low, high) for name, _, low, high, _ in kind["figures"]}
    event = Event(number, kind, rng.choice(_words("place")), day, truth, rng.uniform(-0.15, 0.4))
    agency: Generated | None = None
    for index in range(rng.randint(3, 2 * ARTICLES_AN_EVENT - 4)):
        outlet = rng.choice(outlets)
        age = min(rng.choice((0, 0, 1, 1, 2, 3, 5, rng.randint(3, 20))), (last - day).days)
        if agency and outlet != AGENCY and rng.random() < 0.15:
            yield _wire_copy(agency, outlet, index)
            continue
        made = _write(rng.getrandbits(64), event, outlet, index, age)
        agency = made if outlet == AGENCY else agency
        yield made
        if rng.random() < 0.08:
            yield _revision(made, event, rng)


def _write(seed: int, event: Event, outlet: str, index: int, age: int, moved: float = 1.0) -> Generated:
    rng = Random(seed)  # noqa: S311
    values = {
        name: value * moved * (1 + event.drift * age / 3) * rng.uniform(0.85, 1.2)
        for name, value in event.truth.items()
    }
    people = [
        (f"{rng.choice(_words('first'))} {rng.choice(_words('last'))}", rng.choice(_words("role"))) for _ in range(3)
    ]
    draft = Draft(rng, event, values, people)
    headline = _headline(draft)
    blocks = _body(draft)
    if outlet == AGENCY:
        blocks[0] = ("paragraph", f"{event.place.upper()} (Capital Wire) - {blocks[0][1]}")
    moment = time(rng.randint(5, 22), rng.randint(0, 59))
    article = SampleArticle(
        slug=f"{slugify(headline)[:60].strip('-')}-{event.number}-{index}",
        outlet=outlet,
        language="en",
        headline=headline,
        section=event.kind["section"],
        published_at=datetime.combine(event.day + timedelta(days=age), moment, UTC),
        blocks=tuple(blocks),
        standfirst=f"{rng.choice(_words('background'))}." if rng.random() < 0.5 else None,
        authors=tuple(
            f"{rng.choice(_words('first'))} {rng.choice(_words('last'))}" for _ in range(rng.choice((1, 1, 2)))
        ),
        tags=(event.kind["name"], event.place),
        wire="Capital Wire" if outlet == AGENCY else None,
    )
    return article, tuple(draft.stated)


def _wire_copy(agency: Generated, outlet: str, index: int) -> Generated:
    article, stated = agency
    later = article.published_at + timedelta(minutes=40)
    slug = f"{article.slug}-wire-{index}"
    return replace(article, slug=slug, outlet=outlet, published_at=later, syndicates=article.slug), stated


def _revision(made: Generated, event: Event, rng: Random) -> Generated:
    """The same article some hours later, written anew from figures that have moved."""
    article, _ = made
    revised, stated = _write(rng.getrandbits(64), event, article.outlet, 0, 1, moved=rng.uniform(1.05, 1.5))
    kept = replace(
        revised,
        slug=f"{article.slug}-revised",
        revision_of=article.slug,
        section=article.section,
        published_at=article.published_at,
        modified_at=article.published_at + timedelta(hours=rng.randint(1, 9)),
        authors=article.authors,
    )
    return kept, stated


def _headline(draft: Draft) -> str:
    text, _ = _fill(draft, draft.rng.choice(draft.event.kind["headline"]))
    return _capital(text)


def _body(draft: Draft) -> list[Block]:
    rng = draft.rng
    clauses = rng.sample(draft.event.kind["clauses"], rng.randint(7, 10))
    sentences = list(_sentences(draft, clauses))
    blocks: list[Block] = []
    while sentences:
        take = rng.choice((1, 1, 2, 2, 3))
        words = [sentences.pop(0) for _ in range(min(take, len(sentences)))]
        if blocks and rng.random() < 0.7:
            words.insert(rng.choice((0, len(words))), _colour(draft))
        blocks.append(("paragraph", " ".join(words)))
        if sentences and len(blocks) > 1 and rng.random() < 0.15 and blocks[-2][0] == "paragraph":
            blocks.append(("heading", rng.choice(_words("question"))))
    return _lengthen(draft, blocks)


def _lengthen(draft: Draft, blocks: list[Block]) -> list[Block]:
    """Add colour until the article has its 250 words, and the closing lines."""
    while sum(len(text.split()) for _, text in blocks) < draft.rng.randint(250, 420):
        where = draft.rng.randint(1, len(blocks))
        blocks.insert(where, ("paragraph", " ".join(_colour(draft) for _ in range(draft.rng.randint(1, 3)))))
    if draft.rng.random() < 0.3:
        blocks.append(("disclaimer", f"{draft.rng.choice(_words('unverified'))}."))
    return blocks


def _sentences(draft: Draft, clauses: list[str]) -> Iterator[str]:
    rng = draft.rng
    while clauses:
        text, figures = _fill(draft, clauses.pop())
        if clauses and rng.random() < 0.22:
            other, more = _fill(draft, clauses.pop())
            text, figures = f"{text}{rng.choice((', while ', ' and ', ', and '))}{other}", figures + more
        yield _say(draft, text, figures)
        if figures and rng.random() < 0.2:
            yield _compare(draft, figures[0])


def _say(draft: Draft, clause: str, figures: list[StatedFigure]) -> str:
    sentence = draft.rng.choices(WRAPS, WRAP_WEIGHTS)[0](draft, clause)
    draft.stated.extend(replace(figure, sentence=sentence) for figure in figures)
    return sentence


def _compare(draft: Draft, figure: StatedFigure) -> str:
    """Another voice on the same measure."""
    rng = draft.rng
    low = draft.values[figure.name] * rng.uniform(0.6, 0.9)
    other = _state(draft, figure.name, low)
    pattern = rng.choice(_words("comparison"))
    sentence = _capital(pattern.format(rng.choice(_words("office")), other.surface)) + "."
    draft.stated.append(replace(other, sentence=sentence))
    return sentence


def _fill(draft: Draft, pattern: str) -> tuple[str, list[StatedFigure]]:
    """Fill the slots of a pattern; the figures that it states, in order."""
    figures: list[StatedFigure] = []

    def one(match: re.Match[str]) -> str:
        slot, name = match.groups()
        if slot == "fig":
            figures.append(_state(draft, name, draft.values[name]))
            return figures[-1].surface
        if slot == "place":
            return draft.event.place
        return str(draft.rng.choice(draft.event.kind.get(slot) or _words(slot)))

    return _SLOT.sub(one, pattern), figures


def _state(draft: Draft, name: str, value: float) -> StatedFigure:
    spec = next(figure for figure in draft.event.kind["figures"] if figure[0] == name)
    capped = min(value, 97.0) if spec[4] == "percent" else value
    return state_figure(draft.rng, name, max(capped, 2.0), spec[1], spec[4])


def _source(draft: Draft) -> str:
    rng = draft.rng
    pick = rng.random()
    if pick < 0.5:
        name, role = rng.choice(draft.people)
        if name in draft.introduced:
            return name.split()[-1]
        draft.introduced.add(name)
        return rng.choice(
            (
                f"{name}, {role},",
                f"{role.removeprefix('the ')} {name}" if role.startswith("the ") else f"{name}, {role},",
            )
        )
    kind = "office" if pick < 0.72 else "anonymous" if pick < 0.85 else "group"
    return str(rng.choice(_words(kind)))


def _colour(draft: Draft) -> str:
    """A sentence without a figure that the article does not have yet."""
    for _ in range(8):
        sentence = _colour_sentence(draft)
        if sentence not in draft.used:
            break
    draft.used.add(sentence)
    return sentence


def _colour_sentence(draft: Draft) -> str:
    """A scene, background, a quotation, or a refusal to speak."""
    rng = draft.rng
    pick = rng.random()
    if pick < 0.25:
        return f"{rng.choice(_words('scene'))}."
    if pick < 0.5:
        opener, background = rng.choice(["", *_words("opener")]), rng.choice(_words("background"))
        return f"{opener}{background[0].lower() if opener else background[0]}{background[1:]}."
    if pick < 0.92:
        return _quotation(draft)
    return f"{_capital(str(rng.choice(_words('office'))))} {rng.choice(_words('withheld'))}."


def _quotation(draft: Draft) -> str:
    rng = draft.rng
    first, second = rng.sample(_words("mood"), 2)
    source, cue = _source(draft).rstrip(","), rng.choice(("said", "said", "added", "told reporters"))
    return rng.choice((
        f"“{first},” said {source}.",
        f"“{first},” {source} {cue}. “{second}.”",
        f"{_capital(source)} {cue}: “{first}.”",
        f"“{first}. {second},” {source} {cue}.",
    ))  # fmt: skip


def _bare(draft: Draft, clause: str) -> str:
    return f"{_capital(clause)}."


def _said_that(draft: Draft, clause: str) -> str:
    return f"{_capital(_source(draft))} {draft.rng.choice(_words('speech'))} that {clause}."


def _said_after(draft: Draft, clause: str) -> str:
    return f"{_capital(clause)}, {_source(draft).rstrip(',')} {draft.rng.choice(('said', 'estimated', 'added'))}."


def _according(draft: Draft, clause: str) -> str:
    return f"According to {_source(draft).rstrip(',')}, {clause}."


def _according_after(draft: Draft, clause: str) -> str:
    return f"{_capital(clause)}, according to {draft.rng.choice(_words('document'))}."


def _document(draft: Draft, clause: str) -> str:
    cue = draft.rng.choice(("showed", "stated", "noted"))
    return f"{_capital(draft.rng.choice(_words('document')))} {cue} that {clause}."


def _quoted(draft: Draft, clause: str) -> str:
    mood, source = draft.rng.choice(_words("mood")), _source(draft).rstrip(",")
    return f"“{mood},” said {source}, adding that {clause}."


def _denied(draft: Draft, clause: str) -> str:
    return f"{_capital(_source(draft))} {draft.rng.choice(_words('deny'))} {clause}."


def _hedged(draft: Draft, clause: str) -> str:
    return f"{draft.rng.choice(('It was reported that', 'It is believed that', 'Local media reported that'))} {clause}."


WRAPS: tuple[Callable[[Draft, str], str], ...] = (
    _bare, _said_that, _said_after, _according, _according_after, _document, _quoted, _denied, _hedged,
)  # fmt: skip
WRAP_WEIGHTS = (24, 18, 16, 9, 8, 7, 9, 4, 5)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _grammar() -> dict[str, Any]:
    return tomllib.loads(GRAMMAR.read_text(encoding="utf-8"))


def _words(slot: str) -> list[str]:
    return list(_grammar()["words"][slot])
