"""Made-up pages with rows that hold together: for measuring and testing the warehouse, not the readers.

Every offset cuts out its surface, ids are hashes, and the same arguments give the same page. Of ``FEW`` words nearly
every claim is like many others, which tests want and the matcher takes quadratic time for. Of ``MANY`` a claim is
compared with about as many others as one of real news (5 to 20 of 5,000), which is what large warehouses are made of.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from extract.identity import stable_id
from extract.types import Article, Attribution, Block, DateMention, Fetch, Mention, Quantity, Rows
from load.extraction import Extraction

START = datetime(2024, 1, 1, 6, tzinfo=UTC)
OUTLETS = tuple(f"outlet-{letter}" for letter in "abcdefghijkl")
PLACES = (("Brackwater", "GB"), ("Port Ansel", "GB"), ("Vellin", "FR"), ("Sorrano", "IT"), ("Hartmund", "DE"))
THINGS = ("troops", "wounded civilians", "houses", "new jobs", "tents", "buses", "patients", "voters", "trees")
SPEAKERS = (("Maria Kovac", "person"), ("the harbour authority", "organisation"), ("a police spokesman", "official"))
VERBS = ("moved", "counted", "promised", "lost", "found", "sent")
MORE_VERBS = ("bought", "sold", "built", "closed", "opened", "lent", "hired", "rented", "painted", "ordered", "refused")
FIRST_NAMES = ("Maria", "Ada", "Piet", "Ines", "Tomas", "Rosa", "Emil", "Nadia", "Karel", "Lena", "Oskar", "Vera")
BODIES = ("city", "council", "hospital", "port", "ministry", "school", "army", "bank", "union", "museum", "court")
COUNTED = (
    *("troops", "civilians", "houses", "jobs", "tents", "buses", "patients", "voters", "trees", "bridges", "tickets"),
    *("bottles", "wells", "engines", "ferries", "lamps", "pupils", "nurses", "farms", "permits", "parcels", "boats"),
)


def _made_up_words(count: int) -> list[str]:
    draw = random.Random(2)
    parts = ("ba", "ke", "lor", "mi", "sun", "ta", "ver", "no")
    return ["".join(draw.choice(parts) for _ in range(3)) for _ in range(count)]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Who says, who does, what is done, and what is counted."""

    speakers: tuple[tuple[str, str], ...]
    subjects: tuple[str, ...]
    verbs: tuple[str, ...]
    things: tuple[str, ...]


def _many() -> Vocabulary:
    words = _made_up_words(500)
    surnames = ("Kovac", *(word.capitalize() for word in words[:60]))
    return Vocabulary(
        speakers=(
            *((f"{first} {last}", "person") for first in FIRST_NAMES for last in surnames),
            *((f"the {word} authority", "organisation") for word in words),
            *((f"a {word} spokesman", "official") for word in words),
        ),
        subjects=tuple(f"the {body}" for body in BODIES),
        verbs=(*VERBS, *MORE_VERBS),
        things=tuple(f"{word} {thing}" for word in words for thing in COUNTED),
    )


def _fillers(count: int = 4000) -> tuple[str, ...]:
    """Make sentences of made-up words, so many that two texts share few by chance."""
    draw = random.Random(1)
    words = [
        "".join(draw.choice(("ba", "ke", "lor", "mi", "sun", "ta", "ver", "no")) for _ in range(3)) for _ in range(500)
    ]
    return tuple(" ".join(draw.choices(words, k=14)).capitalize() + "." for _ in range(count))


FILLER = _fillers()
FEW = Vocabulary(SPEAKERS, ("the city",), VERBS, THINGS)
MANY = _many()


@dataclass(frozen=True, slots=True)
class Page:
    """What decides a made-up page; ``copy_of`` is the number of the page whose text it carries."""

    number: int
    outlet: str
    day: int
    revision: int = 0
    copy_of: int | None = None


def pages(count: int, *, days: int = 365, seed: int = 7) -> Iterator[Page]:
    """Spread pages over outlets and days; one in ten is a copy of the page before, one in twenty a revision of it."""
    draw = random.Random(seed)
    previous: Page | None = None
    for number in range(count):
        kind = draw.random()
        day = number * days // count
        if previous and kind < 0.1:
            other = OUTLETS[(OUTLETS.index(previous.outlet) + 1) % len(OUTLETS)]
            yield Page(number, other, day, copy_of=previous.number)
        elif previous and kind < 0.15 and previous.copy_of is None:
            yield Page(previous.number, previous.outlet, previous.day, previous.revision + 1)
        else:
            previous = Page(number, draw.choice(OUTLETS), day)
            yield previous


def read(
    page: Page,
    *,
    version: str = "1",
    quantities: int = 10,
    seen: timedelta = timedelta(0),
    vocabulary: Vocabulary = FEW,
) -> Extraction:
    """Make the page's fetch, article and rows, as the extractor ``version`` would have read them."""
    url = f"https://{page.outlet}.example/{page.number}"
    published = START + timedelta(days=page.day, minutes=page.number % 600)
    fetched = published + timedelta(minutes=30, hours=5 * page.revision) + seen
    fetch = Fetch(
        fetch_id=stable_id("fetch", url, fetched),
        source=page.outlet,
        url=url,
        fetched_at=fetched,
        outcome="ok",
        final_url=url,
        status=200,
        elapsed_ms=page.number % 300,
        body_bytes=40_000 + page.number % 1000,
        page_sha256=stable_id("page", url, page.revision),
        warc_file=f"{published:%Y/%m}/{page.number // 1000}.warc.gz",
        warc_offset=page.number % 1000 * 9000,
        warc_length=9000,
    )
    return _Writer(page, url, published, version, vocabulary).write(fetch, quantities)


