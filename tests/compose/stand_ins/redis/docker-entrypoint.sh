#!/bin/sh
# Options alone are Redis' own; its files are its user's alone.
set -eu
case "${1-}" in
  -* | *.conf) set -- redis-server "$@" ;;
esac
umask 0077
exec "$@"
