# Every target sets up what it needs; `make help` lists them.
PYTHON ?= python3.11
HOME_FOLDER := $(or $(HEADRACE_HOME),.headrace)
BIN := $(HOME_FOLDER)/env/bin
# Where `up`, `deploy`, `status` and the like go: local, compose (docker-compose.yml) or k8s (ops/k8s/).
STACK ?= local
HEADRACE_AT_local := $(BIN)/headrace
# The service, and the image's role. Without what it depends on: Compose would make containers anew whose image or settings
# have changed, and all jobs would end with a JobManager, when somebody only asks how they are.
HEADRACE_AT_compose := docker compose run --rm --no-deps deploy deploy
HEADRACE_AT_k8s := ops/k8s/headrace.sh
HEADRACE := $(or $(HEADRACE_AT_$(STACK)),$(error STACK=$(STACK): there is no such stack. Name local, compose or k8s))
# A stack in containers brings its own environment.
SETUP := $(if $(filter local,$(STACK)),setup)
OVERLAY ?= minimal
CHECKS := $(HOME_FOLDER)/check-env/bin/python -m ops
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

up: $(SETUP) ## start the stack: Kafka, Redis, Flink (STACK=compose|k8s; with compose, MONITORING=1)
	@$(UP_$(STACK))

UP_local = $(HEADRACE) up
UP_compose = ops/compose/make-secrets.sh && docker compose $(if $(MONITORING),--profile monitoring) up --detach --wait
UP_k8s = kubectl apply --kustomize ops/k8s/overlays/$(OVERLAY)

down: ## stop the stack; its data stay
	@$(DOWN_$(STACK))

DOWN_local = $(HEADRACE) down
DOWN_compose = docker compose --profile monitoring down
# Deployed jobs go with it: `make undeploy STACK=k8s` first, so that the next deployment goes on where they stopped.
DOWN_k8s = kubectl --namespace headrace delete flinkdeployment/headrace deployment/sql-gateway

status: ## show the stack's processes and the deployed jobs
	@$(HEADRACE) status

plan: $(SETUP) ## show what a deployment would do; touches nothing
	@$(HEADRACE) plan

deploy: $(SETUP) ## make the stack run what catalog/ and sql/ say
	@$(HEADRACE) deploy

rollback: $(SETUP) ## return a job to its previous deployment: make rollback JOB=comments
	@$(HEADRACE) rollback $(or $(JOB),$(error JOB is not given: make rollback JOB=comments))

undeploy: ## stop the jobs; the next deploy goes on where they stopped
	@$(HEADRACE) undeploy

sql: $(SETUP) ## open a session of Flink's own SQL client on the stack (the shell for analysts: headrace sql)
	@$(HEADRACE) sql-client

demo: setup ## replay real reviews and show their features (KEEP=1 leaves the stack up)
	@$(DEMO_$(STACK)) $(if $(KEEP),--keep)

DEMO_local = $(HEADRACE) demo
DEMO_compose = docker compose run --rm --no-deps demo deploy demo
DEMO_k8s = $(error make demo: the demo has no room for a cluster in Kubernetes; deploy there, and look with STACK=k8s make status)

demo-invoices: ## replay rendered invoices and cards, show verdicts, fields and a report (KEEP=1 leaves the stack up)
	@$(PYTHON) scripts/setup.py --documents
	@$(HEADRACE) demo-invoices $(if $(KEEP),--keep) $(if $(DOCUMENTS),--documents $(DOCUMENTS))

test: test-connector ## run all tests, on real components
	@$(PYTHON) scripts/setup.py --documents
	@$(BIN)/python -m pytest --numprocesses=2 --dist=loadfile --no-loadscope-reorder tests/sql tests/unit
	@$(BIN)/python -m pytest tests/stack

test-connector: setup ## run the plug-in's tests, on real Redis servers, and show what became of each fault
	@rm -f $(FAULT_TABLE) $(FAULT_TABLE:.txt=.json)
	@$(MAVEN) test; status=$$?; cat $(FAULT_TABLE); exit $$status

image: setup ## build the container image with docker or podman (DEVICE=gpu: on Paddle's CUDA image; TARGET=train)
	@DEVICE=$(or $(DEVICE),cpu) TARGET=$(or $(TARGET),flink) scripts/image/build.sh $(HEADRACE)

test-image: setup ## follow the Dockerfile in a clean Debian, without a container engine, and run a stack there (as root)
	@$(PYTHON) scripts/setup.py --debootstrap
	@unshare --mount --propagation private $(BIN)/python -m headrace.testing.container flink train
	@unshare --mount --propagation private --net $(BIN)/python -m pytest tests/image

test-compose: setup ## build the image and run docker-compose.yml on a container engine (STAND_INS=1: without Docker Hub)
	@STAND_INS=$(STAND_INS) tests/compose/run.sh $(PYTHON) $(BIN)

test-k8s: setup ## apply ops/k8s/ to a real Kubernetes without nodes, and see what it admits (builds it once, minutes)
	@$(PYTHON) scripts/setup_checks.py --kubernetes
	@$(BIN)/python -m pytest tests/k8s

lint: setup ## check the SQL of catalog/ and sql/ (FIX=1 mends what is safe)
	@$(HEADRACE) lint $(if $(FIX),--fix)

check: setup lint check-containers ## linters, formatters, types, containers and clusters; changes nothing
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(MAVEN) spotless:check

setup-checks:
	@$(PYTHON) scripts/setup_checks.py

check-containers: setup-checks ## check Dockerfile, Compose, Kubernetes, monitoring and CI, each with its own tool
	@$(CHECKS).checks

sbom: setup setup-checks ## write what the images are made of, as CycloneDX, into .headrace/sbom/
	@$(CHECKS).supply.sbom

audit: setup-checks ## look for known vulnerabilities in everything that the locks name (needs the network)
	@$(CHECKS).supply.audit

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

bench-ocr: setup ## measure reading documents: the SQL pipeline against bare loops, and latency at one image a second
	@$(PYTHON) scripts/setup.py --documents
	@$(BIN)/python -m bench.ocr

bench-ocr-memory: setup ## measure the memory of an OCR worker over 1,000 images of mixed sizes
	@$(BIN)/headrace model fetch ocr
	@$(BIN)/python -m bench.ocr_memory --count $(or $(COUNT),1000)

bench-dialect: setup ## measure the Flink dialect against Flink's own parser: share of statements unchanged, statements/s
	@$(BIN)/python -m bench.dialect
