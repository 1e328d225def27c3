#!/bin/sh
# Compiles the project's own Python: an image's files cannot be written to later.
set -eu

cd /opt/headrace
.headrace/env/bin/python -m compileall -q headrace udf
