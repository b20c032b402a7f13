"""Telling a living process of ours from a dead one and from a stranger with its number; reading ``prefect.yaml``."""

import os
import subprocess
import sys

import pytest

from extract.errors import SettingsError
from flows.declared import prefect_file, read_declared
from flows.deploy import _is_wanted, _with_settings
from flows.pipeline import ingest
from flows.reconcile import _process_lives
from flows.settings import load_settings


def test_a_process_that_has_ended_does_not_live():
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert not _process_lives(str(gone.pid))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell a process's command so")
def test_a_stranger_with_the_same_number_is_not_ours():
    stranger = subprocess.Popen(["sleep", "30"])
    program = "import time; print(flush=True); time.sleep(30)  # newsledger"
    ours = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    try:
        ours.stdout.readline()
        assert not _process_lives(str(stranger.pid))
        assert _process_lives(str(ours.pid))
    finally:
        for process in (stranger, ours):
            process.kill()
            process.wait()


def test_what_another_machine_runs_is_left_alone():
    assert _process_lives(f"another-machine.invalid:{os.getpid()}")


@pytest.mark.parametrize("written", [None, "", "not a number"])
def test_a_run_without_a_process_does_not_live(written):
    assert not _process_lives(written)


def test_the_projects_file_schedules_ingest_and_maintain_alone():
    declared = {one.name: one for one in read_declared(prefect_file())}
    assert {name for name, one in declared.items() if one.schedules} == {"ingest", "maintain"}
    assert all("newsledger" in one.tags for one in declared.values())


@pytest.mark.parametrize(("engine", "readers"), [("local", False), ("prefect", True)])
def test_deployments_name_the_settings_file_and_readers_come_with_their_engine(tmp_path, engine, readers):
    file = tmp_path / "newsledger.toml"
    file.write_text(f'[run]\nengine = "{engine}"\n')
    settings = load_settings(file, {})
    declared = [_with_settings(one, settings) for one in read_declared(prefect_file()) if _is_wanted(one, settings)]
    told = {one.name: one.parameters.get("config") for one in declared}
    assert told.pop("read", "absent") == (None if readers else "absent")
    assert set(told.values()) == {str(file)}


def test_another_projects_prefect_file_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ours = prefect_file()
    (tmp_path / "prefect.yaml").write_text("name: somebody-elses\ndeployments: []\n")
    assert prefect_file() == ours
    (tmp_path / "prefect.yaml").write_text("name: newsledger\ndeployments: []\n")
    assert prefect_file() == tmp_path / "prefect.yaml"


def test_a_worker_without_settings_fails_instead_of_completing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSLEDGER_CONFIG", raising=False)
    with pytest.raises(SettingsError, match="There are no sources"):
        ingest.fn()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["deployments: 3", "{", "deployments:\n  - name: ingest\n", ""])
def test_a_file_that_cannot_be_followed_is_named(tmp_path, text):
    file = tmp_path / "prefect.yaml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=r"prefect\.yaml"):
        read_declared(file)
