"""People, organisations and places that a text names."""

from extract.read.english.mentions.find import find_mentions

__all__ = ["find_mentions"]
