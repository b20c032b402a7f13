"""The commands of ``newsledger sample``."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli.app import Group

sample_app = typer.Typer(
    cls=Group, help="The sample newsroom: eight small outlets on this machine.", no_args_is_help=True
)


@sample_app.command("serve")
def sample_serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="First port; each outlet has its own.")] = 8800,
    articles: Annotated[int, typer.Option(help="Generated articles in addition to the hand-written ones.")] = 0,
    seed: Annotated[int, typer.Option(help="Seed of the generator.")] = 0,
) -> None:
    """Run the sample newsroom's outlets on this machine until Ctrl-C."""
    from sample.content import load_articles
    from sample.generator import generate_articles
    from sample.server import run_forever

    run_forever(host, port, (*load_articles(), *generate_articles(articles, seed=seed)))
