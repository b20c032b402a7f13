"""Find the Prefect server that a command works with, and the key for it."""

from __future__ import annotations

import base64
import json
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from extract.errors import SettingsError

if TYPE_CHECKING:
    import requests

# Environment for Prefect: no usage statistics, no advertising, no prompts.
QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    # For every Python subprocess: the working folder is the user's and may have a `load.py` or an `sql/`.
    "PYTHONSAFEPATH": "1",
    # Otherwise pydantic searches the metadata of all installed packages for plugins, a tenth of a second per start.
    "PYDANTIC_DISABLE_PLUGINS": "__all__",
}
SERVE_FILE = "serve.json"
KEY_FILE = "api.key"
PROBE_TIMEOUT_S = 2.0
ANSWER_TIMEOUT_S = 10.0
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Server:
    """A Prefect API: its URL, and its key (``user:password``) if it requires one."""

    api_url: str
    key: str | None = field(default=None, repr=False)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Make Prefect's clients use this server within the block."""
        from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings

        # Without a key of this program, the user's own configuration for the server stays in effect.
        key = {PREFECT_API_AUTH_STRING: self.key} if self.key else {}
        with temporary_settings({PREFECT_API_URL: self.api_url, **key}):
            yield

    def environment(self) -> dict[str, str]:
        """Return the environment variables that make a Prefect process use this server."""
        return {"PREFECT_API_URL": self.api_url, **({"PREFECT_API_AUTH_STRING": self.key} if self.key else {})}

    def session(self) -> requests.Session:
        """Open an HTTP session with the key, and with a CSRF token where the server requires one.

        Raises requests.RequestException when the server does not answer.
        """
        import requests

        session = requests.Session()
        if self.key:
            session.headers["Authorization"] = f"Basic {base64.b64encode(self.key.encode()).decode()}"
        client = str(uuid4())
        answer = session.get(f"{self.api_url}/csrf-token", params={"client": client}, timeout=ANSWER_TIMEOUT_S)
        if answer.ok:
            session.headers.update({"Prefect-Csrf-Token": answer.json()["token"], "Prefect-Csrf-Client": client})
        return session

    def ask(self, session: requests.Session, path: str, question: dict[str, Any]) -> list[dict[str, Any]]:
        """Request a list of records. Raises requests.RequestException when the server does not answer."""
        answer = session.post(f"{self.api_url}{path}", json=question, timeout=ANSWER_TIMEOUT_S)
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()
        return found

    def __str__(self) -> str:
        return self.api_url


def worker_environment(settings_file: Path | None, server: Server) -> dict[str, str]:
    """Return the environment of a Prefect subprocess, in which ``python`` is this interpreter."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))
    return {**os.environ, **QUIET, "PATH": path, **server.environment(), "NEWSLEDGER_CONFIG": str(settings_file)}


def find_server(data_dir: Path) -> Server | None:
    """Return the Prefect server that answers, or None.

    The user's own server or Cloud (``PREFECT_API_URL`` or the active profile) comes first, then the one that
    ``newsledger serve`` runs for this data folder.
    """
    configured, served = _configured_server(), _served_here(data_dir)
    if configured and not configured.key:
        configured = server_at(configured.api_url, data_dir)
    for server in (configured, served):
        if server and answers(server.api_url):
            return server
    return None


def server_at(api_url: str, data_dir: Path) -> Server:
    """Return the server at a URL, with the key from the environment or from this data folder's ``serve``."""
    served = _served_here(data_dir)
    is_served_here = served is not None and served.api_url == api_url
    return served if served and is_served_here else Server(api_url, os.environ.get("PREFECT_API_AUTH_STRING"))


def answers(api_url: str) -> bool:
    """Return whether the Prefect API at this URL is healthy."""
    # Imported here: it takes a good part of the time of `--help`.
    import requests

    try:
        return requests.get(f"{api_url}/health", timeout=PROBE_TIMEOUT_S).ok
    except requests.RequestException:
        return False


def private_home(data_dir: Path) -> Path:
    """Return the folder of Prefect's own files; create it so that no other user of the machine can read it."""
    home = data_dir / "prefect"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Older versions created it readable; it protects runs, logs and the channels of alerts.
    home.chmod(0o700)
    return home


def own_key(data_dir: Path) -> str:
    """Return the key of this data folder's server; create one when there is none yet.

    Raises SettingsError when other users can read the file, since they may know the key then.
    """
    file = private_home(data_dir) / KEY_FILE
    if os.path.lexists(file):
        return _read_key(file)
    key = f"newsledger:{secrets.token_urlsafe(KEY_BYTES)}"
    # Written under a temporary name first: a process killed in between must not leave an empty key file.
    draft = file.with_name(f".{KEY_FILE}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as opened:
        opened.write(key)
        opened.flush()
        os.fsync(handle)
    draft.replace(file)
    return key


def _read_key(file: Path) -> str:
    found = file.lstat()
    if not stat.S_ISREG(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise SettingsError(
            f"{file} can be read by others, or is another user's, so it is not a secret.",
            hint="Remove it: the next `newsledger serve` creates a new key.",
        )
    key = file.read_text(encoding="ascii").strip()
    if len(key) < KEY_BYTES:
        raise SettingsError(
            f"{file} contains no key.", hint="Remove it: the next `newsledger serve` creates a new one."
        )
    return key


def _configured_server() -> Server | None:
    if os.environ.get("PREFECT_API_URL"):
        return Server(os.environ["PREFECT_API_URL"], os.environ.get("PREFECT_API_AUTH_STRING"))
    profiles = Path(os.environ.get("PREFECT_HOME", Path.home() / ".prefect")) / "profiles.toml"
    if not profiles.exists():
        return None
    from prefect.settings import get_current_settings

    api = get_current_settings().api
    return Server(api.url, api.auth_string.get_secret_value() if api.auth_string else None) if api.url else None


def _served_here(data_dir: Path) -> Server | None:
    """Return the server that ``serve`` recorded, if it is alive: another program on its port must not get its key."""
    try:
        said = json.loads((data_dir / SERVE_FILE).read_text(encoding="utf-8"))
        os.kill(int(said["pid"]), 0)
        return Server(str(said["api_url"]), _read_key(data_dir / "prefect" / KEY_FILE))
    except (OSError, ValueError, KeyError, TypeError, SettingsError):
        return None
