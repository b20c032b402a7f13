"""``newsledger init`` and ``newsledger settings``: write a settings file, and explain every key of it."""

from __future__ import annotations

import json
import os
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from extract.errors import InputError
from extract.fetch import FetchPolicy
from flows import console
from flows.masking import masked
from flows.settings import Settings, load_settings
from flows.source_settings import SourceSettings

LINE = 110
HEAD = """\
# Settings of Newsledger. Every key is here with its meaning; a commented line shows the default.
# Relative paths count from this file. The environment overrides it: NEWSLEDGER_FETCH__CONTACT=desk@example.org

data_dir = "data"

[fetch]
"""
SOURCES = """\

# One [[sources]] for each publisher; `newsledger sources add https://example.org` finds its feeds and adds it here.
# [[sources]]
# name = "example"
# publisher = "The Example"
# feeds = ["https://example.org/rss.xml"]
#
# All keys of a source:
"""
ASKED = "E-mail address or web page by which publishers can reach you (Enter for none): "


def ask_contact() -> str:
    """Ask the person at the terminal for the contact; it stays empty where there is no terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        console.note("No contact is set. Publishers want to know who fetches: set [fetch] contact, or --contact.")
        return ""
    return input(ASKED).strip()


def write_starter(file: Path, contact: str) -> None:
    """Write a settings file with every key; an existing one is never overwritten.

    Raises InputError when the file exists or cannot be written, or the contact is no address.
    """
    text = starter(contact)
    try:
        with file.open("x", encoding="utf-8") as handle:
            handle.write(text)
    except FileExistsError:
        raise InputError(f"{file} already exists.", hint="Edit it, or give another name.") from None
    except OSError as error:
        raise InputError(f"Cannot write {file}: {error.strerror}.") from None


def starter(contact: str) -> str:
    """Write the settings file that ``init`` begins with. Raises InputError for a contact that is no address."""
    check_contact(contact)
    defaults = load_settings(Path(os.devnull), {})
    parts = [HEAD, f"{_explain('contact', FetchPolicy)}contact = {_toml(contact)}\n"]
    parts += _keys(defaults.fetch, {"contact"})
    for name in ("run", "warehouse", "archive", "alerts"):
        parts.append(f"\n[{name}]\n")
        parts += _keys(getattr(defaults, name), set())
    parts.append(SOURCES)
    parts += [f"#   {name}: {field.description}\n" for name, field in SourceSettings.model_fields.items()]
    return "".join(parts)


def check_contact(contact: str) -> None:
    """Raise InputError for a contact that is neither empty, nor an e-mail address, nor a web page."""
    if contact and not re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+|https?://\S+", contact):
        raise InputError(
            f"{contact!r} is neither an e-mail address nor a web page.", hint="For example: desk@example.org"
        )


def _keys(section: BaseModel, given: set[str]) -> Iterator[str]:
    for name in type(section).model_fields:
        if name not in given:
            value = _toml(getattr(section, name))
            yield f"{_explain(name, type(section))}# {name} = {value}\n"


def _explain(name: str, section: type[BaseModel]) -> str:
    words = section.model_fields[name].description or ""
    return "".join(f"# {line}\n" for line in textwrap.wrap(words, LINE))


def _toml(value: Any) -> str:
    if isinstance(value, Path):
        # The defaults were worked out for a file in /dev, whose folder stands for that of the settings.
        return json.dumps(str(value.relative_to(Path(os.devnull).parent)))
    return "" if value is None else json.dumps(value)


def show_settings(settings: Settings, *, as_json: bool) -> None:
    """Print every key with its value and meaning; passwords and tokens are masked."""
    if as_json:
        console.print_json(masked(settings.model_dump(mode="json")))
        return
    console.print_table(("key", "value", "meaning"), _rows(settings))
    if not settings.sources:
        console.say("\nNo [[sources]] yet. Keys of a source:")
        console.print_table(
            ("key", "meaning"),
            [(name, field.description) for name, field in SourceSettings.model_fields.items()],
        )


def _rows(model: BaseModel, prefix: str = "") -> Iterator[tuple[str, Any, str | None]]:
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from _rows(value, f"{prefix}{name}.")
        elif name == "sources":
            for source in value:
                yield (
                    f"sources.{source.name}",
                    masked(", ".join(source.announcements)),
                    source.publisher,
                )
        elif name == "watches":
            for watch in value:
                yield f"watches.{watch.name}", f"{watch.of} {watch.what}", watch.when
        else:
            yield f"{prefix}{name}", masked(str(value), name), field.description
