#!/bin/sh
# Exit status 0 when Redis answers and has read its file.
set -eu
REDISCLI_AUTH=$(cat "${REDIS_PASSWORD_FILE:-/run/secrets/redis-password}")
export REDISCLI_AUTH
[ "$(redis-cli "$@" ping)" = PONG ]
