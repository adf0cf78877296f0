# One door for every task. `make demo` and `make test` are all that a newcomer needs.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: help docs pages checker demo demo-check conformance test check fix bench bench-gateway audit soak lock look clean system
.DEFAULT_GOAL := help

help:            ## say what the targets do
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-13s %s\n", $$1, $$2}'

$(READY): requirements/dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Keystage needs Python 3.11 or later.")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

look: $(READY)   ## build the styles and scripts of the web application
	$(BIN)/python frontend/build.py

checker: $(READY) ## build the page that checks files in the browser as a plain folder, build/checker
	$(BIN)/python frontend/build_checker.py build/checker

demo: look       ## set everything up and run a made-up school, ready to click through
	$(BIN)/python -m keystage demo

demo-check: $(READY)   ## check the return of a made-up school on the command line
	$(BIN)/python -m benchmarks.demo

conformance: $(READY)   ## build the conformance pack in dist, and score keystage itself on all of it
	$(BIN)/python -m keystage.conformance dist
	$(BIN)/python -m keystage conformance dist/keystage-conformance-*.zip --command "$(BIN)/python -m keystage {task} {file} \
	  --register {register} --previous {previous} --sent {sent} --year {year} --today {today} --format json"

pages: $(READY)  ## make the pages and tables of the documentation that come from the product
	$(BIN)/python docs/make_pages.py

docs: $(READY)   ## build the documentation site, build/docs; a warning or a broken link fails
	$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going -E docs build/docs

system: $(READY) ## install what tests need of the system: Chromium and PostgreSQL
	$(BIN)/python tests/system.py

test: look system   ## set up what the tests need and run them all
	$(BIN)/python -m pytest -n auto --dist worksteal

check: $(READY)  ## lint, format, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

fix: $(READY)    ## put right what a tool can put right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: look system   ## measure speed against a baseline in the same process, and print tables
	$(BIN)/python -m benchmarks.run
	$(BIN)/python -m benchmarks.school
	$(BIN)/python -m benchmarks.figures
	$(BIN)/python -m benchmarks.checker
	$(BIN)/python -m benchmarks.reports

bench-gateway: look system   ## deadline day and results morning on PostgreSQL, and an authority's pages, beside bare ones
	$(BIN)/python -m benchmarks.gateway
	$(BIN)/python -m benchmarks.request_cost
	$(BIN)/python -m benchmarks.authority

audit: $(READY)  ## look the dependencies up among known vulnerabilities; say so where that was not possible
	$(BIN)/python -m benchmarks.audit

soak: look system   ## long fuzzing of everything that reads bytes and of the HTTP interface, and a thousand kills of the servers
	$(BIN)/python -m benchmarks.soak
	$(BIN)/python -m benchmarks.interface
	KEYSTAGE_KILLS=1000 $(BIN)/python -m pytest -q tests/journeys/test_kill.py
	KEYSTAGE_GATEWAY_KILLS=300 $(BIN)/python -m pytest -q tests/journeys/test_gateway_kill.py

lock:            ## pin the tools anew: exact versions and hashes, no addresses
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --exclude-newer "$$(date -u -d '7 days ago' +%F)" --extra xsd --extra service --extra postgres \
	  --extra s3 --extra server \
	  --custom-compile-command "make lock" pyproject.toml requirements/dev.in -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --exclude-newer "$$(date -u -d '7 days ago' +%F)" --constraint requirements/dev.txt --extra service --extra postgres \
	  --extra s3 --extra server \
	  --custom-compile-command "make lock" pyproject.toml -o requirements/service.txt

clean:           ## remove what was built
	rm -rf $(VENV) build dist demo frontend/node_modules frontend/.wheels src/keystage/service/design/static/keystage
	rm -rf .coverage* .pytest_cache .mypy_cache .ruff_cache .hypothesis
