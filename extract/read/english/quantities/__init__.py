"""Quantities: every number that a text reports, with its bound, unit, role and aspect, as parsed by the grammar."""

from extract.read.english.quantities.find import Numbers, read_numbers

__all__ = ["Numbers", "read_numbers"]
