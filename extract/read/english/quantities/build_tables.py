"""Rebuild the data tables: SI factors of ``units.tsv`` from pint, ``currencies.tsv`` from CLDR (babel).

Run ``python -m extract.read.english.quantities.build_tables`` after editing ``units.tsv`` or ``currency_words.tsv``.
The reader then needs neither library; importing them would take longer than reading a hundred articles.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NO_MONEY = frozenset(
    "Test Testing Unknown Unit Units Bond Gold Silver Platinum Palladium Fund Funds WIR RINET Sucre Drawing".split()
)
SI_UNITS = {  # dimension: (our name, pint's)
    "length": ("metre", "meter"),
    "area": ("square metre", "meter**2"),
    "volume": ("cubic metre", "meter**3"),
    "mass": ("kilogram", "kilogram"),
    "time": ("second", "second"),
    "speed": ("metre per second", "meter/second"),
    "acceleration": ("metre per second squared", "meter/second**2"),
    "temperature": ("kelvin", "kelvin"),
    "angle": ("radian", "radian"),
    "energy": ("joule", "joule"),
    "power": ("watt", "watt"),
    "electric potential": ("volt", "volt"),
    "electric current": ("ampere", "ampere"),
    "electric resistance": ("ohm", "ohm"),
    "capacitance": ("farad", "farad"),
    "charge": ("coulomb", "coulomb"),
    "frequency": ("hertz", "hertz"),
    "pressure": ("pascal", "pascal"),
    "force": ("newton", "newton"),
    "torque": ("newton metre", "newton*meter"),
    "data": ("byte", "byte"),
    "data rate": ("byte per second", "byte/second"),
    "radioactivity": ("becquerel", "becquerel"),
    "radiation dose": ("sievert", "sievert"),
    "luminous flux": ("lumen", "lumen"),
    "illuminance": ("lux", "lux"),
    "luminous intensity": ("candela", "candela"),
    "amount of substance": ("mole", "mole"),
    "density": ("kilogram per cubic metre", "kilogram/meter**3"),
    "flow": ("cubic metre per second", "meter**3/second"),
}


def unit_lines(lines: list[str]) -> list[str]:
    """Fill ``si_unit``, ``factor`` and ``offset`` of each unit that has a pint expression and an SI unit.

    Raise ValueError for a form of two units, of which only one could ever match, and for an expression with a unit
    unknown to pint.
    """
    import pint

    _refuse_forms_of_two(lines[1:])
    registry: Any = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
    out = [lines[0]]
    for line in lines[1:]:
        name, dimension, expression, forms = [*line.split("\t"), "", ""][:4]
        si = ("", "", "")
        if expression and dimension in SI_UNITS:
            our_name, pint_name = SI_UNITS[dimension]
            try:
                si = (our_name, *_factor_and_offset(registry, expression, pint_name))
            except pint.UndefinedUnitError as error:
                raise ValueError(
                    f"units.tsv: pint has no unit {expression!r} of {name!r}: write an expression (67 * inch)"
                ) from error
        out.append("\t".join((name, dimension, expression, forms, *si)))
    return out


def _refuse_forms_of_two(lines: list[str]) -> None:
    units: dict[str, str] = {}
    for line in lines:
        name, _, _, forms = [*line.split("\t"), "", ""][:4]
        for form in dict.fromkeys((name, *filter(None, forms.split("|")))):
            if form in units:
                raise ValueError(f"units.tsv gives {form!r} to {units[form]!r} and to {name!r}: keep one of them")
            units[form] = name


def _factor_and_offset(registry: Any, expression: str, si_unit: str) -> tuple[str, str]:
    if expression.startswith("degree_"):
        at_zero, at_one = (registry.Quantity(n, expression).to(si_unit).magnitude for n in (0, 1))
        return f"{at_one - at_zero:.12g}", f"{at_zero:.12g}"
    return f"{registry.Quantity(expression).to(si_unit).magnitude:.12g}", "0"


def currency_lines(words: list[str]) -> list[str]:
    """Return the table lines of all CLDR currencies, current or historic, and of our own entries.

    The forms are CLDR's names and our words; the code alone is a form only of legal tender.
    """
    from babel import Locale

    ours: dict[str, list[tuple[str, str]]] = {}
    for code, name, forms in (line.split("\t") for line in words[1:]):
        ours.setdefault(code, []).append((name, forms))
    known = {code for code, name in Locale("en").currencies.items() if not _is_no_money(name)}
    out = ["# code\tname\tforms"]
    for code in sorted(known | set(ours)):
        for name, forms in ours.get(code, [("", code if code in _tender() else "")]):
            line = _currency_line(code, name, forms, is_known=code in known)
            if not line.endswith("\t"):
                out.append(line)
    return out


def _tender() -> set[str]:
    """Return the codes of legal tender; others are too often words and names ("ARM", "ESP")."""
    from babel import Locale
    from babel.numbers import get_territory_currencies

    territories = [t for t in map(str, Locale("en").territories) if len(t) == 2 and t.isalpha()]
    return {code for territory in territories for code in get_territory_currencies(territory)}


def _is_no_money(name: str) -> bool:
    """Return whether a code's name is of a metal, a fund, a test or a unit of account."""
    return not NO_MONEY.isdisjoint(name.replace("(", " ").replace(")", " ").split())


def _currency_line(code: str, name: str, forms: str, *, is_known: bool) -> str:
    from babel.numbers import get_currency_name

    listed = forms.split("|") if forms else []
    if is_known:
        one, many = (get_currency_name(code, count=n, locale="en") for n in (1, 2))
        listed += [form for form in (many, one) if form not in listed and "(" not in form]
        name = name or one
    return f"{code}\t{name}\t{'|'.join(listed)}"


def main() -> None:
    """Rewrite both tables in place."""
    units, currencies = HERE / "units.tsv", HERE / "currencies.tsv"
    units.write_text("\n".join(unit_lines(units.read_text("utf-8").splitlines())) + "\n", "utf-8")
    words = (HERE / "currency_words.tsv").read_text("utf-8").splitlines()
    currencies.write_text("\n".join(currency_lines(words)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
