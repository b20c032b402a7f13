"""The events that were found and sent: a small separate SQLite file, which a rebuild of the warehouse does not touch.

A check of the warehouse is one transaction: new events are recorded together with the messages to send, so a process
that dies leaves all of them or none. Sending processes the messages that are not marked as sent.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from watches.events import Event, key_of
from watches.watch import Watch

SCHEMA = """
    create table if not exists looks (watch text primary key, meant text not null, looked_at text not null);
    create table if not exists events (
        id text primary key, watch text not null, found_at text not null, told text not null
    );
    create table if not exists known (watch text not null, key text not null, primary key (watch, key));
    create table if not exists levels (
        watch text not null, measure text not null, value real not null, claim text not null,
        primary key (watch, measure)
    );
    create table if not exists outbox (
        event text not null, channel text not null, sent_at text, primary key (event, channel)
    );
    create index if not exists events_by_watch on events (watch, found_at);
"""


@dataclass(frozen=True, slots=True)
class Told:
    """A recorded event: its id (the same whenever it is sent), its watch, when it was found, and its content."""

    id: str
    watch: str
    found_at: datetime
    told: dict[str, Any]


class Ledger:
    """The open file. Every change is flushed to disk before it takes effect."""

    def __init__(self, con: sqlite3.Connection) -> None:
        self._con = con

    def look(self, watch: Watch, events: Iterable[Event], channels: Sequence[str], now: datetime) -> list[Told]:
        """Record the new events since the last check, to be sent on these channels; return them.

        The first check of a watch, or of one whose meaning has changed, records all events as known and sends nothing.
        """
        meant = watch.model_dump_json(exclude={"by_percent"})
        with self._transaction():
            row = self._con.execute("select meant from looks where watch = ?", [watch.name]).fetchone()
            is_first = row is None or row[0] != meant
            if is_first:
                self._forget(watch.name)
            found = [told for event in events if (told := self._enter(watch, event, now))]
            if is_first:
                found = []
            for told in found:
                self._con.execute(
                    "insert into events values (?, ?, ?, ?)",
                    [told.id, told.watch, now.isoformat(), json.dumps(told.told, ensure_ascii=False)],
                )
                self._con.executemany(
                    "insert into outbox values (?, ?, null)", [(told.id, channel) for channel in channels]
                )
            self._con.execute("insert or replace into looks values (?, ?, ?)", [watch.name, meant, now.isoformat()])
        return found

    def _enter(self, watch: Watch, event: Event, now: datetime) -> Told | None:
        return self._moved(watch, event, now) if watch.when == "moved" else self._happened(watch, event, now)

    def _happened(self, watch: Watch, event: Event, now: datetime) -> Told | None:
        entered = self._con.execute("insert or ignore into known values (?, ?)", [watch.name, event.key])
        if not entered.rowcount:
            return None
        return Told(key_of(watch.name, event.key), watch.name, now, event.as_json())

    def _moved(self, watch: Watch, event: Event, now: datetime) -> Told | None:
        """Compare a measure's value with the one that was sent last, so that small steps add up."""
        claim = event.as_json()["claims"][0]
        row = self._con.execute(
            "select value, claim from levels where watch = ? and measure = ?", [watch.name, event.measure]
        ).fetchone()
        level = [watch.name, event.measure, event.value, json.dumps(claim | {"shown": event.after})]
        if row is None:
            self._con.execute("insert into levels values (?, ?, ?, ?)", level)
            return None
        before, old = row[0], json.loads(row[1])
        assert event.value is not None
        if before == event.value or abs(event.value - before) * 100 < watch.by_percent * abs(before):
            return None
        self._con.execute("insert or replace into levels values (?, ?, ?, ?)", level)
        title = f"{event.title}: from {old['shown']} to {event.after}"
        told = event.as_json() | {"title": title, "before": old.pop("shown"), "claims": [old, claim]}
        return Told(key_of(watch.name, event.measure, now, event.value), watch.name, now, told)

    def _forget(self, watch: str) -> None:
        for table in ("known", "levels"):
            self._con.execute(f"delete from {table} where watch = ?", [watch])  # noqa: S608 - one of the two

    def forget(self, watch: str) -> None:
        """Delete a watch, with its events and unsent messages."""
        with self._transaction():
            self._forget(watch)
            self._con.execute("delete from outbox where event in (select id from events where watch = ?)", [watch])
            self._con.execute("delete from events where watch = ?", [watch])
            self._con.execute("delete from looks where watch = ?", [watch])

    def forget_rows(self, names: Collection[str]) -> None:
        """Delete events whose rows contain one of these names (addresses, identifiers), sent or not.

        They are also removed from the file's free space.
        """
        with self._transaction():
            for event, told in self._con.execute("select id, told from events").fetchall():
                if _rests_on(json.loads(told)["claims"], names):
                    self._con.execute("delete from outbox where event = ?", [event])
                    self._con.execute("delete from events where id = ?", [event])
            for watch, measure, claim in self._con.execute("select watch, measure, claim from levels").fetchall():
                if _rests_on([json.loads(claim)], names):
                    self._con.execute("delete from levels where watch = ? and measure = ?", [watch, measure])
        self._con.execute("pragma wal_checkpoint(truncate)")

    def unsent(self, channel: str) -> list[Told]:
        """Return the events still to be sent on a channel, oldest first."""
        sql = "select e.* from events as e inner join outbox as o on o.event = e.id where o.channel = ? "
        rows = self._con.execute(f"{sql} and o.sent_at is null order by e.found_at, e.id", [channel])
        return [_told(row) for row in rows.fetchall()]

    def sent(self, event: str, channel: str, now: datetime) -> None:
        """Record that a channel has accepted an event."""
        with self._transaction():
            marked = [now.isoformat(), event, channel]
            self._con.execute("update outbox set sent_at = ? where event = ? and channel = ?", marked)

    def events(self, watch: str, most: int = 100) -> list[Told]:
        """Return the events of a watch, newest first."""
        sql = "select * from events where watch = ? order by found_at desc, id limit ?"
        return [_told(row) for row in self._con.execute(sql, [watch, most]).fetchall()]

    def looked_at(self, watch: str) -> datetime | None:
        """Return when a watch was last checked."""
        row = self._con.execute("select looked_at from looks where watch = ?", [watch]).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._con.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._con.execute("rollback")
            raise
        self._con.execute("commit")


def _rests_on(rows: Iterable[dict[str, Any]], names: Collection[str]) -> bool:
    return any(isinstance(value, str) and value in names for row in rows for value in row.values())


def _told(row: Sequence[str]) -> Told:
    return Told(row[0], row[1], datetime.fromisoformat(row[2]), json.loads(row[3]))


def lock_file(path: Path) -> Path:
    """Return the lock file that ensures that only one process checks watches."""
    return path.with_suffix(".lock")


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """Open the file; it is created if it does not exist."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None, timeout=60)) as con:
        con.execute("pragma journal_mode = wal")
        con.execute("pragma synchronous = full")
        con.execute("pragma secure_delete = on")
        con.executescript(SCHEMA)
        yield Ledger(con)
