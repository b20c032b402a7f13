"""Quantities: every number that a text reports, with its bound, unit, thing, subject, place and role."""

from extract.read.quantities.find import find_quantities, read_numbers, sentences_to_parse

__all__ = ["find_quantities", "read_numbers", "sentences_to_parse"]
