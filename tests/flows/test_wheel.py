"""The wheel, installed outside the checkout, beside a user's files that have the names of our packages."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

PROJECT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "build", "dist", "data", "demo"
)


def is_here(python: str) -> bool:
    """Tell whether this Python runs: a version manager may have the name of one that it has not installed."""
    return (
        bool(shutil.which(python)) and subprocess.run([python, "-V"], capture_output=True, check=False).returncode == 0
    )


# It installs the wheel into new environments, which takes minutes and a package index: a run of its own.
pytestmark = pytest.mark.skipif(
    not os.environ.get("TEST_WHEEL"), reason="set TEST_WHEEL=1 to install the wheel and try it"
)
PYTHONS = [name for name in ("python3.11", "python3.12", "python3.13") if is_here(name)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = shutil.copytree(PROJECT, folder / "source", ignore=LEFT_OUT)
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", folder, source]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def newsledger(wheel, tmp_path_factory) -> Path:
    """The installed command. Its dependencies are those of the tests, which are not installed again."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel]
    subprocess.run(command, check=True, capture_output=True)
    where = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    packages = subprocess.run([python, "-c", where], check=True, capture_output=True, text=True).stdout.strip()
    (Path(packages) / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"])
    return folder / "bin" / "newsledger"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A user's folder, in which every name of our packages is taken by a file that must not be imported."""
    folder = tmp_path_factory.mktemp("user")
    for name in ("extract", "sql", "sample"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text("raise SystemExit('the file of the user was imported')")
    gone = '[[sources]]\nname = "gone"\nfeeds = ["http://127.0.0.1:9/rss"]\nallow_private = true\n'
    (folder / "newsledger.toml").write_text(gone)
    for name in ("load", "flows", "report", "json"):
        (folder / f"{name}.py").write_text("raise SystemExit('the file of the user was imported')")
    return folder


def run(folder: Path, *command: object, **environment: str) -> subprocess.CompletedProcess[str]:
    cleaned = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PREFECT_API_URL", "NEWSLEDGER_CONFIG")}
    words = [str(word) for word in command]
    return subprocess.run(
        words, cwd=folder, env=cleaned | environment, capture_output=True, text=True, check=False, timeout=900
    )


def test_the_wheel_brings_licence_types_and_data(wheel):
    names = ZipFile(wheel).namelist()
    for name in ("flows/prefect.yaml", "flows/constraints.txt", "load/fields.toml", "sql/dbt_project.yml"):
        assert name in names
    for package in ("newsledger", "extract", "load", "flows", "report", "sample"):
        assert f"{package}/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]
    metadata = next(ZipFile(wheel).read(name).decode() for name in names if name.endswith(".dist-info/METADATA"))
    assert "License-Expression: Apache-2.0" in metadata


def test_the_public_calls_work_beside_files_of_the_same_names(newsledger, folder):
    code = (
        "import newsledger as n\n"
        "page = '<html lang=en><article><h1>Quake</h1>' + '<p>Police said 12 died in Osto.</p>' * 9\n"
        "article = n.extract_article(page.encode(), url='https://example.org/a')\n"
        "print(n.__version__, article.outcome, len(n.read_rows(article.text, language='en').quantities))"
    )
    (folder / "script.py").write_text(code)
    (folder / "json.py").rename(folder / "json.off")  # the standard library's own names are the user's affair
    try:
        done = run(folder, newsledger.with_name("python"), "script.py")
    finally:
        (folder / "json.off").rename(folder / "json.py")
    assert done.returncode == 0, done.stderr
    version, outcome, quantities = done.stdout.split()
    assert (version, outcome) == ("0.1.0", "ok")
    assert int(quantities) >= 9


@pytest.mark.slow
def test_demo_and_ingest_run_beside_files_of_the_same_names(newsledger, folder):
    done = run(folder, newsledger, "demo", "demo")
    assert done.returncode == 0, done.stdout + done.stderr
    asked = run(folder, newsledger, "query", "-c", "demo/newsledger.toml", "select count(*) as n from claims", "--json")
    assert '"n": ' in asked.stdout, asked.stderr
    # Its only feed fails; that an ingest says so needs all that an ingest needs.
    again = run(folder, newsledger, "ingest")
    assert again.returncode == 1, again.stderr
    assert "1 failed" in again.stdout


@pytest.mark.slow
@pytest.mark.server
def test_serve_and_deploy_run_beside_files_of_the_same_names(newsledger, folder):
    from test_serve import Served, free_port

    class Installed(Served):
        program = (str(newsledger),)

    served = Installed(folder, free_port())
    try:
        built = served.run("maintain")
        deployed = run(folder, newsledger, "deploy", PREFECT_API_URL=served.api)
    finally:
        served.stop(signal.SIGTERM)
    assert built["state_type"] == "COMPLETED", built["state"]
    assert "deployed ingest" in deployed.stdout, deployed.stderr


@pytest.mark.slow
@pytest.mark.parametrize("python", PYTHONS)
def test_every_python_that_is_here_compiles_the_wheel(wheel, tmp_path, python):
    ZipFile(wheel).extractall(tmp_path)
    assert run(tmp_path, python, "-m", "compileall", "-q", tmp_path).returncode == 0
