# `make` prints what there is. Everything runs in .venv, made from the locked requirements when they change.
PORT ?= 8000
VAR_DIR ?= var
export PORT VAR_DIR

BASE_PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
MANAGE := $(PY) manage.py
DEMO_LOCK := $(VENV)/demo-$(shell cksum < requirements/demo.txt | tr ' ' '-').installed
DEV_LOCK := $(VENV)/dev-$(shell cksum < requirements/dev.txt | tr ' ' '-').installed
# Tests use servers of their own, so that a running demo is left alone.
WITH_SERVERS := VAR_DIR=$(VAR_DIR)/test DEMO=true DURABLE=false $(PY) -m trainingsite.embedded with
WORKERS ?= 2

.PHONY: help demo stop test lint migrations-check messages-check deploy-check compose-check openapi-check unit \
	format messages lock bench screenshots chromium
.DEFAULT_GOAL := help

help: ## print this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' Makefile

# --- Run -------------------------------------------------------------------------------------------------------------
demo: $(DEMO_LOCK) ## start the whole product with the demo company (PORT, VAR_DIR, DATABASE_URL, REDIS_URL)
	@exec $(PY) -m trainingsite.embedded demo

stop: $(DEMO_LOCK) ## stop embedded servers that were left running in VAR_DIR
	@$(PY) -m trainingsite.embedded stop

# --- Judge -----------------------------------------------------------------------------------------------------------
test: lint migrations-check messages-check deploy-check compose-check openapi-check unit ## everything that judges it

lint: $(DEV_LOCK) ## style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(WITH_SERVERS) $(BIN)/mypy
	$(BIN)/lint-imports

migrations-check: $(DEV_LOCK) ## models and migrations agree
	$(WITH_SERVERS) $(MANAGE) makemigrations --check --dry-run

messages-check: $(DEV_LOCK) ## every string of the interface is translated
	$(WITH_SERVERS) $(MANAGE) messages --check

deploy-check: $(DEV_LOCK) ## production settings pass Django's deployment check
	SECURE=true BEHIND_PROXY=true ALLOWED_HOSTS=academy.example BASE_URL=https://academy.example \
		SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
		$(WITH_SERVERS) env DEMO=false $(MANAGE) check --deploy --fail-level WARNING

compose-check: $(DEV_LOCK) ## docker-compose.yml follows the compose schema
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

openapi-check: $(DEV_LOCK) ## the OpenAPI document is complete and valid
	$(WITH_SERVERS) $(MANAGE) spectacular --validate --fail-on-warn --file $(VENV)/openapi.yaml

unit: $(DEV_LOCK) chromium ## unit, API and browser tests
	@$(WITH_SERVERS) $(MANAGE) messages --compile
	$(WITH_SERVERS) $(BIN)/pytest -n $(WORKERS) --dist loadfile

bench: $(DEV_LOCK) ## requests per second, p95, queries and CPU of the main pages with 10,000 people
	$(PY) -m tests.bench

# --- Write -----------------------------------------------------------------------------------------------------------
format: $(DEV_LOCK) ## put the code in its house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(DEV_LOCK) ## extract, derive and compile the translations
	$(WITH_SERVERS) $(MANAGE) messages

screenshots: $(DEV_LOCK) chromium ## take the pictures of docs/screenshots
	$(PY) -m tests.screenshots

lock: $(PY) ## resolve requirements/*.in anew into locks with hashes and no address
	$(PY) -m pip install --quiet uv
	cd requirements && for name in base demo dev; do \
		../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
			--no-emit-find-links --custom-compile-command 'make lock' $$name.in --output-file $$name.txt || exit 1; done

# --- The ground ------------------------------------------------------------------------------------------------------
$(PY):
	@$(BASE_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo 'Python 3.11 or newer is needed: install python3.11 with its venv module.'; exit 1; }
	@$(BASE_PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo 'Python cannot make a virtual environment: install python3.11-venv.'; exit 1; }

$(DEMO_LOCK): | $(PY)
	@echo 'Installing what the product runs on …'
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/demo.txt
	@touch $@

$(DEV_LOCK): | $(DEMO_LOCK)
	@echo 'Installing what judges it …'
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

chromium:
	@sh .ci/chromium
