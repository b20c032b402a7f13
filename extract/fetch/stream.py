"""Stream large files of a data host from any byte offset, resuming after a broken connection.

For archives that the user names and that are meant for bulk download; pages are fetched by ``Fetcher``.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from extract.errors import NewsledgerError
from extract.fetch.explain import explain
from extract.fetch.policy import FetchPolicy

CHUNK_BYTES = 1 << 18
OK, PARTIAL, BEYOND_END = 200, 206, 416


class StreamError(NewsledgerError):
    """A file cannot be read from its host."""


class RemoteFile(io.RawIOBase):
    """A readable stream of a URL from byte ``start``.

    A broken connection is reopened at its position, up to ``policy.max_attempts`` times in a row without a byte in
    between; then StreamError is raised. ``position`` is the offset of the next byte.
    """

    def __init__(
        self, url: str, policy: FetchPolicy, start: int = 0, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        super().__init__()
        self.url = url
        self.position = start
        self._policy = policy
        self._sleep = sleep
        self._response: requests.Response | None = None
        self._failures = 0
        self._is_at_end = False

    def readable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return the offset of the next byte."""
        return self.position

    def readinto(self, buffer: Any) -> int:
        """Read bytes into a buffer; 0 at the end of the file."""
        while not self._is_at_end:
            try:
                data = self._open().raw.read(min(len(buffer), CHUNK_BYTES))
            except (requests.RequestException, HTTPError, OSError) as error:
                self._fail(error)
                continue
            if data:
                self._failures = 0
                buffer[: len(data)] = data
                self.position += len(data)
                return len(data)
            self._is_at_end = True
        return 0

    def close(self) -> None:
        """Close the connection."""
        if self._response is not None:
            self._response.close()
            self._response = None
        super().close()

    def _open(self) -> requests.Response:
        if self._response is None:
            ranged = {"Range": f"bytes={self.position}-"} if self.position else {}
            response = ask("GET", self.url, self._policy, **ranged)
            if response.status_code == BEYOND_END:
                self._is_at_end = True
            elif response.status_code != (PARTIAL if self.position else OK):
                response.close()
                raise _refused(self.url, response.status_code)
            response.raw.enforce_content_length = True
            self._response = response
        return self._response

    def _fail(self, error: Exception) -> None:
        if self._response is not None:
            self._response.close()
            self._response = None
        self._failures += 1
        if self._failures >= self._policy.max_attempts:
            where = f"breaks off at byte {self.position}" if self.position else "cannot be read"
            raise StreamError(
                f"{self.url} {where}: {explain(error).detail.rstrip('.')}.",
                hint="Run it again: it resumes from there." if self.position else "Check the network and the address.",
            ) from None
        self._sleep(self._policy.backoff_base_s * 2 ** (self._failures - 1))


def ask(method: str, url: str, policy: FetchPolicy, **headers: str) -> requests.Response:
    """Send one request and return the response before its body is read. Raises requests' exceptions."""
    timeout = (policy.connect_timeout_s, policy.read_timeout_s)
    sent = {"User-Agent": policy.user_agent, "Accept-Encoding": "identity", **headers}
    return requests.request(method, url, headers=sent, timeout=timeout, stream=True)


def read_small(url: str, policy: FetchPolicy) -> bytes:
    """Read a small file completely. Raises StreamError when its host does not return it or it is too large."""
    with RemoteFile(url, policy) as stream:
        data = io.BufferedReader(stream).read(policy.max_announcement_bytes + 1)
    if len(data) > policy.max_announcement_bytes:
        raise StreamError(f"{url} is larger than {policy.max_announcement_bytes} bytes.")
    return data


def size_of(url: str, policy: FetchPolicy) -> int:
    """Return the size of a file in bytes. Raises StreamError when its host does not state it."""
    try:
        with ask("HEAD", url, policy) as response:
            if response.status_code != OK:
                raise _refused(url, response.status_code)
            return int(response.headers.get("Content-Length", ""))
    except (requests.RequestException, ValueError) as error:
        raise StreamError(f"{url} does not say how large it is: {error}.") from None


def _refused(url: str, status: int) -> StreamError:
    return StreamError(f"{url} answers with status {status}.", hint="Check the address: base URL, month and path.")
