"""The directory: public feeds and sitemaps of publishers in many countries, as a starting point.

It is a file of facts (``directory.toml``), compiled by hand and not checked over the network. An address may have moved
since; ``newsledger sources test`` shows whether it answers.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from extract.countries import country_name
from extract.types import Source

FILE = Path(__file__).with_name("directory.toml")


class Publisher(BaseModel):
    """A publisher: its country (None: international), its language, and where it announces its articles."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    publisher: str
    country: str | None = Field(None, pattern=r"^[A-Z]{2}$")
    language: str = Field(pattern=r"^[a-z]{2}$")
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _announces_something(self) -> Publisher:
        if not self.announcements:
            raise ValueError(f"{self.name} has neither feeds nor sitemaps")
        return self

    @property
    def announcements(self) -> tuple[str, ...]:
        """All feeds and sitemaps of the publisher."""
        return (*self.feeds, *self.sitemaps)

    def as_source(self) -> Source:
        """Return the source to add to the settings."""
        return Source(self.name, publisher=self.publisher, feeds=self.feeds, sitemaps=self.sitemaps)


@cache
def load_directory() -> dict[str, Publisher]:
    """Read the directory; return its publishers by name."""
    listed = tomllib.loads(FILE.read_text(encoding="utf-8"))["publishers"]
    return {entry["name"]: Publisher(**entry) for entry in listed}


def find_publishers(words: str) -> list[Publisher]:
    """Return the publishers that have all of these words in their name, country (code or English name) or language."""
    wanted = words.casefold().split()
    return [publisher for publisher in load_directory().values() if _has(publisher, wanted)]


def _has(publisher: Publisher, words: list[str]) -> bool:
    codes = {publisher.language, (publisher.country or "").casefold()}
    names = f"{publisher.name} {publisher.publisher} {country_name(publisher.country)}".casefold()
    # Two letters match a country code where there is one, so that "in" is India and not part of a name.
    return all(word in codes or (len(word) > 2 and word in names) for word in words)
