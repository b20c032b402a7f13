"""Find date expressions and resolve them to days relative to the publication date."""

from extract.read.english.dates.find import find_dates

__all__ = ["find_dates"]
