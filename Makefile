# This needs only make and Python 3.11 or newer. Everything else is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# If this variable were set, Python would store no bytecode, and would compile the program at each start. The tests start the
# program many times.
unexport PYTHONDONTWRITEBYTECODE

# The tests of the code that decides, parses and writes texts, which need no daemon, no browser and no PostgreSQL.
FAST := tests/channels tests/cqc tests/detect tests/notify tests/oidc tests/register tests/reports \
	tests/test_events.py tests/test_logs.py tests/test_locations.py tests/test_settings.py

.DEFAULT_GOAL := help
.PHONY: help run test test-fast test-long check demo pictures bench soak england clean

help:  ## show this list
	@sed -nE 's/^([a-z-]+):.*  ## (.*)/make \1|\2/p' $(MAKEFILE_LIST) | awk -F"|" '{ printf "%-16s %s\n", $$1, $$2 }'

run: $(VENV)/.installed  ## start the monitor on SQLite in state/, with its pages on http://127.0.0.1:8000
	@mkdir -p -m 700 state
	@exec $(BIN)/cqc-monitor run --web

test: $(VENV)/.installed-dev  ## run the tests, on all cores; with SLOW=yes the slow tests too, as CI does
	$(BIN)/python -m pytest -n auto --maxprocesses 8 --dist worksteal $(if $(SLOW),-m 'slow or not slow')

test-fast: $(VENV)/.installed-dev  ## run only the tests that need no server, browser or daemon (a minute or two)
	$(BIN)/python -m pytest -n auto --maxprocesses 8 --dist worksteal $(FAST)

test-long: $(VENV)/.installed-dev  ## run the tests with many more pages, damaged pages, services and killed processes (about an hour)
	GROWTH_LENGTH=1000000 READ_CASES=10000 YEAR_SERVICES=2000 YEAR_DAYS=365 KILLS=300 $(BIN)/python -m pytest -m 'slow or not slow'

check: $(VENV)/.installed-dev  ## check the style, the types, and which module may import which
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

demo: $(VENV)/.installed-dev  ## show the whole product in a minute, without the network
	@$(BIN)/python -m tests.simulated.demo

pictures: $(VENV)/.installed-dev  ## make a picture of every page and every kind of mail, in docs/pictures/, and the three pictures in README
	@$(BIN)/python -m tests.web.pictures
	@$(BIN)/python -m tests.notify.pictures

bench: $(VENV)/.installed-dev  ## measure what a round without changes, a reading, a page of 50,000 services, reports, searches and imports of CQC's files cost, and simulate a year of checks, a month of alerts, and two years of messages
	$(BIN)/python -m bench.unchanged
	$(BIN)/python -m bench.reading
	$(BIN)/python -m bench.pages
	$(BIN)/python -m bench.report
	$(BIN)/python -m bench.search
	$(BIN)/python -m bench.register
	$(BIN)/python -m bench.schedule
	$(BIN)/python -m bench.hints
	$(BIN)/python -m bench.month
	$(BIN)/python -m bench.volume

england: $(VENV)/.installed-dev  ## simulate a week with all 57,000 services in England, with the register, the API and the site on this machine (an hour)
	$(BIN)/python -m tests.simulation.week

soak: $(VENV)/.installed-dev  ## check 20,000 unchanged services in ten rounds, and measure memory, database and CPU time per page (half an hour)
	$(BIN)/python -m bench.soak

define environment
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "cqc-monitor needs Python 3.11 or newer: make PYTHON=python3.12 run"; exit 1; }
	$(PYTHON) -m venv $(VENV)
endef

$(VENV)/.installed: pyproject.toml
	$(environment)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml
	$(environment)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(VENV)/.installed $@

clean:  ## remove everything that was installed or cached, but keep state/
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build *.egg-info
