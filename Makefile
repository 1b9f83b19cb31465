PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The CPU build: the default one for Linux brings gigabytes for graphics cards.
TORCH := torch==2.13.0 --extra-index-url https://download.pytorch.org/whl/cpu --retries 1

.DEFAULT_GOAL := help
.PHONY: help install run test quick check fix pictures measures docs lock chromium

help:          ## list what can be made
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: install   ## start the chat on the articles in seeds/
	@$(BIN)/qa chat

test: install chromium  ## run every test, the real models and the browser among them
	$(BIN)/python -m pytest -m "" -n 2 --durations 30

quick: install ## run the tests that need no model and no browser
	$(BIN)/python -m pytest

check: install ## run what a change must pass: style, types, tests, coverage
	$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy
	$(BIN)/coverage run -m pytest -m "not browser" && $(BIN)/coverage report

pictures: install chromium ## take the pictures in docs/
	$(BIN)/python -m tests.tools.pictures

measures: install chromium ## measure in a browser how long an answer and its source take
	$(BIN)/python -m tests.tools.measures

lock: install  ## renew the versions and hashes that the container installs
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --no-annotate --quiet --output-file packaging/requirements.lock

docs: install  ## build the documentation, into build/docs
	$(BIN)/python -m mkdocs build

fix: install   ## format, and repair what can be repaired
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

install: $(VENV)/installed ## make .venv and install what is missing

$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or newer is needed. Try: make PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo 'Python lacks venv. On Debian: apt install python3-venv'; exit 1; }
	@echo 'Installing into $(VENV), which takes some minutes the first time …'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --no-deps $(TORCH)
	@$(BIN)/pip install --quiet --editable '.[models,evaluation,dev]'
	@touch $@

chromium:
	@command -v chromium chromium-browser google-chrome >/dev/null || \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		  apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } || \
		$(BIN)/playwright install --with-deps chromium
