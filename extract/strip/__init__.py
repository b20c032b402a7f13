"""Strip: from the bytes of a page to an article with headline, byline, dates and body text."""

from extract.strip.article import extract_article, stand_in
from extract.strip.timestamps import local_time

__all__ = ["extract_article", "local_time", "stand_in"]
