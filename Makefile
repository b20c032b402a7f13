# Everything a newcomer or a developer needs; `make` alone lists it.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint types pytest sql lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Newsledger needs Python 3.11 or newer; say which with: make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

setup: .venv/.ready  ## create .venv with the pinned packages

demo: setup  ## the sample newsroom through every stage, in a fresh folder
	$(BIN)/newsledger demo

test: setup lint types sql pytest  ## everything that must pass

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

sql: setup  ## lint the SQL models
	$(BIN)/sqlfluff lint sql/models sql/tests

pytest: setup
	$(BIN)/pytest -n 2 --dist loadfile

lock:  ## resolve the pinned packages again after a change of pyproject.toml
	$(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra dev pyproject.toml -o requirements.lock

clean:  ## remove what was built; never touches data/
	rm -rf .venv build dist *.egg-info sql/target sql/logs
