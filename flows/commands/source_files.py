"""Changing the ``[[sources]]`` of a settings file as text, so that the user's own words and comments stay."""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from pathlib import Path

from extract.errors import InputError, SettingsError
from flows.settings import load_settings
from load.files import flush

HEADER = re.compile(r"(?m)^[ \t]*(?=\[)")


def append(file: Path, table: str) -> None:
    """Append a table to a settings file, which may not exist yet."""
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    replace_file(file, f"{before.rstrip()}\n\n{table}" if before.strip() else table)


def rename(file: Path, old: str, new: str) -> None:
    """Rename a source in its settings file and note its old name there. Raises InputError when it has none of it."""
    before, block, after = _split(file, old)
    found = re.search(r"(?m)^([ \t]*)name[ \t]*=[^\n]*$", block)
    assert found is not None
    was = [*tomllib.loads(block)["sources"][0].get("was", ()), old]
    block = re.sub(r"(?m)^[ \t]*was[ \t]*=[^\n]*\n", "", block)
    lines = f"name = {json.dumps(new)}\nwas = {json.dumps(was)}"
    replace_file(file, before + block.replace(found[0], lines, 1) + after)


def remove(file: Path, name: str) -> None:
    """Take a source out of its settings file. Raises InputError when the file has none of that name."""
    before, block, after = _split(file, name)
    # Comments at the end of the block are about what comes next.
    kept = re.search(r"(?:\n[ \t]*(?:#[^\n]*)?)*\n?\Z", block)
    replace_file(file, before.rstrip() + "\n\n" + (kept[0].lstrip("\n") if kept else "") + after)


def set_contact(file: Path, contact: str) -> None:
    """Write the contact into a settings file that has none."""
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    line = f"contact = {json.dumps(contact)}"
    if re.search(r"(?m)^[ \t]*contact[ \t]*=", text):
        text = re.sub(r"(?m)^[ \t]*contact[ \t]*=[^\n]*", lambda _: line, text, count=1)
    elif re.search(r"(?m)^\[fetch\][^\n]*$", text):
        text = re.sub(r"(?m)^(\[fetch\][^\n]*)$", lambda head: f"{head[1]}\n{line}", text, count=1)
    else:
        text = f"[fetch]\n{line}\n\n{text}" if not text or HEADER.match(text) else _before_tables(text, line)
    replace_file(file, text)


def _before_tables(text: str, line: str) -> str:
    first = HEADER.search(text)
    at = first.start() if first else len(text)
    return f"{text[:at].rstrip()}\n\n[fetch]\n{line}\n\n{text[at:]}"


def _split(file: Path, name: str) -> tuple[str, str, str]:
    text = file.read_text(encoding="utf-8")
    starts = [found.start() for found in HEADER.finditer(text) if _is_header(text, found.start())]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        block = text[start:end]
        if block.lstrip().startswith("[[sources]]") and tomllib.loads(block)["sources"][0].get("name") == name:
            return text[:start], block, text[end:]
    raise InputError(f"{file} has no [[sources]] called {name!r}.", hint="`newsledger sources list` shows all names.")


def _is_header(text: str, at: int) -> bool:
    return re.match(r"[ \t]*\[\[?[\w.\"' -]+\]\]?[ \t]*(#[^\n]*)?$", text[at:].split("\n", 1)[0]) is not None


def replace_file(file: Path, text: str) -> None:
    """Put a new text in the place of a settings file, in one step, if it is valid.

    Raises SettingsError when it is not, or the file cannot be written.
    """
    try:
        with tempfile.NamedTemporaryFile(
            "w", dir=file.parent, prefix=file.stem, suffix=".toml", delete=False, encoding="utf-8"
        ) as trial:
            trial.write(text)
    except OSError as error:
        raise SettingsError(f"Cannot write next to {file}: {error.strerror}.") from None
    draft = Path(trial.name)
    try:
        load_settings(draft)
        if file.exists():
            draft.chmod(file.stat().st_mode)
        flush(draft)
        draft.replace(file)
        flush(file.parent)
    finally:
        draft.unlink(missing_ok=True)
