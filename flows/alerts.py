"""Alerts: what needs a person, told once to a webhook, and once more when it is over.

The message is JSON with a ``text`` for chats that take one (Slack, Mattermost), and the alerts one by one for programs.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import requests

from extract.errors import NewsledgerError
from flows.status import LOW_DISK_BYTES, Status

TIMEOUT_S = 10.0


class AlertError(NewsledgerError):
    """The webhook did not take an alert; it is sent again next time."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that needs a person. ``key`` stays the same as long as it is the same thing; ``look`` shows more."""

    key: str
    what: str
    look: str


def find_alerts(status: Status) -> tuple[Alert, ...]:
    """Pick what needs a person: sources that do not answer, a last run that failed, a disk that fills up."""
    found = [
        Alert(
            f"stale:{source.name}", f"{source.name} has not answered for hours", f"newsledger rejects -s {source.name}"
        )
        for source in status.sources
        if source.is_ill
    ]
    last = status.runs[0] if status.runs else None
    if last and last["state"] in ("failed", "crashed"):
        what = f"the last run ({last['kind']}) {last['state']}: {last['detail']}"
        found.append(Alert(f"run:{last['kind']}:{last['state']}", what, "newsledger status"))
    if status.free_bytes < LOW_DISK_BYTES:
        found.append(Alert("disk", f"only {status.free_bytes / 1e9:.1f} GB are free on the disk", "newsledger status"))
    return tuple(found)


def send_changes(alerts: tuple[Alert, ...], webhook: str, state_dir: Path) -> tuple[str, ...]:
    """Send the alerts that are new and name those that are over; return the keys of both.

    Nothing is sent when nothing has changed. Raises AlertError when the webhook does not take it.
    """
    file = state_dir / "alerts.json"
    known: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    new = [alert for alert in alerts if alert.key not in known]
    now = {alert.key: known.get(alert.key, alert.what) for alert in alerts}
    over = [known[key] for key in known if key not in now]
    if not new and not over:
        return ()
    _post(webhook, new, over)
    state_dir.mkdir(parents=True, exist_ok=True)
    temporary = file.with_suffix(".tmp")
    temporary.write_text(json.dumps(now), encoding="utf-8")
    temporary.replace(file)
    return (*(alert.key for alert in new), *(key for key in known if key not in now))


def _post(webhook: str, new: list[Alert], over: list[str]) -> None:
    lines = [f"{alert.what} ({alert.look})" for alert in new] + [f"over: {what}" for what in over]
    message = {"text": "Newsledger: " + "\n".join(lines), "alerts": [asdict(alert) for alert in new], "over": over}
    try:
        requests.post(webhook, json=message, timeout=TIMEOUT_S).raise_for_status()
    except requests.RequestException as error:
        raise AlertError(
            f"The webhook did not take the alert: {type(error).__name__}.",
            hint="Check `webhook` in [alerts] of the settings; the alert is sent again next time.",
        ) from None
