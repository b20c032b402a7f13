"""Named entity recognition: the people, organisations and places that a text mentions."""

from extract.read.english.mentions.find import find_mentions

__all__ = ["find_mentions"]
