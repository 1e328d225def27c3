#!/bin/sh
# The user of an image's containers: a fixed number, so that volumes keep their owner, no shell, no password.
set -eu

groupadd --gid 10001 headrace
useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp/headrace --shell /usr/sbin/nologin headrace
# A named volume takes the owner of the folder that it is mounted on.
install --directory --owner headrace --group headrace --mode 750 /var/lib/headrace
