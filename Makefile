# `make guide` builds the guide of one profile, `make test` runs every check. Both set up .venv first.
PROFILE ?= profiles/amara.yml
PYTHON ?= python3
OUT ?= guide
# The fictional examples are written for one day; your own profile is planned for today.
ON ?= $(if $(filter profiles/%,$(PROFILE)),2026-06-15)
BIN := .venv/bin

.PHONY: guide test endurance schema clean

guide: .venv/ready
	$(BIN)/matchguide build "$(PROFILE)" -o "$(OUT)" $(if $(ON),--on $(ON))
	@echo "Open $(OUT)/index.html (a double click will do)."

test: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

# Every command under a full disk, a read-only home, umask 077, two at a time, killed at forty drawn moments each.
endurance: .venv/ready-dev
	ENDURANCE=40 $(BIN)/python -m pytest tests/test_commands_endure.py

schema: .venv/ready-dev
	$(BIN)/matchguide schema > profiles/profile.schema.json

.venv/ready: pyproject.toml requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@

clean:
	rm -rf .venv
