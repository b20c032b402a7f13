"""The records that are passed between the stages, and the closed lists of values of their columns.

Every record is a frozen dataclass whose field names are the column names of the warehouse
(``docs/rows.md`` has the conventions, ``docs/schema.md`` every column). Offsets count characters
(Unicode code points) of ``Article.text`` and are half-open; days are inclusive at both ends;
times are aware and in UTC; ``None`` means that the text does not say.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any, Literal

from extract.outcomes import Outcome

Bound = Literal["exact", "about", "at_least", "more_than", "at_most", "less_than", "between"]
Aspect = Literal["level", "change", "rate", "plan", "limit", "rank"]
Direction = Literal["up", "down"]
ChangeRole = Literal["from", "to", "by"]
SourceKind = Literal["person", "organisation", "official", "document", "publisher", "anonymous", "collective"]
Polarity = Literal["affirmed", "denied", "withheld"]
Verification = Literal["unverified", "verified", "denied"]
Granularity = Literal[
    "time", "day", "week", "weekend", "month", "season", "quarter", "half", "year", "decade", "century"
]
DateRelation = Literal["since", "until", "by", "before", "after", "during", "from_to"]
TimeDirection = Literal["past", "present", "future"]
MentionKind = Literal["person", "organisation", "place"]
DayTeller = Literal["page", "source", "country", "utc"]
AddressesFrom = Literal["links", "sitemaps"]
FetchPurpose = Literal["page", "announcement"]
# The marks by which publishers reserve rights, as named in the settings.
Right = Literal["noarchive", "noai", "noimageai", "tdm", "ai.txt"]
BlockKind = Literal["heading", "paragraph", "quote", "list", "caption", "table", "disclaimer"]
PageKind = Literal[
    "article", "live_blog", "index", "gallery", "video", "error", "consent", "paywall", "challenge", "other"
]

# The fields of a source with URLs that announce articles: they are polled over the network, each when it is due.
ANNOUNCING = ("feeds", "sitemaps", "sections")


@dataclass(frozen=True, slots=True)
class Source:
    """One source in the settings: where its articles are announced, and what is allowed.

    ``feeds``, ``sitemaps`` and ``sections`` (pages that list articles) are URLs; ``url_lists``, ``folders`` and
    ``warcs`` are local paths.
    ``base_url`` gives the pages of a folder their URLs.
    ``allow_private`` allows private and loopback addresses for this source only.
    ``timezone`` (``America/New_York``) is the time zone of its articles, for pages that do not state one.
    ``addresses_from`` says where page addresses come from: the links of the announcements, or only the sitemaps, in
    which the articles that feeds list are looked up.
    """

    name: str
    publisher: str | None = None
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    url_lists: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    warcs: tuple[str, ...] = ()
    base_url: str | None = None
    allow_private: bool = False
    paused: bool = False
    timezone: str | None = None
    sections: tuple[str, ...] = ()
    addresses_from: AddressesFrom = "links"

    @property
    def announcements(self) -> tuple[str, ...]:
        """The URLs that are polled for articles: feeds, sitemaps and section pages."""
        return tuple(url for key in ANNOUNCING for url in getattr(self, key))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that a source announces and that may be fetched; title and times come from the announcement."""

    url: str
    source: str
    found_in: str
    title: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    keywords: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """One attempt to fetch one URL: exactly one outcome, and the location of its bytes in the archive.

    ``redirects`` is the chain of URLs before ``final_url``. ``warc_file`` is relative to the archive's
    root; ``page_sha256`` is the digest of the decoded body. ``purpose`` distinguishes pages from the feeds and sitemaps
    that announce them; ``asked_interval_s`` is the polling interval that a feed requests (in seconds).
    ``reserved_rights`` are the marks on a page or in its site's files; None: no page arrived, or none were looked for.
    """

    fetch_id: str
    source: str
    url: str
    fetched_at: datetime
    outcome: Outcome
    run_id: str | None = None
    final_url: str | None = None
    redirects: tuple[str, ...] = ()
    status: int | None = None
    detail: str | None = None
    is_retryable: bool = False
    retry_after_at: datetime | None = None
    elapsed_ms: int | None = None
    body_bytes: int | None = None
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    page_sha256: str | None = None
    warc_file: str | None = None
    warc_offset: int | None = None
    warc_length: int | None = None
    purpose: FetchPurpose = "page"
    asked_interval_s: int | None = None
    reserved_rights: tuple[Right, ...] | None = None

    def forgotten(self) -> Fetch:
        """Return the row of a forgotten attempt: addresses, time and digest, which keep the page from coming back."""
        return replace(
            self,
            outcome="forgotten",
            is_retryable=False,
            redirects=(),
            detail=None,
            retry_after_at=None,
            etag=None,
            last_modified=None,
            content_type=None,
        )


@dataclass(frozen=True, slots=True)
class Block:
    """A part of ``Article.text``: one heading, paragraph, quote, list item, caption, table or disclaimer."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class KnownZone:
    """The time zone of a source's pages (``America/New_York`` or ``-05:00``), and what it was determined by."""

    name: str
    teller: DayTeller = "source"


