"""Claims as files: every form holds the same rows, opens in its own tools, and says what its columns mean."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import rdflib
from rdflib.namespace import SDO

from exchange.forms import Form, dictionary_of, export, form_of
from exchange.selection import Selection
from load.config import WarehouseConfig
from load.errors import QueryError
from load.publish import export_parquet

FORMS: tuple[Form, ...] = ("csv", "jsonl", "parquet", "jsonld")


@pytest.fixture(scope="module")
def files(warehouse: WarehouseConfig, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("files")
    written = {form: folder / f"claims-{form}.{form}" for form in FORMS}
    for form, path in written.items():
        assert export(warehouse, Selection(), form, path) > 100
    return written


def ids(warehouse: WarehouseConfig, condition: str) -> set[str]:
    with duckdb.connect(str(warehouse.published), read_only=True) as con:
        return {row[0] for row in con.execute(f"select claim_id from claims where {condition}").fetchall()}


def exported(warehouse: WarehouseConfig, tmp_path: Path, **selection: Any) -> set[str]:
    path = tmp_path / "some.jsonl"
    export(warehouse, Selection(**selection), "jsonl", path)
    return {json.loads(line)["claim_id"] for line in path.read_text().splitlines()}


def test_every_form_holds_the_same_claims(warehouse: WarehouseConfig, files: dict[str, Path]):
    expected = ids(warehouse, "is_current")
    with files["csv"].open(newline="", encoding="utf-8") as opened:
        assert {row["claim_id"].lstrip("'") for row in csv.DictReader(opened)} == expected
    assert {json.loads(line)["claim_id"] for line in files["jsonl"].read_text().splitlines()} == expected
    assert set(pq.read_table(files["parquet"])["claim_id"].to_pylist()) == expected
    assert {node["identifier"] for node in json.loads(files["jsonld"].read_text())["@graph"]} == expected


def test_no_cell_of_the_csv_begins_a_formula(files: dict[str, Path]):
    with files["csv"].open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    numeric = {"low", "high", "si_low", "si_high", "change_from_low", "change_from_high"}
    cells = [cell for row in rows for name, cell in row.items() if name not in numeric]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))]
    assert "'=HYPERLINK(A1)" in cells, "the outlet that a spreadsheet would run is there, as text"


def test_linked_data_has_only_the_ends_that_the_words_give(files: dict[str, Path]):
    from exchange.linked import linked

    row = json.loads(files["jsonl"].read_text().split("\n")[0]) | {"low": 41, "high": 41}
    ends = {
        bound: {key for key in linked(row | {"bound": bound})["about"] if key in ("minValue", "maxValue")}
        for bound in ("exact", "at_least", "more_than", "at_most", "less_than")
    }
    assert ends["exact"] == {"minValue", "maxValue"}
    assert ends["at_least"] == ends["more_than"] == {"minValue"}
    assert ends["at_most"] == ends["less_than"] == {"maxValue"}


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_the_dictionary_describes_every_column_in_order(files: dict[str, Path], form: str):
    described = json.loads(dictionary_of(files[form]).read_text())
    fields = described["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == pq.read_schema(files["parquet"]).names
    assert all(field["description"] for field in fields)
    assert not [field["name"] for field in fields if field["type"] == "any"]


def test_the_csv_is_valid_by_its_data_package(files: dict[str, Path]):
    report = frictionless.validate(str(dictionary_of(files["csv"])))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_linked_data_has_terms_of_schema_org_alone_and_a_claim_each(warehouse: WarehouseConfig, files: dict[str, Path]):
    graph = rdflib.Graph().parse(files["jsonld"], format="json-ld")
    terms = {term for _, term, _ in graph if term != rdflib.RDF.type} | set(graph.objects(predicate=rdflib.RDF.type))
    assert {str(term) for term in terms if term not in SDO} == set()
    claims = set(graph.subjects(rdflib.RDF.type, SDO.Claim))
    assert len(claims) == len(ids(warehouse, "is_current"))
    for claim in claims:
        article = graph.value(claim, SDO.appearance)
        assert graph.value(article, rdflib.RDF.type) == SDO.NewsArticle
        assert graph.value(claim, SDO.text)
        assert graph.value(claim, SDO.author)


def test_linked_data_fits_the_documented_shape(files: dict[str, Path]):
    import jsonschema

    shape = json.loads((Path(__file__).parents[2] / "docs" / "claim.schema.json").read_text())
    document = json.loads(files["jsonld"].read_text())
    jsonschema.validate(document, shape, format_checker=jsonschema.FormatChecker())
    del document["@graph"][0]["appearance"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, shape)


def test_a_source_that_wants_no_name_is_given_none(files: dict[str, Path]):
    from exchange.linked import linked

    row = json.loads(files["jsonl"].read_text().splitlines()[0])
    said = {"said_by": "a senior official", "said_by_name": "a senior official", "said_by_kind": "anonymous"}
    assert linked(row | said | {"is_anonymous": True})["author"] == {
        "@type": "Person",
        "description": "a senior official",
    }


def test_selections_are_those_of_sql(warehouse: WarehouseConfig, tmp_path: Path):
    day = date(2024, 1, 3)
    assert exported(warehouse, tmp_path, published_from=day, published_to=day) == ids(
        warehouse, "is_current and news_date = '2024-01-03'"
    )
    assert exported(warehouse, tmp_path, speakers=("kovac maria",)) == ids(
        warehouse, "is_current and concat_ws(' ', said_by_name, said_by) ilike '%Maria Kovac%'"
    )
    assert exported(warehouse, tmp_path, places=("port ansel", "VELLIN")) == ids(
        warehouse, "is_current and regexp_matches(lower(concat_ws(' ', place_name, place)), 'port ansel|vellin')"
    )
    assert exported(warehouse, tmp_path, words=("buses",), all_versions=True) == ids(warehouse, "quote ilike '%buses%'")
    assert exported(warehouse, tmp_path, where="low > 500 -- large", anonymous=False) == ids(
        warehouse, "is_current and low > 500"
    )
    one = min(ids(warehouse, "is_current"))
    assert exported(warehouse, tmp_path, claim_ids=(one,)) == {one}


def test_a_condition_that_is_no_sql_is_the_users_mistake_and_leaves_no_file(warehouse: WarehouseConfig, tmp_path: Path):
    with pytest.raises(QueryError, match="lowest"):
        export(warehouse, Selection(where="lowest > 1"), "csv", tmp_path / "none.csv")
    assert list(tmp_path.iterdir()) == []


def test_the_form_follows_from_the_suffix():
    assert form_of(Path("a.parquet")) == "parquet"
    assert form_of(Path("a.ndjson")) == "jsonl"
    assert form_of(Path("a.txt"), "csv") == "csv"
    with pytest.raises(QueryError, match=r"a\.txt"):
        form_of(Path("a.txt"))


def test_a_selection_of_nothing_gives_files_without_rows(warehouse: WarehouseConfig, tmp_path: Path):
    for form in FORMS:
        assert export(warehouse, Selection(where="false"), form, tmp_path / f"none.{form}") == 0
    assert pq.read_table(tmp_path / "none.parquet").num_rows == 0
    assert len((tmp_path / "none.csv").read_text().splitlines()) == 1
    assert json.loads((tmp_path / "none.jsonld").read_text())["@graph"] == []


def test_the_published_parquet_has_its_dictionary(warehouse: WarehouseConfig, tmp_path: Path):
    with duckdb.connect(str(warehouse.published), read_only=True) as con:
        built_at = con.execute("select built_at from newsledger_build").fetchone()[0]
        folder = export_parquet(con, tmp_path / "parquet", built_at)
    described = json.loads((folder / "datapackage.json").read_text())
    for resource in described["resources"]:
        paths = [resource["path"]] if isinstance(resource["path"], str) else resource["path"]
        schema = pq.read_schema(folder / paths[0])
        assert [field["name"] for field in resource["schema"]["fields"]] == schema.names
        # A Data Package's array is JSON text, which a list in Parquet is not: frictionless refuses the column.
        lists = {field.name for field in schema if pa.types.is_list(field.type)}
        assert lists == {field["name"] for field in resource["schema"]["fields"] if field["type"] in ("any", "array")}
        assert "array" not in {field["type"] for field in resource["schema"]["fields"]}
    assert "claims" in {resource["name"] for resource in described["resources"]}
