"""A real Prefect server tells a real receiver that a run has crashed, by what ``deploy`` has put there."""

import pytest
from test_alerts import receiver  # noqa: F401  # a fixture
from test_serve import serving, wait_until

pytestmark = [pytest.mark.server, pytest.mark.slow]


def test_the_server_tells_of_a_run_that_crashed(tmp_path, receiver):  # noqa: F811
    settings = (
        'data_dir = "data"\n[alerts]\nwebhook = "{url}"\n[[sources]]\nname = "c"\nfeeds = ["http://c.invalid/r"]\n'
    )
    (tmp_path / "newsledger.toml").write_text(settings.format(url=receiver.url))
    with serving(tmp_path) as served:
        names = [one["name"] for one in served.ask("/automations/filter", {})]
        assert names == ["newsledger-alert-webhook"]
        run = {"flow_id": served.deployments()["ingest"]["flow_id"], "tags": ["newsledger"], "name": "ingest by night"}
        run_id = served.ask("/flow_runs/", run)["id"]
        crashed = {"state": {"type": "CRASHED", "name": "Crashed", "message": "Its process is gone."}, "force": True}
        served.ask(f"/flow_runs/{run_id}/set_state", crashed)
        wait_until(lambda: receiver.received, what="the message")
    (message,) = receiver.received
    assert "ingest by night is Crashed: Its process is gone." in message["text"]
