# Blender 5.0.1 as a module exists for Python 3.11 only.
PYTHON ?= python3
BIN := .venv/bin
LOCK_FLAGS ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test check docs lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.stamp ## system libraries, .venv with the locked packages, head data

demo: setup ## render configs/portrait.yaml to out/demo
	$(BIN)/synthgen render configs/portrait.yaml -o out/demo --sheet

test: setup ## run all tests
	$(BIN)/python -m pytest

check: setup ## format, lint, types and the tests without Blender
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/python -m pytest -m 'not blender'

docs: setup ## write the generated parts of docs/ anew
	$(BIN)/python tools/document_spec.py

lock: .venv/pyvenv.cfg ## write requirements.lock anew (LOCK_FLAGS=--upgrade moves to newer versions)
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && \
	$(BIN)/python -m venv "$$tools" && "$$tools/bin/pip" install --quiet 'uv>=0.8' && \
	"$$tools/bin/uv" pip compile pyproject.toml --extra render --extra preview --extra dev \
	  --python-version 3.11 --python-platform x86_64-manylinux_2_28 --only-binary :all: --emit-build-options \
	  --generate-hashes --quiet $(LOCK_FLAGS) --output-file requirements.lock \
	  --custom-compile-command 'make lock (synthgen[render,preview,dev] for Linux x86_64 and CPython 3.11 only)'

clean: ## remove .venv, out and caches; the head data in the user's cache stays
	rm -rf .venv out build dist .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
	  { echo "Python 3.11 is needed, because Blender 5.0.1 is built for it; try: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 2; }
	$(PYTHON) -m venv .venv

# The lock lists every package, so nothing is resolved; its PyOpenGL is newer than pyrender's pin (see pyproject.toml).
.venv/.stamp: .venv/pyvenv.cfg requirements.lock pyproject.toml synthgen/system_libraries.py
	$(BIN)/python synthgen/system_libraries.py --install
	@echo "installing the packages of requirements.lock; the first time this downloads about 600 MB"
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/synthgen assets fetch
	@touch $@
