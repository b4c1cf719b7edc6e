# Rückgrat: `make run` trains, `make test` tests. Every target sets up what it needs by itself.

PYTHON_IN_VENV := .venv/bin/python
export PYTHON
# Tests start the program many times: it is to be compiled once.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run page test test-times test-long test-install test-arm64 release bench bench-ears bench-understanding bench-voice bench-home bench-page soak model lint format lock clean set-up-to-run set-up-to-test set-up-for-the-model

help:  ## say what can be made
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 21

run: set-up-to-run  ## train by voice; other commands with ARGS="replay FILE" (ARGS=--help lists them)
	@$(PYTHON_IN_VENV) main.py $(ARGS)

page: set-up-to-run  ## the recorded session with its page to look at; ARGS="train --page" for your own
	@$(PYTHON_IN_VENV) -c "import uvicorn" 2>/dev/null || $(PYTHON_IN_VENV) -m pip install --quiet --require-hashes -r requirements-home.lock
	@$(PYTHON_IN_VENV) main.py $(or $(ARGS),replay --page)

test: $(if $(ARGS),set-up-to-test,lint)  ## lint, types and all tests but the minutes-long ones; ARGS=tests/ear: only these tests
	$(PYTEST) -m "not long" $(ARGS)

test-times: set-up-to-test  ## the same tests, the slowest 30 and the sum by folder
	$(PYTEST) -m "not long" -p tests.times --durations=30 --durations-min=0.1 $(ARGS)

test-long: set-up-to-test  ## the tests that take minutes
	$(PYTEST) -m long $(ARGS)

# One worker for each core and one that waits for sound; tests/conftest.py says who runs what.
PYTEST := $(PYTHON_IN_VENV) -m pytest -n auto --dist loadfile --no-loadscope-reorder

test-install: set-up-to-test  ## install into the roots of real Debians (root and debootstrap; ten minutes)
	$(PYTHON_IN_VENV) -m pytest -m long -rs tests/packaging/test_install_in_root.py $(ARGS)

test-arm64: set-up-to-test  ## install and run on 64-bit ARM, emulated (debootstrap, qemu-user-static, proot; 15 minutes)
	$(PYTHON_IN_VENV) -m pytest -m long -rs -s tests/packaging/test_arm64.py $(ARGS)

release:  ## pack what deploy/install.sh needs into dist/
	@deploy/make-release.sh

bench: set-up-to-test  ## measure speed, latency and memory; ARGS=--json for machines
	$(PYTHON_IN_VENV) -m workbench $(ARGS)

bench-ears: set-up-to-test  ## measure the ear: recall, false accepts, delay, cost; ARGS="--quick" for a quarter of an hour
	$(PYTHON_IN_VENV) -m workbench.ears $(ARGS)

bench-understanding: set-up-to-test  ## play whole sentences to the ear; ARGS="--misses --one-in 4" is quicker
	$(PYTHON_IN_VENV) -m workbench.understanding $(ARGS)

bench-voice: set-up-to-test  ## list the lines and words of the voice that are misheard; ARGS="--one-in 4" is quicker
	$(PYTHON_IN_VENV) -m workbench.pronunciation $(ARGS)

bench-home: set-up-to-test  ## measure what Home Assistant and the household cost a trainer (needs mosquitto)
	$(PYTHON_IN_VENV) -m workbench.home $(ARGS)

bench-page: set-up-to-test  ## measure the companion page in a real browser (needs Chromium)
	$(PYTHON_IN_VENV) -m workbench.companion $(ARGS)

soak: set-up-to-test  ## live through a day and a night in under 40 minutes; ARGS="--hours 2 --seed 7"
	$(PYTHON_IN_VENV) -m workbench.soak $(ARGS)

model: set-up-for-the-model  ## train the built-in speech model anew (about two hours; ARGS=quick 40; ARGS="--recordings FOLDER all")
	$(PYTHON_IN_VENV) -m pip install --quiet $$($(PYTHON_IN_VENV) -c "$(TRAIN_PACKAGES)")
	$(PYTHON_IN_VENV) -m models.training $(or $(ARGS),all)

TRAIN_PACKAGES := import tomllib; \
	print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies']['train'])

lint: set-up-to-test  ## style, format and types
	$(PYTHON_IN_VENV) -m ruff check
	$(PYTHON_IN_VENV) -m ruff format --check
	$(PYTHON_IN_VENV) -m mypy

format: set-up-to-test  ## format, and mend what ruff can mend
	$(PYTHON_IN_VENV) -m ruff format
	$(PYTHON_IN_VENV) -m ruff check --fix

lock: set-up-to-test  ## resolve the Python packages anew into the four lock files
	$(PYTHON_IN_VENV) -m pip install --quiet uv
	$(UV_COMPILE) --extra echo --output-file requirements.lock pyproject.toml
	$(UV_COMPILE) --extra echo --extra natural --constraint requirements.lock --output-file requirements-natural.lock pyproject.toml
	$(UV_COMPILE) --extra echo --extra web --extra mqtt --constraint requirements.lock --output-file requirements-home.lock pyproject.toml
	$(UV_COMPILE) --extra echo --extra natural --extra web --extra mqtt --extra dev --constraint requirements-natural.lock --constraint requirements-home.lock --output-file requirements-dev.lock pyproject.toml

UV_COMPILE := $(PYTHON_IN_VENV) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-annotate --custom-compile-command "make lock"

clean:  ## remove the environment and all caches (never recordings, models or settings)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist

set-up-to-run:
	@deploy/setup.sh run

set-up-to-test:
	@deploy/setup.sh test

set-up-for-the-model:
	@deploy/setup.sh model
