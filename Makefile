# One door for every task. `make demo` and `make test` are all that a newcomer needs.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: help demo test check fix bench soak lock clean
.DEFAULT_GOAL := help

help:            ## say what the targets do
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-8s %s\n", $$1, $$2}'

$(READY): requirements/dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Keystage needs Python 3.11 or later.")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)   ## set everything up and check the return of a made-up school
	$(BIN)/python -m benchmarks.demo

test: $(READY)   ## set up what the tests need and run them all
	$(BIN)/python -m pytest -n auto --dist worksteal

check: $(READY)  ## lint, format, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

fix: $(READY)    ## put right what a tool can put right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)  ## measure speed against a bare parse in the same process, and print a table
	$(BIN)/python -m benchmarks.run

soak: $(READY)   ## long fuzzing of everything that reads bytes
	$(BIN)/python -m benchmarks.soak

lock:            ## pin the tools anew: exact versions and hashes, no addresses
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --exclude-newer "$$(date -u -d '7 days ago' +%F)" --extra xsd --extra service --extra postgres --custom-compile-command "make lock" \
	  pyproject.toml requirements/dev.in -o requirements/dev.txt

clean:           ## remove what was built
	rm -rf $(VENV) build dist demo .coverage* .pytest_cache .mypy_cache .ruff_cache .hypothesis
