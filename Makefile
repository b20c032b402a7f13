# Everything a newcomer or a developer needs; `make` alone lists it.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
AUDIT ?= pypi
.PHONY: help setup setup-dev demo check test test-long test-slow coverage lint types fast pytest sql linted wheel lock sbom audit clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# $(1): the list of pinned packages, $(2): the mark that it is installed
define install
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Newsledger needs Python 3.11 or newer; say which with: make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(1)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(2)
endef

.venv/.ready: requirements.lock pyproject.toml
	$(call install,requirements.lock,$@)

.venv/.ready-dev: requirements-dev.lock pyproject.toml
	$(call install,requirements-dev.lock,$@)

setup: .venv/.ready  ## create .venv with what a user needs, pinned

setup-dev: .venv/.ready-dev  ## create .venv with the tools for tests and development as well

demo: setup  ## the sample newsroom through every stage, in a fresh folder
	$(BIN)/newsledger demo

# What reads a text or a page and builds no warehouse, starts no program and asks no server: a thousand tests in a minute.
FAST := tests/test_structure.py tests/load/test_fields.py tests/flows/test_table.py tests/flows/test_settings.py \
  $(filter-out %_growth.py %_properties.py,$(wildcard $(addprefix tests/extract/,test_attributions*.py test_claims.py \
  test_dates*.py test_filters.py test_link.py test_mentions*.py test_quantit*.py test_slots.py test_strip_article.py \
  test_strip_body.py test_strip_timestamps.py test_urls.py test_why.py)))

# Percent of the statements of the reader that the fast tests run, as measured; it may only rise.
FLOOR := 91

check: setup-dev  ## lint, types and the fast tests, side by side: while you work
	$(MAKE) --no-print-directory --output-sync -j2 lint types fast

# The linters run beside the tests, in the time in which a test waits for a lock, a server or another process.
test: setup-dev  ## lint, types and all but the long and the slow tests
	$(MAKE) --no-print-directory -j2 linted pytest

linted: setup-dev
	$(MAKE) --no-print-directory --output-sync lint types sql

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-dev
	$(BIN)/mypy

sql: setup-dev  ## lint the SQL models
	$(BIN)/sqlfluff lint sql/models sql/tests

fast: setup-dev
	$(BIN)/pytest -n 2 --dist loadfile -m "not slow and not server" $(FAST)

# In the order of tests/conftest.py: the files with few and long tests first, so that both processes end together.
pytest: setup-dev
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not long and not slow and not server"

test-long: setup-dev  ## kills, full disks, clusters, growth and fuzz: continuous integration runs them after the others
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "long and not slow and not server"

coverage: setup-dev  ## how much of the reader the fast tests run; fails below the floor
	$(BIN)/pytest -n 2 --dist loadfile -m "not slow and not server" --cov extract.read --cov extract.strip \
	  --cov-report term:skip-covered --cov-fail-under $(FLOOR) $(FAST)

test-slow: setup-dev  ## the tests that start servers, browsers and workers, or take minutes
	$(BIN)/pytest -n 2 --dist loadfile -m "slow or server"

wheel: setup-dev  ## build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

# Not rfc3987-syntax, which cyclonedx-bom asks for and jsonschema would import with Prefect and dbt: it builds 38 grammars,
# seconds for each process, to check IRIs, which nothing here does.
COMPILE := $(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
  --no-emit-package rfc3987-syntax --no-emit-package lark

lock:  ## resolve the pinned packages again after a change of pyproject.toml
	$(COMPILE) --constraints flows/constraints.txt --extra dev pyproject.toml -o requirements-dev.lock
	$(COMPILE) --constraints requirements-dev.lock --extra report pyproject.toml -o requirements.lock

sbom: setup-dev  ## write the software bill of materials of what a user installs into dist/ (CycloneDX 1.6)
	mkdir -p dist
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --spec-version 1.6 --output-reproducible \
	  --output-file dist/newsledger.cdx.json requirements.lock

audit: setup-dev  ## look the locked packages up among the known vulnerabilities (asks pypi.org; AUDIT=osv asks osv.dev)
	for list in requirements.lock requirements-dev.lock; do \
	  $(BIN)/pip-audit --strict --vulnerability-service $(AUDIT) --disable-pip --require-hashes --requirement $$list || exit 1; done

clean:  ## remove what was built; never touches data/
	rm -rf .venv build dist *.egg-info sql/target sql/logs
