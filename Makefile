# Two commands do all the set-up on a fresh machine with Python 3.11 or newer:
#   make run    builds the graph of the shipped data and shows its answers
#   make test   checks style and types and runs the tests

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

.PHONY: run test lint bench evaluate clean

run: $(VENV)/.installed
	@$(BIN)/rolegraph build -o out
	@echo
	@$(BIN)/rolegraph adjacent MANUFA.MANUFACTF950.M3 -k 5
	@echo
	@$(BIN)/rolegraph path PROCES.UPSTREAMDF5B.P1 MANUFA.BIOPROCE4427.M3

test: lint
	@$(BIN)/python -m pytest -q -n auto

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy

bench: $(VENV)/.installed-dev
	@$(BIN)/python -m bench

evaluate: $(VENV)/.installed-dev
	@$(BIN)/python -m bench.evaluate

clean:
	rm -rf $(VENV) out

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "rolegraph needs Python 3.11 or newer; say which: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "setting up $(VENV) (once)"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "setting up $(VENV) for tests (once)"
	@$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.installed
