"""Discovery: the articles that a source announces, and the pages on this machine."""

from extract.discover.feeds import find_feeds, parse_feed, read_opml
from extract.discover.items import Announcement, Item
from extract.discover.local import local_pages, read_folder, read_url_list
from extract.discover.sections import parse_section
from extract.discover.sitemaps import parse_sitemap
from extract.discover.sources import (
    Discovery,
    discover,
    find_source_feeds,
    find_source_section,
    find_source_sitemaps,
    parse_announcement,
)
from extract.discover.urls import clean_url
from extract.discover.warcs import read_warc
from extract.filters import Filters, LeftOut, keep_at_most

__all__ = [
    "Announcement",
    "Discovery",
    "Filters",
    "Item",
    "LeftOut",
    "clean_url",
    "discover",
    "find_feeds",
    "find_source_feeds",
    "find_source_section",
    "find_source_sitemaps",
    "keep_at_most",
    "local_pages",
    "parse_announcement",
    "parse_feed",
    "parse_section",
    "parse_sitemap",
    "read_folder",
    "read_opml",
    "read_url_list",
    "read_warc",
]
