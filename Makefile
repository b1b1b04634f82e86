# The two commands: `make run` opens Onpoint, `make test` runs the quick suite.
#
#   VENV         where the virtual environment is made
#   PYTHON       a Python 3.11 or 3.12; found when not given
#   TORCH_INDEX  package index for torch alone, e.g. the CPU index shown on PyTorch's install page
#   ARGS         passed on: make run ARGS=--demo, make test ARGS="-k citations"

VENV ?= .venv
PYTHON ?= $(shell for p in python3 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null \
	&& echo $$p && break; done)
TORCH_INDEX ?=
ARGS ?=

ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
STAMP := $(VENV)/.onpoint-installed
# All but schema.sql, which the database itself writes.
SQL := $(wildcard sql/migrations sql/queries sql/checks)
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet

.PHONY: run test browser check fmt install
.DEFAULT_GOAL := run

run: $(STAMP)
	@$(BIN)/onpoint run $(ARGS)

test: $(STAMP)
	$(BIN)/python -m pytest -n 2 -m "not slow and not browser" $(ARGS)

browser: $(STAMP)
	$(BIN)/python -m pytest -m browser tests/browser $(ARGS)

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/deptry .
	$(BIN)/sqlfluff lint --disable-progress-bar $(SQL)
	$(BIN)/python -m pytest -q tests/test_architecture.py

fmt: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix --disable-progress-bar $(SQL)

install: $(STAMP)

# Installs only when pyproject.toml or constraints.txt is newer than the last installation.
$(STAMP): pyproject.toml constraints.txt
	@test -x $(BIN)/python || { test -n "$(PYTHON)" \
	|| { echo "Onpoint needs Python 3.11 or 3.12; name one with make PYTHON=…"; exit 1; }; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
	|| { rm -rf $(VENV); echo "Python's venv module is missing: install python3-venv"; exit 1; }
	@echo "Installing Onpoint into $(VENV); the first time takes some minutes."
	$(PIP) $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) torch==2.13.0
	$(PIP) -c constraints.txt -e '.[auth,mcp,ocr,providers,train,dev]'
	@touch $@
