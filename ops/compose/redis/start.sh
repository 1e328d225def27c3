#!/bin/sh
# Starts Redis with the password of a file: over standard input it is in no command line and no environment. In the place
# of this shell, so that the container's signals reach it.
set -eu
folder=$(dirname "$0")
exec redis-server "$@" - <<CONFIGURATION
$(cat "$folder/redis.conf")
requirepass $(cat "${REDIS_PASSWORD_FILE:-/run/secrets/redis-password}")
CONFIGURATION
