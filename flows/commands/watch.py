"""``newsledger watch``: say what is to be told, and see what was."""

from __future__ import annotations

import json
import re
from pathlib import Path

from pydantic import ValidationError

from extract.errors import InputError, SettingsError
from flows import console
from flows.alerts import AlertError
from flows.commands import source_files
from flows.settings import DEFAULT_FILE, Settings, load_settings
from flows.stages import utc_now
from flows.watching import feeds_folder, preview, send_event, watch_all
from load.query import resolve
from watches.ledger import Told, open_ledger
from watches.watch import Kind, Watch, When, name_of

SHOWN = 5
# A table of the settings file, from its head to the next one's.
TABLE = r"(?m)^\[\[watches\]\]\n(?:(?!\[).*\n?)*"


def add_watch(
    settings: Settings, what: str, *, of: Kind, when: When | None, by: str | None, name: str | None, as_json: bool
) -> int:
    """Add a watch to the settings file and look at it for the first time: what is there already is not told."""
    watch = _watch(what, of, when or "new", _percent(by), name)
    if watch.name in {known.name for known in settings.watches}:
        raise InputError(f"There already is a watch called {watch.name!r}.", hint="Choose another with --name.")
    if of == "query":
        resolve(what)  # raises where it is none
    present = preview(settings, watch)
    file = settings.file or Path(DEFAULT_FILE).absolute()
    source_files.append(file, entry(watch))
    watch_all(load_settings(file), console.warn)
    if as_json:
        console.print_json({"watch": watch.model_dump(), "feeds": _feeds(settings, watch), "present": len(present)})
        return 0
    console.say(f"Watching {watch.of} {watch.what!r} as {watch.name!r}: you are notified when {watch.when}.")
    _show_present(settings, watch, len(present))
    return 0


def _show_present(settings: Settings, watch: Watch, present: int) -> None:
    if watch.of != "query" and not present and watch.when in ("moved", "new"):
        console.note(f"Nothing matches {watch.what!r} now; you are notified when something does.")
    else:
        console.note(f"{present:,} found now; you are notified only of new ones.")
    if not settings.alerts.channels:
        console.note("No webhook, Slack channel or mail is set in [alerts], so events only go to the feeds:")
    console.note("\n".join(_feeds(settings, watch)))


def _percent(by: str | None) -> float:
    if by is None:
        return 0
    try:
        return float(by.strip().removesuffix("%"))
    except ValueError:
        raise InputError(f"--by {by!r} is not a percentage.", hint="For example: --by 10%") from None


def _watch(what: str, of: Kind, when: When, by: float, name: str | None) -> Watch:
    try:
        return Watch(name=name or name_of(what, when), of=of, what=what.strip(), when=when, by_percent=by)
    except ValidationError as error:
        problem = error.errors()[0]
        about = ".".join(str(part) for part in problem["loc"])
        message = problem["msg"].removeprefix("Value error, ")
        raise InputError(
            f"{about}: {message}." if about else f"{message}.", hint="newsledger watch add --help"
        ) from None


def entry(watch: Watch) -> str:
    """Write a watch as a ``[[watches]]`` table of the settings file."""
    # A JSON string of printable text is a TOML basic string.
    keys = watch.model_dump(exclude_defaults=True) | {"when": watch.when}
    return "[[watches]]\n" + "".join(
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items()
    )


def _feeds(settings: Settings, watch: Watch) -> list[str]:
    return [str(feeds_folder(settings) / f"{watch.name}.{form}") for form in ("atom", "json")]


def list_watches(settings: Settings, *, as_json: bool) -> None:
    """Print every watch, and how many events it found."""
    with open_ledger(settings.watches_file) as ledger:
        rows = [
            (w.name, w.of, w.what, w.when, len(ledger.events(w.name, -1)), ledger.looked_at(w.name))
            for w in settings.watches
        ]
    if as_json:
        columns = ("name", "of", "what", "when", "events", "looked_at")
        console.print_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif not rows:
        console.say('No watches yet. Add one: newsledger watch add "deaths, Port Ansel" --when moved')
    else:
        shown = [(*row[:5], f"{row[5]:%Y-%m-%d %H:%M}" if row[5] else "never") for row in rows]
        console.print_table(("name", "of", "what", "told when", "events", "last looked at (UTC)"), shown)


def find_watch(settings: Settings, name: str) -> Watch:
    """Return the watch of this name. Raises InputError."""
    known = {watch.name: watch for watch in settings.watches}
    if name not in known:
        raise InputError(f"No watch is called {name!r}.", hint=f"Watches: {', '.join(known) or 'none yet'}.")
    return known[name]


def test_watch(settings: Settings, name: str, *, as_json: bool) -> int:
    """Show what a watch finds at present, and send one message, marked as a test, on every channel."""
    watch = find_watch(settings, name)
    present = preview(settings, watch)
    if as_json:
        console.print_json([event.as_json() for event in present])
    else:
        for event in present[-SHOWN:]:
            after = f" ({event.after})" if watch.when == "moved" else ""
            console.say(f"{event.title}{after}")
        console.note(f"{len(present):,} found{f', {SHOWN} shown' if len(present) > SHOWN else ''}.")
    last = present[-1].as_json() if present else {"title": "nothing found", "claims": []}
    trial = Told("test", watch.name, utc_now(), last | {"title": f"Test of the watch {watch.name}: {last['title']}"})
    failed = 0
    for channel in settings.alerts.channels:
        try:
            send_event(settings.alerts, channel, trial)
            console.note(f"{channel}: sent")
        except AlertError as error:
            failed = 1
            console.complain(error)
    return failed


def remove_watch(settings: Settings, name: str) -> int:
    """Take a watch out of the settings file, and forget what it found."""
    find_watch(settings, name)
    assert settings.file
    text = settings.file.read_text(encoding="utf-8")
    line = re.compile(rf"(?m)^name\s*=\s*{re.escape(json.dumps(name))}\s*$")
    kept = re.sub(TABLE, lambda table: "" if line.search(table[0]) else table[0], text)
    if kept == text:
        raise SettingsError(
            f"The [[watches]] of {name!r} cannot be found in {settings.file.name}.", hint="Remove it by hand."
        )
    source_files.replace_file(settings.file, kept.rstrip() + "\n")
    with open_ledger(settings.watches_file) as ledger:
        ledger.forget(name)
    for file in feeds_folder(settings).glob(f"{name}.*"):
        if file.suffix in (".atom", ".json"):
            file.unlink()
    console.say(f"No longer watching {name!r}.")
    return 0


def run_watches(settings: Settings, *, as_json: bool) -> int:
    """Look at every watch now and send what is new; a run does this by itself."""
    problems: list[str] = []
    found = watch_all(settings, problems.append)
    for problem in problems:
        console.warn(problem)
    if as_json:
        console.print_json({"events": found, "problems": problems})
    else:
        console.note(f"{found:,} new.")
    return 1 if problems else 0
