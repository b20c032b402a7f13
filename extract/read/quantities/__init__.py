"""Quantities: every number that a text reports, with its bound, unit, thing, subject, place and role."""

from extract.read.quantities.find import find_quantities

__all__ = ["find_quantities"]
