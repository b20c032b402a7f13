"""Dates as written and the days that they stand for, read against the publication date."""

from extract.read.english.dates.find import find_dates

__all__ = ["find_dates"]
