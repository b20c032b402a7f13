"""Alerts: what needs a person, told once on each channel of the settings, and once more when it is over.

A webhook gets JSON with a ``text`` for chats that take one (Slack, Mattermost), and the alerts one by one for programs;
mail gets the same lines. No server is needed: every run tells what it has found when it ends.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import requests

from extract.errors import NewsledgerError
from flows.settings import AlertSettings, Settings
from flows.status import LOW_DISK_BYTES, Status, failed_runs, read_status

TIMEOUT_S = 10.0
# Bytes that the note of what was told takes from the start.
ROOM = 4096
FAILED_TESTS = "BuildFailed"


class AlertError(NewsledgerError):
    """A channel did not take an alert; it is sent again next time."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that needs a person. ``key`` stays the same as long as it is the same thing; ``look`` shows more."""

    key: str
    what: str
    look: str


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to tell: its setting's name, and what sends new alerts and those that are over."""

    name: str
    send: Callable[[list[Alert], list[str]], None]


def find_alerts(status: Status) -> tuple[Alert, ...]:
    """Pick what needs a person: silent sources, drifts, failed runs and tests, a disk that fills up."""
    return (*_of_sources(status), *_of_runs(status), *_of_disk(status))


def _of_sources(status: Status) -> Iterator[Alert]:
    for source in status.sources:
        if source.is_failing:
            look = f"newsledger rejects -s {source.name}"
            yield Alert(f"stale:{source.name}", f"{source.name} has not answered for hours", look)
    failing = {source.name for source in status.sources if source.is_failing}
    for drift in status.drifts:
        # One that does not answer brings nothing, of course.
        if drift.source not in failing:
            key = f"drift:{drift.source}:{drift.of}"
            yield Alert(key, drift.what, f"newsledger rejects -s {drift.source}")


def _of_runs(status: Status) -> Iterator[Alert]:
    for run in failed_runs(status):
        detail = str(run["detail"])
        if detail.startswith(FAILED_TESTS):
            yield Alert("tests", f"data tests failed, the last good copy stays: {detail}", "newsledger build")
        else:
            what = f"the last {run['kind']} {run['state']}: {detail}"
            yield Alert(f"run:{run['kind']}:{run['state']}", what, "newsledger status")


def _of_disk(status: Status) -> Iterator[Alert]:
    if status.free_bytes < LOW_DISK_BYTES:
        yield Alert("disk", f"only {status.free_bytes / 1e9:.1f} GB are free on the disk", "newsledger status")


def channels(settings: AlertSettings) -> tuple[Channel, ...]:
    """Return the channels that the settings name."""
    return tuple(Channel(name, partial(SENDERS[name], getattr(settings, name), name)) for name in settings.channels)


def send_all(settings: Settings, tell: Callable[[str], None]) -> None:
    """Look what needs a person and tell every channel what has changed; one that fails is named and tried next time."""
    ways = channels(settings.alerts)
    if not ways:
        return
    # What was last published may be too old to report.
    status = read_status(settings, gaps=False, patience_s=settings.warehouse.lock_wait_s)
    alerts = find_alerts(status)
    for channel in ways:
        try:
            send_changes(alerts, channel, settings.state_dir)
        except AlertError as error:
            tell(str(error))


def send_changes(alerts: tuple[Alert, ...], channel: Channel, state_dir: Path) -> tuple[str, ...]:
    """Send the alerts that are new to this channel and name those that are over; return the keys of both.

    Nothing is sent when nothing has changed. Raises AlertError when the channel does not take it.
    """
    file = state_dir / f"alerts-{channel.name}.json"
    known = _told(file)
    new = list({alert.key: alert for alert in alerts if alert.key not in known}.values())
    now = {alert.key: known.get(alert.key, alert.what) for alert in alerts}
    over = [known[key] for key in known if key not in now]
    if not new and not over:
        return ()
    channel.send(new, over)
    _remember(file, now)
    return (*(alert.key for alert in new), *(key for key in known if key not in now))


def _told(file: Path) -> dict[str, str]:
    try:
        told: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return told


def _remember(file: Path, alerts: dict[str, str]) -> None:
    """Note what a channel was told; in the file's own place, since a disk that is full has no room for another."""
    text = json.dumps(alerts).ljust(ROOM).encode()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("r+b" if file.exists() else "wb") as open_file:
            open_file.write(text)
            open_file.truncate()
    except OSError as error:
        raise AlertError(
            f"Sent notifications cannot be recorded in {file}: {error}.", hint="The next run sends them again."
        ) from error


def _lines(new: list[Alert], over: list[str]) -> str:
    return "\n".join([*(f"{alert.what} ({alert.look})" for alert in new), *(f"over: {what}" for what in over)])


def _post(address: str, name: str, new: list[Alert], over: list[str]) -> None:
    text = "Newsledger: " + _lines(new, over)
    # A chat refuses keys that it does not know.
    message = {"text": text} | ({} if name == "slack" else {"alerts": [asdict(alert) for alert in new], "over": over})
    post_json(address, name, message)


def post_json(address: str, name: str, message: dict[str, Any], headers: dict[str, str] | None = None) -> None:
    """Send a message to the webhook of a channel. Raises AlertError when it does not take it."""
    try:
        requests.post(address, json=message, headers=headers, timeout=TIMEOUT_S).raise_for_status()
    except requests.RequestException as error:
        raise AlertError(
            f"The {name} of [alerts] did not accept the message: {type(error).__name__}.",
            hint=f"Check `{name}` in [alerts] of the settings; the message is sent again next time.",
        ) from None


def _mail(address: str, name: str, new: list[Alert], over: list[str]) -> None:
    subject = new[0].what if len(new) == 1 else f"{len(new)} alerts" if new else "over"
    send_mail(address, name, subject, _lines(new, over))


def send_mail(address: str, name: str, subject: str, body: str) -> None:
    """Send mail by a channel. Raises AlertError when it is not taken."""
    # Imported here: most runs have nothing to tell.
    from apprise import Apprise, NotifyFormat

    post = Apprise()
    if not post.add(address) or not post.notify(
        body=body, title=f"Newsledger: {subject}", body_format=NotifyFormat.TEXT
    ):
        raise AlertError(
            f"The {name} of [alerts] did not accept the message.",
            hint=f"Check `{name}` in [alerts] of the settings: mailto://USER:PASSWORD@HOST?from=...&to=...",
        )


# What sends to each channel of the settings: its address, its name, the new alerts, and what is over.
SENDERS: dict[str, Callable[[str, str, list[Alert], list[str]], None]] = {
    "webhook": _post,
    "slack": _post,
    "mail": _mail,
}
