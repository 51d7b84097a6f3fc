# `make guide` builds the guide of one profile, `make test` runs every check. Both set up .venv first.
PROFILE ?= profiles/amara.yml
PYTHON ?= python3
OUT ?= guide
# Each fictional example says in its first comment for which day it is written; your own profile is planned for today.
WRITTEN = $(shell awk '/^\# .*Written as of / { sub(/.*Written as of /, ""); \
  m = index("JanFebMarAprMayJunJulAugSepOctNovDec", substr($$2, 1, 3)); \
  printf "%04d-%02d-%02d", $$3, (m + 2) / 3, $$1; exit }' "$(PROFILE)")
ON ?= $(if $(filter profiles/%,$(PROFILE)),$(WRITTEN))
BIN := .venv/bin

.PHONY: guide test walk endurance seeded-edits mutants schema lock locks-check clean

PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install
LOCKED := --only-binary :all: --require-hashes -r
LOCK = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11.0 --fork-strategy fewest \
  --only-binary :all: --generate-hashes --no-header --no-annotate --extra build

guide: .venv/ready
	$(BIN)/matchguide build "$(PROFILE)" -o "$(OUT)" $(if $(ON),--on $(ON))
	@echo "Open $(OUT)/index.html (a double click will do)."

test: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile

# A thousand drawn people each get a guide that builds strictly: some minutes.
walk: .venv/ready-dev
	$(BIN)/python tests/walk.py $(PEOPLE)

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
