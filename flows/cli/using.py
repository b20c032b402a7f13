"""``search``, ``evidence``, ``export`` and ``mcp``: find claims and pass them on to people and programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.cli.app import ASK, app
from flows.cli.options import ConfigOption, FromOption, JsonOption, SourceOption, ToOption, check_interval, leave_by


@app.command(rich_help_panel=ASK)
def search(
    words: Annotated[list[str], typer.Argument(help='Words that must all occur; "two words" is a phrase.')],
    kind: Annotated[Literal["quote", "article"] | None, typer.Option(help="Only quotes, or only articles.")] = None,
    published_from: FromOption = None,
    published_to: ToOption = None,
    source: SourceOption = None,
    limit: Annotated[int, typer.Option(min=1, help="Maximum number of results.")] = 20,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Find articles and quotes by their words, best first.

    ferr* finds every word with that beginning, -fishing excludes a word; words are found in all their forms.

    Examples:

      newsledger search "ferry dead" --kind quote

      newsledger search '"on condition of anonymity"' --from 2024-11-01 --json
    """
    from flows.commands.hand_on import run_search
    from flows.settings import load_settings

    first, last = check_interval(published_from, published_to)
    leave_by(
        run_search(
            load_settings(config),
            " ".join(words),
            kind=kind,
            published_from=first,
            published_to=last,
            sources=source or [],
            limit=limit,
            as_json=json,
        )
    )


@app.command(rich_help_panel=ASK)
def evidence(
    claim_id: Annotated[str, typer.Argument(help="The claim's id, or its first characters.")],
    out: Annotated[
        Path | None, typer.Option(help="Write it to this folder, or to one HTML file that contains everything.")
    ] = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Show what a claim rests on: the quote in its text, the article's versions, the archived page.

    With --out you can send it to anyone: the file needs neither this program nor the network, and says how to
    verify it.

    Examples:

      newsledger evidence 3f9ac21b77d0

      newsledger evidence 3f9ac21b77d0 --out evidence.html
    """
    from flows.commands.hand_on import run_evidence
    from flows.settings import load_settings

    leave_by(run_evidence(load_settings(config), claim_id, out, as_json=json))


@app.command(rich_help_panel=ASK)
def export(
    out: Annotated[Path | None, typer.Argument(help="File to write.", show_default="standard output")] = None,
    output_format: Annotated[
        Literal["csv", "jsonl", "parquet", "jsonld"] | None,
        typer.Option("--format", "-f", help="Format of the file.", show_default="by the file's suffix, else csv"),
    ] = None,
    published_from: FromOption = None,
    published_to: ToOption = None,
    source: SourceOption = None,
    measure: Annotated[
        list[str] | None, typer.Option(help="Measures with these words in their name; may be repeated.")
    ] = None,
    speaker: Annotated[list[str] | None, typer.Option(help="Speakers with these words in their name.")] = None,
    place: Annotated[list[str] | None, typer.Option(help="Places with these words in their name.")] = None,
    words: Annotated[list[str] | None, typer.Option(help="Quotes with these words.")] = None,
    claim: Annotated[list[str] | None, typer.Option(help="This claim, by its id.")] = None,
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Only claims by unnamed sources.")] = False,
    all_versions: Annotated[
        bool, typer.Option("--all-versions", help="Also claims of versions that an article no longer shows.")
    ] = False,
    where: Annotated[str | None, typer.Option(help="Any condition on the columns of claims, in SQL.")] = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Write claims with their evidence as CSV, JSON Lines, Parquet or linked data (JSON-LD, schema.org Claim).

    A data dictionary next to the file says what each column means. docs/exchange.md has the formats, and recipes
    for Datasette, Evidence, Metabase, Jupyter and others.

    Examples:

      newsledger export claims.parquet

      newsledger export deaths.csv --measure "deaths, Port Ansel" --from 2024-11-15

      newsledger export --format jsonl --anonymous --where "low > 1000"
    """
    from exchange.selection import Selection
    from flows.commands.hand_on import run_export
    from flows.settings import load_settings

    first, last = check_interval(published_from, published_to)
    settings = load_settings(config)
    selection = Selection(
        published_from=first,
        published_to=last,
        sources=tuple(s.name for s in settings.pick_sources(source)) if source else (),
        measures=tuple(measure or ()),
        speakers=tuple(speaker or ()),
        places=tuple(place or ()),
        words=tuple(words or ()),
        claim_ids=tuple(claim or ()),
        anonymous=anonymous,
        all_versions=all_versions,
        where=where,
    )
    leave_by(run_export(settings, selection, out, form=output_format, as_json=json))


@app.command(rich_help_panel=ASK)
def mcp(
    http: Annotated[bool, typer.Option("--http", help="Answer over HTTP, not standard input and output.")] = False,
    host: Annotated[str, typer.Option(help="Address to listen on, with --http.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on, with --http.")] = 8765,
    config: ConfigOption = None,
) -> None:
    """Let an assistant query the published warehouse: a read-only server of the Model Context Protocol.

    The assistant's program starts it by itself; the README has the lines for its settings.

    Examples:

      newsledger mcp --config /srv/news/newsledger.toml

      newsledger mcp --http --port 8765            (then http://127.0.0.1:8765/mcp)
    """
    from flows.commands.mcp import serve_assistants
    from flows.settings import load_settings

    serve_assistants(load_settings(config), http=http, host=host, port=port)
