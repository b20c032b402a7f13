"""The parts that all kinds of pages share: the connection, the site, the templates, and which pages are stale."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from jinja2 import Environment

from load.connection import Connection
from report.pages import as_json, environment
from report.site import Site

# Number of pages whose rows are read together: limits memory, and keeps the number of queries small.
TOGETHER = 500


@dataclass(slots=True)
class Press:
    """Writes pages from templates; ``design`` is a digest of the inputs that all pages share."""

    con: Connection
    site: Site
    design: str
    env: Environment = field(default_factory=environment)

    def page(self, path: str, template: str, made_of: str = "", **values: Any) -> None:
        """Write a page; its template gets ``root``, the relative path to the front page."""
        root = "../" * path.count("/")
        self.site.write(path, self.env.get_template(template).render(root=root, **values), made_of)

    def key(self, made_of: Any = "") -> str:
        """Return a digest of the design and a file's own inputs."""
        return sha256(as_json([self.design, made_of]).encode()).hexdigest()[:16]

    def asset(self, path: str, made_of: str, make: Callable[[], str | bytes]) -> None:
        """Write a file that is slow to generate, unless it already exists with the same inputs."""
        if not self.site.keep(path, made_of):
            self.site.write(path, make(), made_of)

    def stale(self, paths: Mapping[str, tuple[str, ...]], inputs: Mapping[str, str]) -> Iterator[list[str]]:
        """Yield batches of keys of pages that have to be rewritten; ``paths`` are the files of each key."""
        stale = []
        for key, made_of in sorted(inputs.items()):
            kept = [self.site.keep(path, self.key(made_of)) for path in paths[key]]
            if not all(kept):
                stale.append(key)
        return (stale[i : i + TOGETHER] for i in range(0, len(stale), TOGETHER))
