# `make help` lists the targets. Everything lives in .venv; nothing outside this folder is changed.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
INPUTS := pyproject.toml constraints.txt
# One test process a core, at most four; the tests of a file share what they made.
JOBS := --numprocesses auto --maxprocesses 4 --dist loadfile

# pyright's launcher asks the registry for newer versions of itself; the pinned one is the one wanted.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
# Compiled bytecode is kept also where the shell says otherwise: without it each of the processes that
# the tests start would compile the whole package again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help
help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: verify
verify: $(VENV)/.core  ## set up, then check the main claim: parity needs negative eigenvalues
	@$(VENV)/bin/verify --claim parity-needs-negative-eigs

.PHONY: test
test: $(VENV)/.dev  ## set up, then run the tests that take seconds, on a part of the drawn examples
	@$(PY) -m pytest $(JOBS)

.PHONY: test-all
test-all: $(VENV)/.dev  ## run every test that needs no Coq, the slow ones too, on all examples
	@MONOSCAN_TEST_EVERYTHING=1 $(PY) -m pytest $(JOBS) -m 'not formal and not latex and not browser and not extras'

.PHONY: formal
formal: $(VENV)/.dev  ## compile the formal proofs and print what they assume (needs Coq), then their tests
	@$(PY) -m monoscan.proofs_check.formal
	@$(PY) -m pytest -m formal

.PHONY: latex
latex: $(VENV)/.dev  ## compile tables with pdfTeX and look for what does not fit (needs texlive-latex-recommended)
	@$(PY) -m pytest -m latex

.PHONY: browser
browser: $(VENV)/.dev  ## use the page of monoscan report in a browser (needs chromium)
	@$(PY) -m pytest -m browser

.PHONY: extras
extras: $(VENV)/.extras  ## test what needs large libraries: sweeps on a Ray cluster, Parquet
	@$(PY) -m pytest -m extras

# SWEEP may be a file of your own; then CURVES names the language whose learning curves are drawn.
SWEEP := quick
CURVES := parity
PAPER := build/paper
# Exit code 1 says that a network did what it was predicted not to do: the table and the page show it.
.PHONY: paper
paper: $(VENV)/.dev  ## train the quick sweep; its table in LaTeX, its figures, and the page, in build/paper
	@$(VENV)/bin/monoscan sweep $(SWEEP) --runs $(PAPER)/runs --certificates $(PAPER)/certificates \
	  -o $(PAPER)/table.tex --figure $(PAPER)/table.pdf || test $$? = 1
	@$(VENV)/bin/monoscan table runs --runs $(PAPER)/runs --language $(CURVES) \
	  -o $(PAPER)/runs.csv --figure $(PAPER)/curves.pdf
	@$(VENV)/bin/monoscan report --runs $(PAPER)/runs --certificates $(PAPER)/certificates \
	  -o $(PAPER)/report.html

.PHONY: lint
lint: $(VENV)/.dev  ## ruff and the import contracts
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports

.PHONY: format
format: $(VENV)/.dev  ## let ruff rewrite what it can
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

.PHONY: types
types: $(VENV)/.dev  ## mypy --strict and pyright
	$(VENV)/bin/mypy
	$(VENV)/bin/pyright

.PHONY: docs
docs: $(VENV)/.dev  ## write the generated parts of the pages in docs/
	@$(PY) docs/generate.py

.PHONY: site
site: $(VENV)/.site  ## build the documentation as a site, in build/site
	@NO_MKDOCS_2_WARNING=1 $(VENV)/bin/mkdocs build --quiet
	@echo "build/site/index.html"

.PHONY: bench
bench: $(VENV)/.dev  ## regenerate the figures quoted in the docs, some minutes; BENCH="growth peers" for a part
	@$(PY) -m benchmarks $(BENCH)

.PHONY: clean
clean:  ## remove .venv, builds and caches
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# The files below mark finished steps, so that a second `make` starts at once.
# They depend on the inputs only through .core: a changed pin reinstalls, a changed source file
# does not, since the install is editable.
$(VENV)/.created:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "monoscan: '$(PYTHON)' was not found. Install Python 3.11 or newer, or name yours:" \
	    "make PYTHON=/path/to/python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "monoscan: needs Python 3.11 or newer, but '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." \
	    "Name a newer one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "monoscan: '$(PYTHON) -m venv $(VENV)' failed. On Debian or Ubuntu install the module" \
	    "with: apt-get install python3-venv; elsewhere use a Python that has venv and ensurepip." \
	    "Then run make again." >&2; exit 1; }
	@touch $@

$(VENV)/.core: $(INPUTS) | $(VENV)/.created
	@echo "Installing monoscan into $(VENV) ..." >&2
	@$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.core
	@echo "Installing the development tools into $(VENV) ..." >&2
	@$(PIP) install --quiet --constraint constraints.txt --editable '.[dev,models]'
	@touch $@

$(VENV)/.extras: $(VENV)/.dev
	@echo "Installing Ray and pyarrow into $(VENV) ..." >&2
	@$(PIP) install --quiet --constraint constraints.txt --editable '.[dev,models,parquet,ray]'
	@touch $@

$(VENV)/.site: $(VENV)/.dev
	@echo "Installing what builds the site into $(VENV) ..." >&2
	@$(PIP) install --quiet --constraint constraints.txt --editable '.[dev,models,site]'
	@touch $@
