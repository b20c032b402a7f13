"""What can be set of one source: a ``[[sources]]`` table of the settings file."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from extract.filters import Filters
from extract.types import Source


class Section(BaseModel):
    """A table of the settings file: frozen, and closed to keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


class SourceSettings(Section):
    """One publisher: where its articles are announced."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="Short name, used in columns and commands.")
    publisher: str | None = Field(None, description="The name people know it by.")
    feeds: tuple[str, ...] = Field((), description="RSS, Atom or JSON feeds (URLs).")
    sitemaps: tuple[str, ...] = Field((), description="Sitemaps, sitemap indexes or news sitemaps (URLs).")
    url_lists: tuple[Path, ...] = Field((), description="Files of URLs: one a line, CSV or JSON lines.")
    folders: tuple[Path, ...] = Field((), description="Folders of HTML files.")
    warcs: tuple[Path, ...] = Field((), description="WARC files or folders of them, CC-NEWS among them.")
    base_url: str | None = Field(None, description="The address that a folder's files are pages of.")
    allow_private: bool = Field(False, description="Allow private and loopback addresses, for this source alone.")
    paused: bool = Field(False, description="Leave this source out of scheduled runs.")
    was: tuple[str, ...] = Field(
        (), description="Names that this source had before, as `newsledger sources rename` notes them."
    )
    timezone: str | None = Field(
        None, description="Zone that its articles are published in (America/New_York), for pages that do not tell."
    )
    rights_cleared: bool = Field(False, description="Keep its pages under any mark (see fetch.respect).")
    keep_days: int | None = Field(
        None, ge=1, description="`newsledger maintain` forgets its pages so many days after their publication."
    )
    filters: Filters = Field(default_factory=Filters, description="Announced pages to fetch: [sources.filters].")

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, name: str | None) -> str | None:
        if name is not None and name not in available_timezones():
            raise ValueError(f"{name!r} is no time zone; write one of the IANA names, such as Europe/Berlin")
        return name

    @model_validator(mode="after")
    def _announces_something(self) -> SourceSettings:
        if not (self.feeds or self.sitemaps or self.url_lists or self.folders or self.warcs):
            raise ValueError(
                f"source {self.name!r} names no feeds, sitemaps, url_lists, folders or warcs, so nothing can be found"
            )
        return self

    def as_source(self, base: Path) -> Source:
        """Build the record that discovery takes; relative paths count from ``base``."""
        keys = ("url_lists", "folders", "warcs")
        paths = {key: tuple(str((base / p).resolve()) for p in getattr(self, key)) for key in keys}
        return Source(
            name=self.name,
            publisher=self.publisher,
            feeds=self.feeds,
            sitemaps=self.sitemaps,
            base_url=self.base_url,
            allow_private=self.allow_private,
            paused=self.paused,
            timezone=self.timezone,
            **paths,
        )
