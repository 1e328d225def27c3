#!/bin/sh
# The entry point of the image: entrypoint.sh ROLE [ARGUMENTS of its program]
# tini is the first process: it passes signals on and clears away what ended.
set -eu

role=${1:?"name a role: jobmanager, taskmanager, sql-gateway or deploy"}
shift
exec /usr/bin/tini -- /opt/headrace/.headrace/env/bin/headrace container "$role" -- "$@"
