#!/bin/sh
# The entry point of the image: entrypoint.sh ROLE [ARGUMENTS of its program]
# tini is the first process: it passes signals on and clears away what ended. Then headrace/container/entry.py.
set -eu

role=${1:?"name a role: jobmanager, taskmanager, sql-gateway or deploy"}
shift
export PYTHONPATH=/opt/headrace
exec /usr/bin/tini -- /opt/headrace/.headrace/env/bin/python -S -m headrace.container.entry "$role" "$@"