class _Writer:
    """Writes the text sentence by sentence and notes the rows as it goes."""

    def __init__(self, page: Page, url: str, published: datetime, version: str, vocabulary: Vocabulary) -> None:
        self.page, self.url, self.published, self.version = page, url, published, version
        self.vocabulary = vocabulary
        # Copies draw the same words as their original.
        self.draw = random.Random(page.number if page.copy_of is None else page.copy_of)
        self.parts: list[str] = []
        self.at = 0
        self.spans: list[tuple[str, int, int, str]] = []

    def write(self, fetch: Fetch, quantities: int) -> Extraction:
        plan = [self._sentence(i) for i in range(quantities)]
        text = "".join(self.parts).rstrip()
        article_id = stable_id("article", self.url)
        version_id = stable_id("version", article_id, "", text)
        rows = [self._rows(version_id, *spans) for spans in plan]  # type: ignore[no-untyped-call]
        article = Article(
            article_id=article_id,
            version_id=version_id,
            outcome="ok",
            page_kind="article",
            extractor_version=self.version,
            text=text,
            blocks=(Block("paragraph", 0, len(text)),),
            url=self.url,
            canonical_url=self.url,
            source=self.page.outlet,
            publisher=self.page.outlet.replace("-", " ").title(),
            headline=f"Report {self.page.number} from {PLACES[self.page.number % len(PLACES)][0]}",
            authors=("Ada Quill",),
            section=("world", "local", "money")[self.page.number % 3],
            language="en",
            published_at=self.published,
            published_precision="minute",
            published_on=self.published.date(),
            published_on_from="utc",
            fetched_at=fetch.fetched_at,
            word_count=text.count(" ") + 1,
            layers={"headline": "json-ld", "text": "generic"},
        )
        return Extraction(
            fetch,
            article,
            Rows(
                tuple(r[0] for r in rows),
                tuple(r[1] for r in rows if r[1]),
                tuple(r[2] for r in rows),
                tuple(r[3] for r in rows),
            ),
        )

    def _put(self, words: str) -> tuple[int, int]:
        start = self.at
        self.parts.append(words)
        self.at += len(words)
        return start, self.at

    def _sentence(self, index: int) -> tuple:  # type: ignore[type-arg]
        draw = self.draw
        sentence_start = self.at
        speaker = draw.choice(self.vocabulary.speakers) if index % 2 else None
        source = cue = None
        if speaker:
            source = self._put(speaker[0])
            self._put(" ")
            cue = self._put("said")
            self._put(" that ")
        content_start = self.at
        subjects = self.vocabulary.subjects
        subject = self._put(draw.choice(subjects) if len(subjects) > 1 else subjects[0])
        self._put(f" {draw.choice(self.vocabulary.verbs)} ")
        number = draw.randrange(10, 90_000) + (self.page.revision if index == 0 else 0)
        quantity = self._put(f"about {number:,}")
        self._put(" ")
        thing = self._put(draw.choice(self.vocabulary.things))
        self._put(" in ")
        where = draw.choice(PLACES)
        place = self._put(where[0])
        self._put(" on ")
        day = self._put(draw.choice(("Monday", "Tuesday", "Wednesday")))
        content = (content_start, self.at)
        self._put(".")
        sentence = (sentence_start, self.at)
        self._put(" " + draw.choice(FILLER) + " " + draw.choice(FILLER) + "\n")
        return sentence, speaker, source, cue, content, subject, (quantity, number), thing, (place, where), day

    def _rows(self, version_id, sentence, speaker, source, cue, content, subject, amount, thing, where, day):  # type: ignore[no-untyped-def]
        text = "".join(self.parts)
        (start, end), number = amount
        place, (place_name, country) = where
        attribution = None
        if speaker:
            attribution = Attribution(
                attribution_id=stable_id("attribution", version_id, cue[0]),
                version_id=version_id,
                source_text=speaker[0],
                source_start=source[0],
                source_end=source[1],
                source_kind=speaker[1],
                is_anonymous=False,
                cue="said",
                cue_lemma="say",
                cue_start=cue[0],
                cue_end=cue[1],
                content_spans=(content,),
                confidence=0.9,
            )
        quantity = Quantity(
            quantity_id=stable_id("quantity", version_id, start, end),
            version_id=version_id,
            start=start,
            end=end,
            sentence_start=sentence[0],
            sentence_end=sentence[1],
            surface=text[start:end],
            low=float(number),
            high=float(number),
            low_inclusive=True,
            high_inclusive=True,
            bound="about",
            dimension="count",
            thing=text[slice(*thing)],
            thing_start=thing[0],
            thing_end=thing[1],
            subject=text[slice(*subject)],
            subject_start=subject[0],
            subject_end=subject[1],
            place=place_name,
            place_start=place[0],
            place_end=place[1],
            as_of_start=self.published.date(),
            as_of_end=self.published.date(),
            attribution_id=attribution.attribution_id if attribution else None,
            confidence=0.9 if self.version == "1" else 0.95,
        )
        date = DateMention(
            stable_id("date", version_id, day[0]), version_id, day[0], day[1], text[slice(*day)], None, None, None,
            "day", None, "past", "weekday",
        )  # fmt: skip
        mention = Mention(
            stable_id("mention", version_id, place[0]), version_id, place[0], place[1], place_name, "place", place_name,
            country, 51.5, -0.1, confidence=0.8,
        )  # fmt: skip
        return quantity, attribution, date, mention
