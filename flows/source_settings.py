"""The settings of one source: a ``[[sources]]`` table of the settings file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from extract.errors import SettingsError
from extract.fetch.access import Access, load_cookies, take_credentials
from extract.fetch.route import Proxy
from extract.filters import Filters
from extract.types import ANNOUNCING, AddressesFrom, Source

if TYPE_CHECKING:
    from http.cookiejar import MozillaCookieJar

NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
# The keys that hold the places to look for articles: URLs or paths.
LOCAL = ("url_lists", "folders", "warcs")
PLACES = (*ANNOUNCING, *LOCAL)


@cache
def _zones() -> frozenset[str]:
    """Return the names of all time zones; finding them reads six hundred files."""
    return frozenset(available_timezones())


class Section(BaseModel):
    """A table of the settings file: frozen, and with no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


class RequestSettings(Section):
    """What requests to the hosts of one source send in addition to the common headers."""

    headers: dict[str, str] = Field(
        default_factory=dict,
        description="Headers for the hosts of its addresses; env:NAME or file:PATH stands for a value kept there.",
    )
    cookie_file: Path | None = Field(None, description="Cookies in Netscape's format, as browsers and curl write it.")
    user_agent: str | None = Field(None, description="User-Agent for these hosts instead of Newsledger's.")
    language: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9*][A-Za-z0-9*,;=. -]*$",
        description="Language that these hosts are asked to answer in (Accept-Language: de, or fr-CA, fr;q=0.8).",
    )
    proxy: str | None = Field(
        None,
        description="HTTP proxy for all that is fetched for this source: http://USER:PASSWORD@HOST:PORT, env:NAME or "
        "file:PATH.",
    )


class SourceSettings(Section):
    """One publisher, and where it announces its articles."""

    name: str = Field(description="Short name, used in columns and commands: lower-case letters, digits, hyphens.")
    publisher: str | None = Field(None, description="The name people know it by.")
    feeds: tuple[str, ...] = Field((), description="RSS, Atom or JSON feeds (URLs).")
    sitemaps: tuple[str, ...] = Field((), description="Sitemaps, sitemap indexes or news sitemaps (URLs).")
    sections: tuple[str, ...] = Field(
        (), description="Pages of the site that list articles, where no feed does (URLs); no link is followed further."
    )
    addresses_from: AddressesFrom = Field(
        "links",
        description="sitemaps: the feeds list the articles, whose addresses are looked up in the sitemaps by title.",
    )
    url_lists: tuple[Path, ...] = Field(
        (), description="Files of URLs: one a line, a table (CSV, TSV) with a column url, or JSON lines."
    )
    folders: tuple[Path, ...] = Field((), description="Folders of HTML files.")
    warcs: tuple[Path, ...] = Field((), description="WARC files or folders of them, CC-NEWS among them.")
    base_url: str | None = Field(
        None,
        description="The address that a folder's files are pages of; without it, the one noted in a saved page.",
    )
    allow_private: bool = Field(False, description="Allow private and loopback addresses, for this source alone.")
    paused: bool = Field(False, description="Leave this source out of scheduled runs.")
    was: tuple[str, ...] = Field(
        (), description="Names that this source had before, as `newsledger sources rename` notes them."
    )
    timezone: str | None = Field(
        None, description="Zone that its articles are published in (America/New_York), for pages that do not say."
    )
    rights_cleared: bool = Field(False, description="Keep its pages even if they reserve rights (see fetch.respect).")
    keep_days: int | None = Field(
        None, ge=1, description="`newsledger maintain` forgets its pages this many days after their publication."
    )
    request: RequestSettings = Field(
        default_factory=RequestSettings,
        description="Additional headers, cookies and proxy for its hosts: [sources.request].",
    )
    filters: Filters = Field(default_factory=Filters, description="Which pages to fetch: [sources.filters].")

    @field_validator("name")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        if not NAME.fullmatch(name):
            raise ValueError("a name has lower-case letters, digits and hyphens, and does not begin with a hyphen")
        return name

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, name: str | None) -> str | None:
        if name is not None and name not in _zones():
            raise ValueError(f"{name!r} is not a time zone; use an IANA name, such as Europe/Berlin")
        return name

    @model_validator(mode="after")
    def _announces_something(self) -> SourceSettings:
        if not any(getattr(self, key) for key in PLACES):
            raise ValueError(
                f"source {self.name!r} names no {', '.join(PLACES[:-1])} or {PLACES[-1]}, so nothing can be found"
            )
        if self.addresses_from == "sitemaps" and not (self.feeds and self.sitemaps):
            raise ValueError(f"source {self.name!r} has addresses_from sitemaps, which needs feeds and sitemaps")
        return self

    @property
    def announcements(self) -> tuple[str, ...]:
        """The URLs that are requested to find articles, including any credentials in them."""
        return tuple(url for key in ANNOUNCING for url in getattr(self, key))

    def as_source(self, base: Path) -> Source:
        """Return the record that discovery takes; relative paths are relative to ``base``."""
        paths = {key: tuple(str((base / p).resolve()) for p in getattr(self, key)) for key in LOCAL}
        urls = {key: tuple(take_credentials(url)[0] for url in getattr(self, key)) for key in ANNOUNCING}
        return Source(
            name=self.name,
            publisher=self.publisher,
            addresses_from=self.addresses_from,
            base_url=self.base_url,
            allow_private=self.allow_private,
            paused=self.paused,
            timezone=self.timezone,
            **urls,
            **paths,
        )

    def access(self, base: Path, environment: Mapping[str, str]) -> Access | None:
        """Return what its hosts are sent in addition, or None; relative paths are relative to ``base``.

        Raises SettingsError for a secret that is not where the settings say it is.
        """
        split = [take_credentials(url) for url in self.announcements]
        credentials = {host: given for _, host, given in split if given is not None}
        if self.request == RequestSettings() and not credentials:
            return None
        hosts = {host for _, host, _ in split} | {take_credentials(self.base_url or "")[1]}
        headers = {
            name: self._secret("a header", value, base, environment) for name, value in self.request.headers.items()
        }
        cookies = self._cookies(base / self.request.cookie_file) if self.request.cookie_file else None
        request, proxy = self.request, self._proxy(base, environment)
        return Access(
            frozenset(hosts), headers, credentials, request.user_agent, cookies, language=request.language, proxy=proxy
        )

    def _proxy(self, base: Path, environment: Mapping[str, str]) -> Proxy | None:
        if self.request.proxy is None:
            return None
        try:
            return Proxy.of(self._secret("its proxy", self.request.proxy, base, environment))
        except ValueError:
            raise SettingsError(
                f"The proxy of source {self.name} is not the address of an HTTP proxy.",
                hint="Write http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT with %40 for an @ in the password.",
            ) from None

    def _secret(self, what: str, value: str, base: Path, environment: Mapping[str, str]) -> str:
        kind, _, place = value.partition(":")
        try:
            if kind == "env":
                return environment[place]
            return (base / place).read_text(encoding="utf-8").strip() if kind == "file" else value
        except (KeyError, OSError, UnicodeError):
            raise SettingsError(
                f"Source {self.name} has {what} from {value}, which does not exist.",
                hint="Set that variable, or write that file.",
            ) from None

    def _cookies(self, file: Path) -> MozillaCookieJar:
        try:
            return load_cookies(file)
        except (OSError, UnicodeError) as error:
            raise SettingsError(
                f"The cookie_file of source {self.name} cannot be read: {error}",
                hint="It begins with the line: # Netscape HTTP Cookie File",
            ) from None
