"""The working record of one quantity while rules fill it in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extract.read.english.quantities.number_words import Kind
from extract.read.english.quantities.units import Unit
from extract.types import Aspect, Bound, ChangeRole, Direction


@dataclass(slots=True)
class Draft:
    """One quantity in the making; all positions are token numbers, half-open."""

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
    is_party: bool = False  # one of two numbers of a contest, which nothing moved

    @property
    def is_counted(self) -> bool:
        """Whether the number counts things instead of measuring in a unit."""
        return self.unit is None and self.kind in ("cardinal", "scale")

    @property
    def dimension(self) -> str | None:
        """What the unit measures; None without one."""
        return self.unit.dimension if self.unit is not None else None

    @property
    def is_unitless(self) -> bool:
        """Whether it is a cardinal without a unit."""
        return self.unit is None and self.kind == "cardinal"

    @property
    def is_bare(self) -> bool:
        """Whether nothing but the number is said: a cardinal without unit and noun."""
        return self.is_unitless and self.thing is None
