# Two commands do everything on a machine that has Python 3.11, make and apt: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
FILES ?=

.PHONY: run test check unit e2e bench lock catalogues guide samples screenshots clean

run: .venv/.run
	$(BIN)/winback demo

test: .venv/.dev check
	scripts/browser.sh
	scripts/office.sh || echo "Without LibreOffice the tests that open downloads in it are skipped."
	$(BIN)/pytest -n 2 --dist loadgroup

check: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/catalogues.py --check
	$(BIN)/python -m scripts.guide --check

unit: .venv/.dev
	$(BIN)/pytest -n 2 -m "not e2e"

e2e: .venv/.dev
	scripts/browser.sh
	$(BIN)/pytest -m e2e

bench: .venv/.dev
	$(BIN)/python -m tests.benchmarks

screenshots: .venv/.dev
	scripts/browser.sh
	$(BIN)/python -m scripts.screenshots

catalogues: .venv/.dev
	$(BIN)/python scripts/catalogues.py

guide: .venv/.dev
	$(BIN)/python -m scripts.guide

samples: .venv/.dev
	$(BIN)/python -m sample_data

# Locks without any registry's address; `setuptools` is locked too, since the project is installed without isolation.
lock: .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 pyproject.toml requirements.in -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 --extra dev pyproject.toml requirements.in -c requirements.lock -o requirements-dev.lock

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/.dev: .venv/.run requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

clean:
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis build *.egg-info