@dataclass(frozen=True, slots=True)
class Image:
    """An image of an article, with what the page says about it.

    ``position`` counts the article's images from 1; ``caption_start`` and ``caption_end`` are offsets of the caption
    in ``Article.text``, if it is part of it.
    """

    image_id: str
    version_id: str
    position: int
    url: str
    caption: str | None = None
    caption_start: int | None = None
    caption_end: int | None = None
    credit: str | None = None
    alternative_text: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one article, as read from one page.

    ``outcome`` is ``ok`` if the page is an article; otherwise ``reason`` says in one sentence what it
    is instead, and ``text`` may be empty. ``layers`` maps a field to the layer it was taken from (for example
    ``{"headline": "json-ld"}``), ``missing`` maps an empty field to the reason why it is empty.
    ``published_precision`` is ``second``, ``minute``, ``day``, ``month`` or ``year``. A local time without a zone is
    kept in ``published_raw`` and read in the source's time zone, or as UTC if that is unknown, with
    ``published_zone`` None.
    ``published_on`` is the publication day at the place of publication, in the time zone ``published_on_zone``, which
    was determined by ``published_on_from``.
    ``keywords`` and ``topics`` are those stated by the page, ``section_trail`` leads from the front page to it.
    ``images`` have a table of their own.
    """

    article_id: str
    version_id: str
    outcome: Outcome
    page_kind: PageKind
    extractor_version: str
    text: str = ""
    blocks: tuple[Block, ...] = ()
    url: str | None = None
    canonical_url: str | None = None
    source: str | None = None
    publisher: str | None = None
    headline: str | None = None
    standfirst: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    published_raw: str | None = None
    published_precision: str | None = None
    published_zone: str | None = None
    published_on: date | None = None
    published_on_zone: str | None = None
    published_on_from: DayTeller | None = None
    modified_at: datetime | None = None
    fetched_at: datetime | None = None
    lead_image_url: str | None = None
    disclaimer: str | None = None
    word_count: int = 0
    reason: str | None = None
    layers: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    section_trail: tuple[str, ...] | None = None
    keywords: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None
    images: tuple[Image, ...] = ()

    @property
    def reading_day(self) -> datetime | None:
        """Midnight (in UTC) of ``published_on``, for ``read_rows``; None if the page states no day."""
        return datetime.combine(self.published_on, time(), UTC) if self.published_on else None


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number as the text reports it. Conventions for every column: ``docs/rows.md``."""

    quantity_id: str
    version_id: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    surface: str
    low: float | None
    high: float | None
    low_inclusive: bool | None
    high_inclusive: bool | None
    bound: Bound
    unit: str | None = None
    unit_text: str | None = None
    dimension: str | None = None
    si_low: float | None = None
    si_high: float | None = None
    si_unit: str | None = None
    currency: str | None = None
    thing: str | None = None
    thing_start: int | None = None
    thing_end: int | None = None
    thing_via: str | None = None
    thing_confidence: float | None = None
    subject: str | None = None
    subject_start: int | None = None
    subject_end: int | None = None
    subject_name: str | None = None
    subject_via: str | None = None
    subject_confidence: float | None = None
    place: str | None = None
    place_start: int | None = None
    place_end: int | None = None
    place_via: str | None = None
    place_confidence: float | None = None
    aspect: Aspect = "level"
    direction: Direction | None = None
    change_id: str | None = None
    change_role: ChangeRole | None = None
    change_from_low: float | None = None
    change_from_high: float | None = None
    per: str | None = None
    as_of_start: date | None = None
    as_of_end: date | None = None
    as_of_is_stated: bool | None = None
    as_of_via: str | None = None
    as_of_confidence: float | None = None
    attribution_id: str | None = None
    speaker_via: str | None = None
    speaker_confidence: float | None = None
    verification: Verification | None = None
    verification_start: int | None = None
    verification_end: int | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what: a source, its content, and the cue that connects them."""

    attribution_id: str
    version_id: str
    source_text: str | None
    source_start: int | None
    source_end: int | None
    source_kind: SourceKind | None
    is_anonymous: bool | None
    cue: str
    cue_lemma: str
    cue_start: int
    cue_end: int
    content_spans: tuple[tuple[int, int], ...]
    source_name: str | None = None
    resolved_start: int | None = None
    resolved_end: int | None = None
    is_carried: bool = False
    parent_attribution_id: str | None = None
    hedge: str | None = None
    polarity: Polarity = "affirmed"
    verification: Verification | None = None
    verification_start: int | None = None
    verification_end: int | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written, and the days it refers to, relative to the publication day."""

    date_id: str
    version_id: str
    start: int
    end: int
    surface: str
    value: str | None
    resolved_start: date | None
    resolved_end: date | None
    granularity: Granularity | None
    relation: DateRelation | None
    direction: TimeDirection | None
    rule: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, an organisation or a place named in the text."""

    mention_id: str
    version_id: str
    start: int
    end: int
    surface: str
    kind: MentionKind
    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    role: str | None = None
    stands_for: str | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows read from one text; ``skipped`` says why a text was not read (for example its language)."""

    quantities: tuple[Quantity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    dates: tuple[DateMention, ...] = ()
    mentions: tuple[Mention, ...] = ()
    skipped: str | None = None


def as_json(value: Any) -> Any:
    """Convert records to JSON values: dataclasses to objects, tuples to lists, times to ISO 8601."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (tuple, list)):
        return [as_json(item) for item in value]
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value
