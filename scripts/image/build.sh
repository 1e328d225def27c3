#!/bin/sh
# Builds the image with docker or podman: build.sh HEADRACE-COMMAND; DEVICE and TARGET from the environment.
# For DEVICE=gpu, PADDLE_GPU_WHEEL names Paddle's wheel for Python 3.11, with #sha256=… (docs/containers.md).
set -eu

headrace=$1
device=${DEVICE:-cpu}
target=${TARGET:-flink}
engine=$(command -v docker || command -v podman) || {
  echo "PATH: there is no docker and no podman. Install one; make test-image needs neither." >&2
  exit 1
}
label() { "$headrace" image labels --device "$device" | sed -n "s/^$1=//p"; }
tag="headrace:$("$headrace" image tag --device "$device")"
[ "$target" = flink ] || tag="$tag-$target"

"$engine" build --target "$target" --tag "$tag" \
  --build-arg "DEVICE=$device" \
  --build-arg "PADDLE_GPU_WHEEL=${PADDLE_GPU_WHEEL:-}" \
  --build-arg "VERSION=$(label org.opencontainers.image.version)" \
  --build-arg "REVISION=$(label org.opencontainers.image.revision)" \
  --build-arg "CREATED=$(label org.opencontainers.image.created)" \
  --build-arg "MODELS=$(label io.headrace.models)" \
  .
echo "image: $tag"
