# Every target sets up what it needs; `make help` lists them.
PYTHON ?= python3.11
HOME_FOLDER := $(or $(HEADRACE_HOME),.headrace)
BIN := $(HOME_FOLDER)/env/bin
HEADRACE := $(BIN)/headrace
MAVEN := mvn --batch-mode --quiet -Dheadrace.home=$(abspath $(HOME_FOLDER)) -f flink/pom.xml
FAULT_TABLE := $(HOME_FOLDER)/build/flink/fault-table.txt
export PYTHONPYCACHEPREFIX := $(abspath $(HOME_FOLDER))/cache/python

.DEFAULT_GOAL := help
# No target is a file.
.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*/\1/p' $(firstword $(MAKEFILE_LIST)))

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install everything that is needed, once (the other targets do it too)
	@$(PYTHON) scripts/setup.py

up: setup ## start the local stack: Kafka, Redis, Flink
	@$(HEADRACE) up

down: ## stop the local stack; its data stay
	@$(HEADRACE) down

status: ## show the stack's processes and the deployed jobs
	@$(HEADRACE) status

plan: setup ## show what a deployment would do; touches nothing
	@$(HEADRACE) plan

deploy: setup ## make the stack run what catalog/ and sql/ say
	@$(HEADRACE) deploy

rollback: setup ## return a job to its previous deployment: make rollback JOB=comments
	@$(HEADRACE) rollback $(or $(JOB),$(error JOB is not given: make rollback JOB=comments))

undeploy: ## stop the jobs; the next deploy goes on where they stopped
	@$(HEADRACE) undeploy

sql: setup ## open a session of Flink's own SQL client on the stack (the shell for analysts: headrace sql)
	@$(HEADRACE) sql-client

demo: setup ## replay real reviews and show their features (KEEP=1 leaves the stack up)
	@$(HEADRACE) demo $(if $(KEEP),--keep)

demo-invoices: ## replay rendered invoices and cards, show verdicts, fields and a report (KEEP=1 leaves the stack up)
	@$(PYTHON) scripts/setup.py --documents
	@$(HEADRACE) demo-invoices $(if $(KEEP),--keep) $(if $(DOCUMENTS),--documents $(DOCUMENTS))

test: test-connector ## run all tests, on real components
	@$(PYTHON) scripts/setup.py --documents
	@$(BIN)/python -m pytest

test-connector: setup ## run the plug-in's tests, on real Redis servers, and show what became of each fault
	@rm -f $(FAULT_TABLE)
	@$(MAVEN) test; status=$$?; cat $(FAULT_TABLE); exit $$status

lint: setup ## check the SQL of catalog/ and sql/ (FIX=1 mends what is safe)
	@$(HEADRACE) lint $(if $(FIX),--fix)

check: setup lint ## linters, formatters, types; changes nothing
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(MAVEN) spotless:check

format: setup ## format Python and Java
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format
	@$(MAVEN) spotless:apply

docs: setup ## write the linter's rules and the Redis connector's options into their pages
	@$(BIN)/python -m headrace.flinksql.lint.page
	@$(MAVEN) -Dtest=RedisPageTest -Dheadrace.docs.write=true test

reserved-words: setup ## ask Flink's parser for its reserved words and write them into the dialect
	@$(BIN)/python -m headrace.testing.reserved_words

train-sentiment: ## train the n-gram models `sentiment` 3 and 1 again, beside other candidates
	@$(PYTHON) scripts/setup.py --train
	@$(HOME_FOLDER)/train-env/bin/python -m train.sentiment

train-ernie: ## train the ERNIE of model `sentiment` from scratch (RESUME=1 goes on; FROM=… fine-tunes; PUBLISH=1)
	@$(PYTHON) scripts/setup.py --train
	@$(HOME_FOLDER)/train-env/bin/python -m train.ernie train $(if $(RESUME),--resume,--fresh) \
		$(if $(FROM),--from $(FROM)) $(if $(VERSION),--version $(VERSION)) $(if $(PUBLISH),--publish)

test-train: ## run the tests of the training, in its own environment
	@$(PYTHON) scripts/setup.py --train
	@OMP_NUM_THREADS=1 $(HOME_FOLDER)/train-env/bin/python -m pytest --disable-warnings --confcutdir tests/train tests/train

bench-model: setup ## measure what Flink costs the models, against a bare loop and PaddleNLP
	@$(PYTHON) scripts/setup.py --train
	@$(BIN)/python -m bench.model

bench-worker-start: setup ## measure what warm Python workers gain: a query, a recovery, memory
	@$(BIN)/python -m bench.worker_start

bench-swap: setup ## measure what a hot swap of a model costs the rows that arrive meanwhile
	@$(BIN)/python -m bench.swap

bench-redis: setup ## measure the Redis connector against a loop written by hand
	@$(MAVEN) --offline test-compile
	@$(BIN)/python -m bench.redis_connector

bench-shell: setup ## measure how long a query with a model takes to its first row, in the shell and in Flink's client
	@$(BIN)/python -m bench.shell_first_row

bench-ocr-memory: setup ## measure the memory of an OCR worker over 1,000 images of mixed sizes
	@$(BIN)/headrace model fetch ocr
	@$(BIN)/python -m bench.ocr_memory --count $(or $(COUNT),1000)

bench-dialect: setup ## measure the Flink dialect against Flink's own parser: share of statements unchanged, statements/s
	@$(BIN)/python -m bench.dialect
