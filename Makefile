# Two commands: `make run` and `make test`. Both make their own environment; nothing else is needed
# than make and Python 3.11 or newer.

VENV    := .venv
BIN     := $(VENV)/bin
PORT    ?= 8000
# one more than processors: tests wait for browsers, for killed workers, for doors that answer no sooner
WORKERS ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))
TESTS   ?=

# The embedded Redis comes as a wheel for 3.11 and 3.12 only, so these go first.
PYTHON  ?= $(firstword $(foreach p,python3.12 python3.11 python3 python3.13 python3.14,$(shell $(p) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))) python3)
UV      ?= $(shell uv --version >/dev/null 2>&1 && echo uv)
INSTALL := $(if $(UV),$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check)
LOCK    := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

# Where Python is told to keep no bytecode, each of our processes would compile the whole house again.
unexport PYTHONDONTWRITEBYTECODE

CATALOGS := $(patsubst %.po,%.mo,$(wildcard feedback_app/translations/*/LC_MESSAGES/*.po))

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test lint format prove bench coverage translations lock clean

help: ## what can be done here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(VENV)/.run $(CATALOGS) ## the environment in .venv, enough to run

setup-dev: $(VENV)/.dev $(CATALOGS)

run: setup ## everything on this machine: database, Redis, web, workers (PORT=8000)
	@PORT=$(PORT) exec $(BIN)/feedback run

test: setup-dev ## lint, then all tests (TESTS="tests/unit -k word", WORKERS=2)
	@lint=0; $(MAKE) --no-print-directory lint || lint=1; \
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(TESTS) && exit $$lint

lint: setup-dev ## ruff, mypy, import-linter, djlint
	@failed=0; \
	$(BIN)/ruff check --quiet . || failed=1; \
	$(BIN)/ruff format --quiet --check . || failed=1; \
	$(BIN)/mypy || failed=1; \
	$(BIN)/lint-imports --no-logo || failed=1; \
	$(BIN)/djlint --quiet --lint templates || failed=1; \
	exit $$failed

format: setup-dev ## format the code
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --quiet --fix .

coverage: setup-dev ## all tests with branch coverage, written to htmlcov/
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --cov --cov-report=html --cov-report=term:skip-covered $(TESTS)

bench: setup-dev ## the figures of docs, measured on this machine
	@$(BIN)/python -m bench

prove: setup-dev ## the six proofs of the sealed reports, in full, as a table
	@FEEDBACK_PROVE=1 $(BIN)/python -m pytest -n 2 --dist load -q tests/proofs

translations: setup-dev ## bring the English catalogue up to date with the messages in code and templates
	@mkdir -p var && $(BIN)/pybabel --quiet extract -F pyproject.toml -k _l -k lazy_gettext -k _n:1,2 \
	  --no-location --sort-output --project feedback -o var/messages.pot .
	@$(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --no-wrap -l en -i var/messages.pot -d feedback_app/translations

lock: ## renew the pinned requirements from pyproject.toml (needs uv)
	$(LOCK) -o requirements.txt pyproject.toml
	$(LOCK) -o requirements-dev.txt --extra dev --constraint requirements.txt pyproject.toml

clean: ## remove the environment and caches; the data in var/ stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage *.egg-info

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed ('$(PYTHON)' is not). Name one: make PYTHON=/path/to/python3.12 ..." >&2; exit 1; }
	@$(if $(UV),,$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "This Python cannot make environments. Install one package: python3-venv (Debian, Ubuntu), then try again." >&2; exit 1; })
	@echo "Making the environment $(VENV) with $$($(PYTHON) --version) ..."
	@$(if $(UV),$(UV) venv --quiet --python $$(command -v $(PYTHON)) $(VENV),$(PYTHON) -m venv $(VENV))

$(VENV)/.run: requirements.txt pyproject.toml | $(BIN)/python
	@$(if $(UV),,$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null)
	@echo "Installing the pinned packages ..."
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@echo "Installing the pinned packages for tests ..."
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@

%.mo: %.po | $(VENV)/.run
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
