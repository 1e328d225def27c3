#!/bin/sh
# Starts Redis with the password of a file: over standard input it is in no command line and no environment.
set -eu
folder=$(dirname "$0")
{ cat "$folder/redis.conf"; printf 'requirepass %s\n' "$(cat "${REDIS_PASSWORD_FILE:-/run/secrets/redis-password}")"; } |
  exec redis-server "$@" -
