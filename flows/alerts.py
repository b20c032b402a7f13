"""Alerts: what a person must look at. Each channel is notified once when it begins and once when it ends.

A webhook receives JSON: a ``text`` for chats (Slack, Mattermost) and a list of the alerts for programs. Mail has the
same lines. No server is needed: each run sends its alerts when it ends.
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
# Bytes that a channel's state file takes from the start, so that it can be rewritten on a full disk.
ROOM = 4096
FAILED_TESTS = "BuildFailed"


class AlertError(NewsledgerError):
    """A channel did not accept an alert; the next run sends it again."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One problem that needs a person.

    ``key`` identifies the problem and stays the same while it lasts; ``what`` is its text; ``look`` is a command that
    shows more.
    """

    key: str
    what: str
    look: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to notify people: the name of its setting, and a function that sends new alerts and those that are over."""

    name: str
    send: Callable[[list[Alert], list[str]], None]


def find_alerts(status: Status) -> tuple[Alert, ...]:
    """Return what needs a person: silent sources, drifts, failed runs and tests, low disk space."""
    return (*_of_sources(status), *_of_runs(status), *_of_disk(status))


def _of_sources(status: Status) -> Iterator[Alert]:
    for source in status.sources:
        if source.is_failing:
            look = f"newsledger rejects -s {source.name}"
            yield Alert(f"stale:{source.name}", f"{source.name} has not answered for hours", look)
    failing = {source.name for source in status.sources if source.is_failing}
    for drift in status.drifts:
        # A source that does not answer brings no articles anyway; it has an alert already.
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
    """Return the channels that the settings configure."""
    return tuple(Channel(name, partial(SENDERS[name], getattr(settings, name), name)) for name in settings.channels)


def send_all(settings: Settings, tell: Callable[[str], None]) -> None:
    """Find alerts and send what has changed to every channel.

    A channel that fails is reported through ``tell`` and gets the message from the next run.
    """
    ways = channels(settings.alerts)
    if not ways:
        return
    # Wait for the ledger: the published copy may be too old to report from.
    status = read_status(settings, gaps=False, patience_s=settings.warehouse.lock_wait_s)
    alerts = find_alerts(status)
    for channel in ways:
        try:
            send_changes(alerts, channel, settings.state_dir)
        except AlertError as error:
            tell(str(error))


def send_changes(alerts: tuple[Alert, ...], channel: Channel, state_dir: Path) -> tuple[str, ...]:
    """Send this channel the alerts that are new and those that are over; return the keys of both.

    Sends nothing when nothing has changed. Raises AlertError when the channel does not accept the message.
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
    """Record what a channel was sent, by overwriting the file in place: a full disk has no room for a second one."""
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
    # Chats reject JSON keys that they do not know.
    message = {"text": text} | ({} if name == "slack" else {"alerts": [asdict(alert) for alert in new], "over": over})
    post_json(address, name, message)


def post_json(address: str, name: str, message: dict[str, Any], headers: dict[str, str] | None = None) -> None:
    """Post a message to the webhook of a channel. Raises AlertError when the webhook does not accept it."""
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
    """Send a message by mail. Raises AlertError when the mail server does not accept it."""
    # Imported here: most runs send nothing.
    from apprise import Apprise, NotifyFormat

    post = Apprise()
    if not post.add(address) or not post.notify(
        body=body, title=f"Newsledger: {subject}", body_format=NotifyFormat.TEXT
    ):
        raise AlertError(
            f"The {name} of [alerts] did not accept the message.",
            hint=f"Check `{name}` in [alerts] of the settings: mailto://USER:PASSWORD@HOST?from=...&to=...",
        )


# The function that sends to each channel: it takes the address, its name, the new alerts and those that are over.
SENDERS: dict[str, Callable[[str, str, list[Alert], list[str]], None]] = {
    "webhook": _post,
    "slack": _post,
    "mail": _mail,
}
