"""Run the watches after each publication, send their events on the channels of alerts, and write feeds.

Each watch is evaluated in one transaction of the watch ledger, and events that the ledger does not mark as sent are
sent. So when a run dies anywhere, the next one sends the rest. A message that was accepted just before the process died
is sent again under the same id (``Idempotency-Key``), by which receivers recognise it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from filelock import FileLock

from extract.errors import InputError
from flows.alerts import AlertError, post_json, send_mail
from flows.settings import AlertSettings, Settings
from flows.stages import utc_now
from load.connection import Connection, reader
from load.errors import NotPublished, QueryError
from watches.events import Event, all_disagreements, all_revisions, find_events
from watches.feeds import Item, in_words, write_feed
from watches.ledger import Ledger, Told, lock_file, open_ledger
from watches.watch import Watch

SHOWN = 100


def feeds_folder(settings: Settings) -> Path:
    """Return the folder of the feeds, beside the published warehouse."""
    return settings.warehouse.published.parent / "feeds"


def watch_all(settings: Settings, tell: Callable[[str], None]) -> int:
    """Evaluate every watch, send new events, write the feeds; return the number of events found.

    A channel that does not accept a message is reported through ``tell`` and gets the rest next time. One process does
    this at a time, by a lock of the operating system that ends with the process.
    """
    if not settings.warehouse.published.exists():
        return 0
    with FileLock(lock_file(settings.watches_file)), open_ledger(settings.watches_file) as ledger:
        found = _look(settings, ledger, tell) if settings.watches else []
        for channel in settings.alerts.channels:
            _send(settings.alerts, channel, ledger, tell)
        write_feeds(settings, ledger, feeds_folder(settings), settings.alerts.report)
    return len(found)


def _look(settings: Settings, ledger: Ledger, tell: Callable[[str], None]) -> list[Told]:
    found: list[Told] = []
    with reader(settings.warehouse) as con:
        for watch in settings.watches:
            try:
                events = list(find_events(con, watch))
            except QueryError as error:
                tell(f"Watch {watch.name}: {error}")
                continue
            found += ledger.look(watch, events, settings.alerts.channels, utc_now())
    return found


def _send(alerts: AlertSettings, channel: str, ledger: Ledger, tell: Callable[[str], None]) -> None:
    """Send one message per event; each is recorded as sent before the next is sent."""
    for told in ledger.unsent(channel):
        try:
            send_event(alerts, channel, told)
        except AlertError as error:
            tell(str(error))
            return
        ledger.sent(told.id, channel, utc_now())


def send_event(alerts: AlertSettings, channel: str, told: Told) -> None:
    """Send one event on a channel. Raises AlertError when the channel does not accept it."""
    text = in_words(told.told, alerts.report)
    address = getattr(alerts, channel)
    if channel == "mail":
        send_mail(address, channel, told.told["title"], text)
        return
    message: dict[str, Any] = {"text": text}
    if channel == "webhook":
        message |= {"id": told.id, "watch": told.watch, "found_at": told.found_at.isoformat(), "event": told.told}
    post_json(address, channel, message, {"Idempotency-Key": told.id})


def write_feeds(settings: Settings, ledger: Ledger, folder: Path, evidence: str | None) -> list[Path]:
    """Write a feed for each watch, and one for all revisions and all disagreements."""
    files: list[Path] = []
    for watch in settings.watches:
        items = [Item(told.id, told.found_at, told.told) for told in ledger.events(watch.name, SHOWN)]
        files += write_feed(folder, watch.name, f"{watch.what}: {watch.when}", items, evidence)
    with reader(settings.warehouse) as con:
        for name, title, events in (
            ("all-revisions", "Numbers that outlets changed", all_revisions(con)),
            ("all-disagreements", "Numbers that outlets disagree on", all_disagreements(con)),
        ):
            files += write_feed(folder, name, title, _dated(con, list(events)), evidence)
    return files


def _dated(con: Connection, events: list[Event]) -> list[Item]:
    """Date events by when the newest page that they are based on was first fetched, newest first."""
    ids = [claim["claim_id"] for event in events for claim in event.claims]
    seen = dict(
        con.execute(
            "select claim_id, fetched_at from claims where claim_id in (select unnest(?::varchar[]))", [ids]
        ).fetchall()
    )
    items = [Item(e.key, max(seen[claim["claim_id"]] for claim in e.claims), e.as_json()) for e in events]
    return sorted(items, key=lambda item: (item.found_at, item.id), reverse=True)[:SHOWN]


def preview(settings: Settings, watch: Watch) -> list[Event]:
    """Return the events that a watch finds at present.

    Raises NotPublished, and InputError when the watch names something that does not exist.
    """
    if watch.of == "source" and watch.what not in {source.name for source in settings.sources}:
        names = ", ".join(source.name for source in settings.sources)
        raise InputError(f"No source is called {watch.what!r}.", hint=f"Sources: {names or 'none yet'}.")
    try:
        with reader(settings.warehouse) as con:
            return list(find_events(con, watch))
    except NotPublished:
        if watch.of == "query":
            raise
        return []
