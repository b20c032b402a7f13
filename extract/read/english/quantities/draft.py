"""The mutable record of one quantity while the rules fill it in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extract.read.english.quantities.number_words import Kind
from extract.read.english.quantities.units import Unit
from extract.types import Aspect, Bound, ChangeRole, Direction


@dataclass(slots=True)
class Draft:
    """One quantity under construction; all positions are token indices, all spans half-open."""

    first: int
    last: int
    number_first: int
    number_last: int
    low: Decimal
    high: Decimal | None
    kind: Kind
    scale: Decimal
    digits: bool
    multiple: bool
    unit: Unit | None = None
    unit_first: int = -1
    unit_last: int = -1
    unit_hyphenated: bool = False
    money_before: bool = False
    bound: Bound = "exact"
    range_last_number: int = -1
    per: tuple[int, int] | None = None
    thing: tuple[int, int] | None = None
    owner: tuple[int, int] | None = None
    aspect: Aspect = "level"
    direction: Direction | None = None
    role: ChangeRole | None = None
    change_from: Draft | None = None
    is_party: bool = False  # one of the two numbers of a contest, not an end of a change

    @property
    def is_counted(self) -> bool:
        """Whether the number counts things rather than measures in a unit."""
        return self.unit is None and self.kind in ("cardinal", "scale")

    @property
    def dimension(self) -> str | None:
        """The dimension of the unit; None without a unit."""
        return self.unit.dimension if self.unit is not None else None

    @property
    def is_unitless(self) -> bool:
        """Whether the number is a cardinal without a unit."""
        return self.unit is None and self.kind == "cardinal"

    @property
    def is_bare(self) -> bool:
        """Whether the number is a cardinal with neither unit nor counted noun."""
        return self.is_unitless and self.thing is None
