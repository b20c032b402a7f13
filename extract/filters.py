"""Filters: which announced pages of a source are fetched, decided from the announcement alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from extract.types import Candidate

FilterRule = Literal["urls", "not_urls", "title_words", "not_title_words", "dates", "max_age_days", "max_pages"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An announced page that a filter excludes from fetching, and the reason in one sentence."""

    candidate: Candidate
    rule: FilterRule
    reason: str


class Filters(BaseModel):
    """Which announced pages of a source are fetched. Information missing from an announcement excludes no page."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    urls: tuple[str, ...] = Field(
        (), description="Regular expressions: only pages with one of them in their URL are fetched."
    )
    not_urls: tuple[str, ...] = Field((), description="Regular expressions: pages with one in their URL are left out.")
    title_words: tuple[str, ...] = Field(
        (), description="Words: only pages with one of them in their announced title; a last * stands for any ending."
    )
    not_title_words: tuple[str, ...] = Field((), description="Words: pages with one in their title are left out.")
    published_from: date | None = Field(None, description="First publication day, as announced.")
    published_to: date | None = Field(None, description="Last publication day, as announced (inclusive).")
    max_age_days: int | None = Field(None, ge=0, description="Days after publication in which a page is fetched.")
    max_pages: int | None = Field(
        None, ge=1, description="Pages that one ingest fetches at most, the newest first; the next takes the rest."
    )

    @field_validator("urls", "not_urls")
    @classmethod
    def _are_patterns(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is not a regular expression: {error}") from None
        return patterns

    @field_validator("title_words", "not_title_words")
    @classmethod
    def _are_words(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        for word in words:
            if not word.strip(" *"):
                raise ValueError(f"{word!r} holds no word")
        return words

    @model_validator(mode="after")
    def _days_in_order(self) -> Filters:
        if self.published_from and self.published_to and self.published_from > self.published_to:
            raise ValueError(f"published_to ({self.published_to}) is before published_from ({self.published_from})")
        return self

    def judge(self, candidate: Candidate, now: datetime, timezone: str | None = None) -> LeftOut | None:
        """Return why a page is left out; None if it is not. Days are in ``timezone``, or in UTC."""
        found = (
            self._judge_url(candidate.url)
            or self._judge_title(candidate.title)
            or self._judge_day(candidate.published_at, now, timezone)
        )
        return LeftOut(candidate, *found) if found else None

    def _judge_url(self, url: str) -> tuple[FilterRule, str] | None:
        if hit := next((pattern for pattern in self.not_urls if re.search(pattern, url)), None):
            return "not_urls", f"Its URL matches {hit}."
        if self.urls and not any(re.search(pattern, url) for pattern in self.urls):
            return "urls", f"Its URL matches none of {', '.join(self.urls)}."
        return None

    def _judge_title(self, title: str | None) -> tuple[FilterRule, str] | None:
        if not title:
            return None
        if hit := next((word for word in self.not_title_words if _has_word(title, word)), None):
            return "not_title_words", f"Its title has {hit!r}."
        if self.title_words and not any(_has_word(title, word) for word in self.title_words):
            return "title_words", f"Its title has none of {', '.join(self.title_words)}."
        return None

    def _judge_day(
        self, published_at: datetime | None, now: datetime, timezone: str | None
    ) -> tuple[FilterRule, str] | None:
        if published_at is None:
            return None
        day = published_at.astimezone(ZoneInfo(timezone) if timezone else UTC).date()
        if self.published_from and day < self.published_from:
            return "dates", f"It was published on {day}, before {self.published_from}."
        if self.published_to and day > self.published_to:
            return "dates", f"It was published on {day}, after {self.published_to}."
        if self.max_age_days is not None and now - published_at > timedelta(days=self.max_age_days):
            return "max_age_days", f"It was published on {day}, more than {self.max_age_days} days ago."
        return None


def keep_at_most(candidates: Iterable[Candidate], limits: Mapping[str, int]) -> tuple[list[Candidate], list[LeftOut]]:
    """Keep the first pages of each source, up to its number in ``limits``; all pages of sources without one."""
    taken: dict[str, int] = {}
    kept: list[Candidate] = []
    left: list[LeftOut] = []
    for candidate in candidates:
        taken[candidate.source] = number = taken.get(candidate.source, 0) + 1
        limit = limits.get(candidate.source)
        if limit is None or number <= limit:
            kept.append(candidate)
        else:
            left.append(LeftOut(candidate, "max_pages", f"The run had {limit} newer pages of its source to fetch."))
    return kept, left


def _has_word(title: str, word: str) -> bool:
    stem = re.escape(word.strip().rstrip("*").casefold())
    end = "" if word.rstrip().endswith("*") else r"(?!\w)"
    return re.search(rf"(?<!\w){stem}{end}", title.casefold()) is not None
