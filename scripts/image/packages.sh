#!/bin/sh
# Debian packages of an image: `packages.sh runtime` what its containers need, `packages.sh build` what its build needs.
# Run as root, in an image's build and in the test of it. Leaves no list and no package file behind.
set -eu

case "${1:-}" in
  # libgl1, libglib2.0-0: PaddleOCR's OpenCV. libgomp1: Paddle. tini: the first process of a container.
  runtime) packages="ca-certificates libgl1 libglib2.0-0 libgomp1 openjdk-17-jre-headless python3.11 tini" ;;
  build) packages="maven openjdk-17-jdk-headless python3.11-venv" ;;
  train) packages="ca-certificates libgl1 libglib2.0-0 libgomp1 make python3.11 python3.11-venv tini" ;;
  *)
    echo "packages.sh ${1:-}: there is no such set of packages. Name runtime, build or train." >&2
    exit 2
    ;;
esac

# The slim image has no folder for manual pages, and Java's package links into it.
mkdir -p /usr/share/man/man1

export DEBIAN_FRONTEND=noninteractive
apt-get update
# The words are one package each.
# shellcheck disable=SC2086
apt-get install --yes --no-install-recommends $packages
apt-get clean
rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log /var/log/alternatives.log
