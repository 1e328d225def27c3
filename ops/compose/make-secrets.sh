#!/usr/bin/env bash
# Makes the secrets of docker-compose.yml that are not there yet. The folder is its owner's alone; the files can be read
# by the containers' users, into whose file systems Compose binds them one by one.
set -euo pipefail
folder=${1:-$(dirname "$0")/secrets}
mkdir -p "$folder"
chmod 700 "$folder"
make_secret() {
  [ -e "$folder/$1" ] || { printf '%s' "$2" > "$folder/$1"; chmod 444 "$folder/$1"; }
}
random() { head -c 24 /dev/urandom | base64 | tr '+/' '-_'; }
make_secret redis-password "$(random)"
make_secret grafana-password "$(random)"
# Yours, where Alertmanager shall send: empty means that nobody is told.
make_secret dingtalk-url ''
make_secret wecom-url ''
make_secret smtp-password ''
