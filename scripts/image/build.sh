#!/bin/sh
# Builds the image with docker or podman: build.sh HEADRACE-COMMAND; DEVICE and TARGET from the environment.
# DEBIAN names the CPU's base image, where it is not to be Docker Hub's.
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

# The build's caches are BuildKit's; Docker before 23 asks for it by name.
export DOCKER_BUILDKIT=1
"$engine" build --target "$target" --tag "$tag" \
  --build-arg "DEVICE=$device" ${DEBIAN:+--build-arg "DEBIAN=$DEBIAN"} \
  --build-arg "PADDLE_GPU_WHEEL=${PADDLE_GPU_WHEEL:-}" \
  --build-arg "VERSION=$(label org.opencontainers.image.version)" \
  --build-arg "REVISION=$(label org.opencontainers.image.revision)" \
  --build-arg "CREATED=$(label org.opencontainers.image.created)" \
  --build-arg "MODELS=$(label io.headrace.models)" \
  .
echo "image: $tag"
