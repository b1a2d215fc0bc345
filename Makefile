# diachinh: two commands do everything. `make run` digitises the samples, `make test` runs every test.
.DEFAULT_GOAL := help
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready

.PHONY: help run test soak lint bench setup lock clean docs bundle

help:            ## say what can be typed here
	@sed -n 's/^\([a-z]*\): .*## /make \1\t/p' $(MAKEFILE_LIST)

setup: $(READY)  ## install what is missing: system packages, then the locked Python packages

$(READY): requirements.lock pyproject.toml scripts/setup.sh
	@sh scripts/setup.sh $(VENV)
	@touch $(READY)

run: $(READY)    ## digitise samples/scans and report
	@sh scripts/setup.sh --check
	@$(VENV)/bin/diachinh digitise samples/scans

test: $(READY)   ## all tests but the slow ones
	@sh scripts/setup.sh --check
	$(PY) -m pytest -m "not soak"

soak: $(READY)   ## the slow, random and long tests
	$(PY) -m pytest -m soak

lint: $(READY)   ## style, types and import directions
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

bench: $(READY)  ## speed and accuracy, written to the terminal
	$(PY) -m benchmarks.accuracy --kinds all --parcels 20
	$(PY) -m benchmarks.loading
	$(PY) -m benchmarks.stages samples/scans --pages 53
	@echo "more, with their commands: benchmarks/RESULTS.md"

docs: $(READY)   ## write docs/data-model.md from the database and docs/precedence.md from its tables
	$(PY) -m scripts.data_model
	$(PY) -m scripts.precedence_page

bundle:          ## pack everything for an office without the internet (docs/offline.md)
	sh scripts/bundle.sh

lock:            ## resolve requirements.lock again (needs uv); no index address is written
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --override requirements.override --custom-compile-command "make lock" -o requirements.lock

clean:           ## remove the virtual environment (data and originals stay)
	rm -rf $(VENV)
