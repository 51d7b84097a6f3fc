# `make guide` builds the guide of one profile, `make test` runs every check. Both set up .venv first.
PROFILE ?= profiles/amara.yml
PYTHON ?= python3
OUT ?= guide
# Each fictional example says in its first comment for which day it is written; your own profile is planned for today.
WRITTEN = $(shell awk '/^\# .*Written as of / { sub(/.*Written as of /, ""); \
  m = index("JanFebMarAprMayJunJulAugSepOctNovDec", substr($$2, 1, 3)); \
  printf "%04d-%02d-%02d", $$3, (m + 2) / 3, $$1; exit }' "$(PROFILE)")
ON ?= $(if $(filter profiles/%,$(PROFILE)),$(WRITTEN))
BIN := $(if $(filter Windows_NT,$(OS)),.venv/Scripts,.venv/bin)

.PHONY: guide webapp check lint test truths coverage lowest pre-commit walk endurance apart equal seeded-edits mutants schema lock locks-check clean

PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install
LOCKED := --only-binary :all: --require-hashes -r
LOCK = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11.0 --fork-strategy fewest \
  --only-binary :all: --generate-hashes --no-header --no-annotate --no-strip-extras --extra build

guide: .venv/ready
	$(BIN)/matchguide build "$(PROFILE)" -o "$(OUT)" $(if $(ON),--on $(ON))
	@echo "Open $(OUT)/index.html (a double click will do)."

# The app for browsers, into APP: static files for any host. Needs npm and a connection.
APP ?= app
webapp: .venv/ready
	$(BIN)/matchguide webapp -o "$(APP)"

# Lint, types and the fast tests, in less than 40 seconds; `make test` runs everything.
check: lint
	$(BIN)/python -m pytest -n 2 --dist loadfile -m fast

lint: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/matchguide check --content

test: lint
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# Which lines the tests that stay in one process reach.
coverage: .venv/ready-dev
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered -m "not browser"

# The fast tests once more, with the lowest version of each dependency that pyproject.toml allows.
LOWEST := $(subst .venv,.venv-lowest,$(BIN))
lowest: .venv/ready-dev
	$(BIN)/uv venv --quiet --clear --python $(PYTHON) .venv-lowest
	$(BIN)/uv pip compile pyproject.toml --quiet --resolution lowest-direct --only-binary :all: --extra pdf --extra build \
	  -o .venv-lowest/lowest.txt
	$(BIN)/uv pip install --quiet --python .venv-lowest --only-binary :all: -r .venv-lowest/lowest.txt \
	  axe-playwright-python filelock hypothesis jsonschema pikepdf playwright pytest pytest-xdist
	$(BIN)/uv pip install --quiet --python .venv-lowest --no-build-isolation --no-deps -e .
	$(LOWEST)/python -m pytest -n 2 --dist loadfile -m fast

# Lint and the check of content before each commit, from now on.
pre-commit: .venv/ready-dev
	$(BIN)/pre-commit install

# A thousand drawn people each get a guide that builds strictly: some minutes.
walk: .venv/ready-dev
	$(BIN)/python tests/walk.py $(PEOPLE)

# A thousand drawn people that no test has seen, against the promises of tests/truths: some minutes.
truths: .venv/ready-dev
	cd tests && ../$(BIN)/python truths_of_a_guide.py $(PEOPLE)

# The guides of a hundred drawn people, put together and by MkDocs: every byte.
equal: .venv/ready-dev
	COHORT=100 $(BIN)/python -m pytest tests/test_many_sites.py

# A marker in each of two hundred profiles, looked for in everybody else's pages, workbooks, sealed sites: half an hour.
apart: .venv/ready-dev
	APART=200 $(BIN)/python -m pytest tests/test_cohort_apart.py

# Every command under a full disk, a read-only home, umask 077, two at a time, killed at forty drawn moments each.
endurance: .venv/ready-dev
	ENDURANCE=40 $(BIN)/python -m pytest tests/test_commands_endure.py

# Three hundred drawn mistakes in content and templates: refused, or seen in somebody's guide (EDITS="0 300").
seeded-edits: .venv/ready-dev
	cd tests && ../$(BIN)/python seeded_edits.py $(EDITS)

# Three hundred mutants of the evaluation and of the decision data each: does a test notice? Half an hour or more
# (MUTANTS="0 300", MUTANTS="decisions 0 20" or MUTANTS="evaluation 7,12"). Linux only.
mutants: .venv/ready-dev
	cd tests && ../$(BIN)/python mutants.py $(MUTANTS)

schema: .venv/ready-dev
	$(BIN)/matchguide schema > profiles/profile.schema.json

# Writes the locks anew, wheels with hashes for every system, after a change of dependencies in pyproject.toml. What is
# locked stays unless it must move; UPGRADE="--upgrade" moves all. `make locks-check` asks whether every system can
# install them.
lock: .venv/ready-dev
	$(LOCK) $(UPGRADE) -o requirements.lock
	$(LOCK) $(UPGRADE) --extra pdf -o requirements-pdf.lock
	$(LOCK) $(UPGRADE) --extra pdf --extra dev -o requirements-dev.lock

locks-check: .venv/ready-dev
	$(BIN)/python tests/locks_everywhere.py

# What prints the workbook is a lock of its own: where a system lacks a wheel of it, everything else still works.
.venv/ready: pyproject.toml requirements.lock requirements-pdf.lock
	$(PYTHON) -m venv .venv
	$(PIP) $(LOCKED) requirements.lock
	$(PIP) $(LOCKED) requirements-pdf.lock || echo "The workbook (PDF) is not to be had on this system; all else works."
	$(PIP) --no-build-isolation --no-deps -e .
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	$(PIP) $(LOCKED) requirements-dev.lock
	@touch $@

clean:
	rm -rf .venv
