#!/usr/bin/env bash
# `headrace WORDS …` in the cluster that kubectl points to: a deployment as a Job, so that it ends in order even when this
# connection does not last; all else beside the SQL gateway.
set -euo pipefail
if [ "${1:-}" = deploy ] && [ $# = 1 ]; then
  exec "$(dirname "$0")/deploy.sh"
fi
terminal=()
[ -t 0 ] && terminal=(--stdin --tty)
exec kubectl --namespace headrace exec "${terminal[@]}" deployment/sql-gateway -- headrace "$@"
