"""A real Prefect server tells a real receiver that a run has crashed, by what ``deploy`` has put there."""

import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from test_alerts import receiver  # noqa: F401  # a fixture
from test_serve import serving, wait_until

from flows.automations import put_automations
from flows.server import Server
from flows.settings import AlertSettings

pytestmark = [pytest.mark.server, pytest.mark.slow]


def test_the_server_tells_of_a_run_that_crashed(tmp_path, receiver):  # noqa: F811
    settings = (
        'data_dir = "data"\n[alerts]\nwebhook = "{url}"\n[[sources]]\nname = "c"\nfeeds = ["http://c.invalid/r"]\n'
    )
    (tmp_path / "newsledger.toml").write_text(settings.format(url=receiver.url))
    with serving(tmp_path) as served:
        names = [one["name"] for one in served.ask("/automations/filter", {})]
        assert sorted(names) == ["newsledger-alert-webhook", "newsledger-lost-runs"]
        run = {"flow_id": served.deployments()["ingest"]["flow_id"], "tags": ["newsledger"], "name": "ingest by night"}
        run_id = served.ask("/flow_runs/", run)["id"]
        crashed = {"state": {"type": "CRASHED", "name": "Crashed", "message": "Its process is gone."}, "force": True}
        served.ask(f"/flow_runs/{run_id}/set_state", crashed)
        wait_until(lambda: receiver.received, what="the message")
    (message,) = receiver.received
    assert "ingest by night is Crashed: Its process is gone." in message["text"]


class Heart:
    """Beats and then is silent for long enough, again and again: a busy server may lose an event, as of any run."""

    SILENCE_S = 45.0

    def __init__(self, server: Server, run_id: str) -> None:
        self.server, self.run_id, self.last = server, run_id, float("-inf")

    def beats_now_and_then(self) -> None:
        if time.monotonic() - self.last < self.SILENCE_S:
            return
        self.last = time.monotonic()
        heartbeat = {
            "id": str(uuid4()),
            "occurred": datetime.now(UTC).isoformat(),
            "event": "prefect.flow-run.heartbeat",
            "resource": {"prefect.resource.id": f"prefect.flow-run.{self.run_id}"},
            "related": [{"prefect.resource.id": "prefect.tag.newsledger", "prefect.resource.role": "tag"}],
            "payload": {},
        }
        self.server.session().post(f"{self.server}/events", json=[heartbeat], timeout=20).raise_for_status()


def test_the_server_calls_a_run_crashed_whose_heartbeats_end(tmp_path):
    (tmp_path / "newsledger.toml").write_text(
        'data_dir = "data"\n[[sources]]\nname = "c"\nfeeds = ["http://c.invalid/r"]\n'
    )
    with serving(tmp_path) as served:
        with served.server.in_use():
            put_automations(AlertSettings(), lost_after=timedelta(seconds=10))
        run = {"flow_id": served.deployments()["ingest"]["flow_id"], "tags": ["newsledger"], "name": "far away"}
        run_id = served.ask("/flow_runs/", run)["id"]
        served.ask(f"/flow_runs/{run_id}/set_state", {"state": {"type": "RUNNING", "name": "Running"}, "force": True})
        heart = Heart(served.server, run_id)
        ended = wait_until(lambda: heart.beats_now_and_then() or served.ended(run_id), what="the end of the silent run")
    assert ended["state_type"] == "CRASHED"
    assert "No heartbeat" in ended["state"]["message"]
