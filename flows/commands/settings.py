"""``newsledger init`` and ``newsledger settings``: write a settings file, and explain every key of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from extract.errors import InputError
from flows import console
from flows.settings import Settings, SourceSettings

STARTER = """\
# Newsledger's settings. Every key has a default: `newsledger settings` lists them all with their meaning.
# The environment overrides this file: NEWSLEDGER_FETCH__CONTACT=desk@example.org

data_dir = "data"

[fetch]
# Publishers see this in the User-Agent and can reach you.
contact = "desk@example.org"

[run]
batch_pages = 100

# One [[sources]] for each publisher. `newsledger sources add https://example.org` finds the feeds and adds the entry.
# [[sources]]
# name = "example"
# publisher = "The Example"
# feeds = ["https://example.org/rss.xml"]
# sitemaps = ["https://example.org/news-sitemap.xml"]
"""


def write_starter(file: Path) -> None:
    """Write a commented settings file; an existing one is never overwritten.

    Raises InputError when the file exists or cannot be written.
    """
    try:
        with file.open("x", encoding="utf-8") as handle:
            handle.write(STARTER)
    except FileExistsError:
        raise InputError(f"{file} exists already.", hint="Edit it, or give another name.") from None
    except OSError as error:
        raise InputError(f"Cannot write {file}: {error.strerror}.") from None


def show_settings(settings: Settings, *, as_json: bool) -> None:
    """Print every key with its value and meaning."""
    if as_json:
        console.print_json(settings.model_dump(mode="json"))
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
                yield f"sources.{source.name}", ", ".join(source.feeds + source.sitemaps), source.publisher
        else:
            yield f"{prefix}{name}", str(value), field.description
