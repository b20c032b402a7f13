"""The command line. Every command is thin: it reads the settings, calls a flow or a query, and prints.

The exit codes are those of ``flows.cli.exits``. A new command goes into the module of its section of
``newsledger --help``, or of its group (``newsledger rules``), does its imports inside its function, and prints by way
of ``flows.console``.
"""

# ruff: noqa: I001 -- the sections of `newsledger --help` come in the order in which their commands register.
import sys

from flows.cli import starting, running, asking, using, operating  # noqa: F401
from flows.cli.app import app, narrowed
from flows.cli.archive import archive_app
from flows.cli.exits import run
from flows.cli.rules import rules_app
from flows.cli.sample import sample_app
from flows.cli.sources import sources_app
from flows.cli.warehouse import warehouse_app
from flows.cli.watching import watch_app

__all__ = ["app", "main"]

app.add_typer(sources_app, name="sources", rich_help_panel="Start")
app.add_typer(watch_app, name="watch", rich_help_panel="Ask")
app.add_typer(rules_app, name="rules", rich_help_panel="Collect")
app.add_typer(archive_app, name="archive", rich_help_panel="Operate")
app.add_typer(warehouse_app, name="warehouse", rich_help_panel="Operate")
app.add_typer(sample_app, name="sample", rich_help_panel="Start")


def main() -> None:
    """Run the command line and leave with its exit code."""
    run(narrowed(sys.argv[1:]))
