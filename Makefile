# The README's commands. `make` alone lists them.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export MLFLOW_DISABLE_TELEMETRY := true
export HF_HUB_DISABLE_TELEMETRY := 1
export TOKENIZERS_PARALLELISM := false

.PHONY: help run test label-studio mlflow crossval bench docs deps charts lock clean
help:
	@grep -E '^## ' Makefile | sed 's/## //'

## make run       install what is needed, run the whole graph, say where the dashboards are
run: .venv/run
	@echo "== dvc repro: ingest, train (about ten minutes on two cores), render =="
	dvc repro
	@echo "== done. Open the dashboards with a browser: $(CURDIR)/reports/site/index.html =="

## make test      lint, format, types and all tests
test: .venv/dev .venv-server/ready
	@echo "== lint, format and types =="
	ruff check .
	ruff format --check .
	mypy
	@echo "== tests: some train a small model or start a browser, several minutes =="
	pytest

## make label-studio  annotate: the real Label Studio on this machine (http://127.0.0.1:8080)
label-studio: .venv/run .venv-server/ready
	lichang labels server

## make mlflow    look at the trainings in a browser (http://127.0.0.1:5000)
mlflow: .venv/run
	mlflow ui --backend-store-uri sqlite:///mlflow.db --host 127.0.0.1 --port 5000

## make crossval  after make run: compare the classifier with the baselines, 5 seeds (an hour on two cores)
crossval: .venv/run
	lichang crossval --seeds 5

## make bench     all benchmarks after make run (hours on two cores; public data sets: see README)
bench: .venv/run .venv-server/ready
	lichang bench all

## make docs      write the generated tables of the documents
docs: .venv/dev
	python -m tests.house.cleaning
	python -m tests.house.tables

## make deps      write what each stage imports into dvc.yaml
deps: .venv/dev
	python -m tests.house.imports

## make charts    bundle the chart library anew (needs node and npm)
charts:
	cd pipeline/templates/vendor && npm ci --ignore-scripts --no-audit --no-fund \
	  && npm run build && rm -rf node_modules

## make lock      pin all packages anew (needs uv)
lock: COMPILE = uv pip compile --universal --python-version 3.11 --no-annotate --no-header -q
lock:
	for set in run: dev:--extra=dev; do \
	  $(COMPILE) pyproject.toml $${set#*:} | grep -vE '^(nvidia-|cuda-|triton==)' \
	  > requirements/$${set%%:*}.lock; done
	$(COMPILE) requirements/server.in > requirements/server.lock

## make clean     remove all outputs, recorded trainings, benchmarks and virtual environments
clean:
	rm -rf .venv .venv-server data/*.jsonl models/encoder models/stance models/stance.* reports/* mlflow.db mlartifacts

.venv/bin/python:
	@echo "== making the virtual environment .venv with $(PYTHON) =="
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(v not in ((3, 11), (3, 12)) and \
	  "Python 3.11 or 3.12 is needed, this is %d.%d: call make PYTHON=/path/to/python3.11" % v)'
	$(PYTHON) -m venv .venv

.venv/%: requirements/%.lock pyproject.toml | .venv/bin/python
	@echo "== installing the $* packages: about 2 GB on a new machine, 2 to 5 minutes =="
	python -m pip install --disable-pip-version-check -r requirements/$*.lock
	python -m pip install --disable-pip-version-check --no-deps -e .
	@touch $@

.venv-server/ready: requirements/server.lock | .venv/bin/python
	@echo "== installing Label Studio into an environment of its own: about 1 GB =="
	$(PYTHON) -m venv .venv-server
	.venv-server/bin/python -m pip install --disable-pip-version-check -r requirements/server.lock
	@touch $@
