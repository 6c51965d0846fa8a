# "make demo" and "make test" need Python 3.11 or newer, pip and make; they set up the rest themselves.

VENV ?= .venv
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
PYTEST_ARGS ?= -n 2
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SAMPLES := examples/services-agreement.pdf examples/prototype-term-sheet.docx examples/reminders
JOURNEY := examples/journey

.DEFAULT_GOAL := all
.PHONY: all demo test check bench examples docs requirements coverage format debian clean

all: check test

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or newer was found; name one: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "make: $(PYTHON) cannot make a virtual environment (Debian: apt install python3-venv)"; exit 1; }

$(VENV)/.run: pyproject.toml | $(BIN)/python
	@echo "setting up $(VENV)"
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "setting up $(VENV) to check and test"
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run

# the exit status 1 says that findings were made, and these samples are made to have some
demo: $(VENV)/.run
	@mkdir -p demo-report
	@$(BIN)/trustaudit scan $(SAMPLES) --format html --output demo-report/index.html || test $$? -eq 1
	@$(BIN)/trustaudit journey $(JOURNEY) --format html --output demo-report/journey.html || test $$? -eq 1
	@echo
	@echo "Open $(CURDIR)/demo-report/index.html in a browser. Look at:"
	@echo "  - the first screen: the grade, the account, and the three things to change first;"
	@echo "  - the services agreement: how much is fine print, and what stands in it;"
	@echo "  - the prototype term sheet: what the client hands over, and what it gets in return;"
	@echo "  - the two appointment reminders: the same call, with the money first and with the person first."
	@echo "And $(CURDIR)/demo-report/journey.html, the journey of one customer through nine documents. Look at:"
	@echo "  - the map: where trust is earned and where it is spent, and the three moves that would help most;"
	@echo "  - what the documents say differently: what the brochure promises and the contract takes back."

test: $(VENV)/.dev debian
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/trustaudit rules test
	$(BIN)/python docs/generate_rules.py --check

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks.foundation

coverage: $(VENV)/.dev
	$(BIN)/python -m pytest --cov $(PYTEST_ARGS)

examples: $(VENV)/.dev
	$(BIN)/python -m examples.make

docs: $(VENV)/.dev
	$(BIN)/python docs/generate_rules.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet
	@echo "Open $(CURDIR)/site/index.html in a browser."

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# the pinned requirements, with the hashes of every file of every package, for all systems and versions of Python
requirements: | $(BIN)/python
	$(PIP) install uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-strip-extras \
		--no-header --no-annotate --no-emit-index-url --output-file requirements/dev.txt pyproject.toml requirements/dev.in

# what some tests need and Python does not bring; without it they skip and say so
debian:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || sh requirements/debian.sh

clean:
	rm -rf $(VENV) demo-report dist build site
