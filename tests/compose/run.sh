#!/bin/sh
# make test-compose: run.sh PYTHON BIN; with STAND_INS=1, without Docker Hub (tests/compose/stand_ins).
set -eu

python=$1
bin=$2
home=${HEADRACE_HOME:-.headrace}
if ! { docker compose version && docker buildx version; } > /dev/null 2>&1; then
  "$python" scripts/setup_checks.py --docker
  DOCKER_CONFIG=$(realpath "$home/check-tools/docker")
  export DOCKER_CONFIG
fi
if [ -n "${STAND_INS:-}" ]; then
  "$python" scripts/setup_checks.py
  "$bin/python" -m tests.compose.stand_ins
  export DEBIAN=headrace-stand-in-debian
fi
scripts/image/build.sh "$bin/headrace"
exec "$bin/python" -m pytest tests/compose
