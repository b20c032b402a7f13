"""Telling a living process of ours from a dead one and from a stranger with its number; reading ``prefect.yaml``."""

import os
import subprocess
import sys

import pytest

from extract.errors import SettingsError
from flows.deploy import prefect_file, read_declared
from flows.reconcile import _process_lives


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


@pytest.mark.parametrize("text", ["deployments: 3", "{", "deployments:\n  - name: ingest\n", ""])
def test_a_file_that_cannot_be_followed_is_named(tmp_path, text):
    file = tmp_path / "prefect.yaml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=r"prefect\.yaml"):
        read_declared(file)
