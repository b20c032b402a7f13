"""The eight outlets of the sample newsroom: what each is called, where it keeps its pages, how it announces them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Announcement = Literal["rss", "atom", "json", "sitemap", "sitemap_index", "news_sitemap"]


@dataclass(frozen=True, slots=True)
class Outlet:
    """One fictional publisher.

    ``path`` is the pattern of an article's path (``{slug}``, ``{section}``, ``{date}`` as year/month/day);
    ``announces`` maps each kind of feed or sitemap to its path; ``disallowed`` is a section that
    robots.txt closes although the outlet's own feed lists a page of it.
    """

    slug: str
    name: str
    language: str
    path: str
    announces: tuple[tuple[Announcement, str], ...]
    encoding: str = "utf-8"
    disallowed: str = "/search"

    @property
    def public_url(self) -> str:
        """The address that the outlet would have on the web (a reserved name that no one can own)."""
        return f"https://www.{self.slug}.example"


OUTLETS: tuple[Outlet, ...] = (
    Outlet(
        "harbour-courier",
        "The Harbour Courier",
        "en",
        "/{section}/{slug}",
        (("rss", "/rss.xml"), ("news_sitemap", "/news-sitemap.xml")),
    ),
    Outlet("meridian-post", "Meridian Post", "en-GB", "/{date}/{section}/{slug}", (("atom", "/feeds/all.atom"),)),
    Outlet("valley-record", "Valley Record", "en", "/stories/{slug}.htm", (("sitemap_index", "/sitemap.xml"),)),
    Outlet(
        "northern-ledger",
        "Northern Ledger",
        "en",
        "/{section}/{slug}.html",
        (("rss", "/rss/news.xml"),),
        encoding="windows-1252",
        disallowed="/members/",
    ),
    Outlet("daily-vantage", "Daily Vantage", "en", "/{section}/{slug}", (("json", "/feed.json"),)),
    Outlet(
        "lumiere-du-soir", "Lumière du soir", "fr", "/{section}/article/{date}/{slug}", (("atom", "/rss/une.atom"),)
    ),
    Outlet(
        "capital-wire",
        "Capital Wire",
        "en",
        "/{section}/{slug}/",
        (("rss", "/feed/top.rss"), ("news_sitemap", "/sitemaps/news.xml")),
    ),
    Outlet(
        "the-beacon",
        "The Beacon",
        "en-GB",
        "/{slug}/",
        (("rss", "/feed/"), ("sitemap", "/sitemap.xml")),
        disallowed="/leaks/",
    ),
)
BY_SLUG: dict[str, Outlet] = {outlet.slug: outlet for outlet in OUTLETS}
