.PHONY: setup demo test check bench lock golden

PYTHON := .venv/bin/python

setup:
	@tools/setup

demo: setup
	@$(PYTHON) -m demo

test: setup
	@$(PYTHON) -m pytest -n auto

check: setup
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy

bench: setup
	@$(PYTHON) -m benchmarks $(ONLY)

golden: setup
	@SDL_VIDEODRIVER=dummy $(PYTHON) -m tests.screens.golden

lock:
	@tools/lock
