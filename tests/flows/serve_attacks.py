"""What others try on a running ``serve``: pages of other sites, programs of other users, whoever looks for its key."""

import re
import stat
import subprocess

import requests


def attack(served):
    """What a web page, a foreign name and a program of another user try on the server that runs shell commands."""
    flow = {"name": "theirs"}
    for path, body in (("/flows/", flow), ("/deployments/filter", {}), ("/automations/filter", {})):
        assert requests.post(served.api + path, json=body, timeout=20).status_code in (401, 403)
    for headers in (
        {"Origin": "http://evil.example", "Content-Type": "text/plain"},
        {"Origin": "null"},
        {"Host": f"evil.example:{served.port}"},
        {"Authorization": "Basic bmV3c2xlZGdlcjpndWVzcw=="},
    ):
        answer = requests.post(f"{served.api}/flows/", json=flow, headers=headers, timeout=20)
        assert answer.status_code in (401, 403, 421), headers
        assert "access-control-allow-origin" not in answer.headers
    for path in ("/events/in", "/events/out", "/logs/out", "/task_runs/subscriptions/scheduled"):
        assert websocket_status(served, path, "http://evil.example") == 403
        assert websocket_status(served, path, None) in (101, 403)
    page = requests.get(served.api.removesuffix("/api"), timeout=20)
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


def attack_with_the_key(served):
    """What a browser that has the key would do for another site, and what is sent without the CSRF token."""
    flow = {"name": "theirs"}
    with served.server.session() as session:
        foreign = {"Origin": "http://evil.example"}
        assert session.post(f"{served.api}/flows/", json=flow, headers=foreign, timeout=20).status_code == 403
        asked = foreign | {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
        assert session.options(f"{served.api}/flows/", headers=asked, timeout=20).status_code == 403
        del session.headers["Prefect-Csrf-Token"]
        assert session.post(f"{served.api}/flows/", json=flow, timeout=20).status_code == 403
    assert "theirs" not in {found["name"] for found in served.ask("/flows/filter", {})}


def ask_everything_without_the_key(served):
    """What a program of another user may ask that has a CSRF token: of all that Prefect answers, whether it is well."""
    token = served.server.session().headers
    headers = {name: str(token[name]) for name in ("Prefect-Csrf-Token", "Prefect-Csrf-Client")}
    known = requests.get(f"{served.api.removesuffix('/api')}/openapi.json", timeout=60).json()["paths"]
    answered = set()
    with requests.Session() as session:
        for path, methods in known.items():
            for method in methods:
                at = served.api + re.sub(r"{[^}]*}", "00000000-0000-4000-8000-000000000000", path.removeprefix("/api"))
                if session.request(method, at, json={}, headers=headers, timeout=60).status_code != 401:
                    answered.add(f"{method} {at.removeprefix(served.api)}")
    assert len(known) > 100
    assert answered <= {"get /health", "get /ready"}


def keep_the_key(served):
    """See that the key stands in no file that others may read, no log and no command line."""
    home = served.folder / "data" / "prefect"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert served.server.key not in (served.said() + "".join(log.read_text() for log in home.glob("*.log")))
    command_lines = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert served.server.key not in command_lines


def websocket_status(served, path, origin):
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        "Sec-WebSocket-Protocol": "prefect",
    }
    given = headers | ({"Origin": origin} if origin else {})
    with requests.get(served.api + path, headers=given, timeout=20, stream=True) as answer:
        return answer.status_code
