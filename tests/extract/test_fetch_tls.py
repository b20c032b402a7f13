"""https is verified: wrong certificates and broken handshakes have an outcome, and never an answer."""

import pytest
import requests.adapters
import trustme
from tls_server import HOST, serving, tls_scenarios, write_authority

from extract.fetch import Fetcher, FetchPolicy
from extract.types import Source

POLICY = FetchPolicy(min_host_interval_s=0, backoff_base_s=0, transfer_deadline_s=1.5, read_timeout_s=1)
AUTHORITY = trustme.CA()
SCENARIOS = tls_scenarios(AUTHORITY)


@pytest.fixture
def fetcher(tmp_path, monkeypatch):
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(write_authority(AUTHORITY, tmp_path)))
    with Fetcher(POLICY, tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("name", SCENARIOS)
def test_tls(name, fetcher):
    serve, outcome = SCENARIOS[name]
    with serving(serve) as port:
        fetch = fetcher.fetch(f"https://{HOST}:{port}/", source=Source("tls", allow_private=True)).fetch
    assert fetch.outcome == outcome, fetch.detail
    assert fetch.detail or outcome == "ok"
    assert fetch.elapsed_ms <= (POLICY.transfer_deadline_s + 0.5) * 1000
