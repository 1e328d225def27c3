# The images of Headrace. `make image` builds them; `make test-image` runs these very lines without a container engine.
#   --target flink  JobManager, TaskManager, SQL gateway and deployments, one role a container (the default)
#   --target train  the training environment
# DEVICE=gpu starts from Paddle's own CUDA image; everything after the base is the same. See docs/containers.md.
# (The linter sees no tag in base-${DEVICE}: that is a stage of this file, pinned below.)
ARG DEVICE=cpu
# Another name for the same image, where Docker Hub is reached through a mirror: --build-arg DEBIAN=…
ARG DEBIAN=debian:bookworm-20260824-slim@sha256:88200866dfff7ea7f5cbcb6ec7c8a701889efe6fe859fe64d6990e4b07ea4171

# hadolint ignore=DL3006
FROM ${DEBIAN} AS base-cpu

# Ubuntu 22.04. Its own Python and Paddle are of version 3.10 and stay unused; CUDA and cuDNN are what it is here for.
FROM paddlepaddle/paddle:3.3.1-gpu-cuda12.6-cudnn9.5 AS base-gpu

# --- what every stage of Flink shares: Java, Python, the libraries, the user
# hadolint ignore=DL3006
FROM base-${DEVICE} AS base
WORKDIR /opt/headrace
COPY scripts/image/packages.sh scripts/image/user.sh scripts/image/
RUN scripts/image/packages.sh runtime && scripts/image/user.sh

# --- compilers and caches stay here; each step is a layer that is built again only when its inputs change
FROM base AS build
ARG DEVICE
ARG PADDLE_GPU_WHEEL=""
ENV UV_LINK_MODE=copy
RUN scripts/image/packages.sh build
COPY scripts/setup.py scripts/
COPY pyproject.toml ./
COPY locks/bootstrap.txt locks/
RUN --mount=type=cache,target=/root/.cache/pip python3.11 scripts/setup.py --steps bootstrap
COPY locks/worker-cpu.txt locks/
RUN --mount=type=cache,target=/root/.cache/uv python3.11 scripts/setup.py --steps env --runtime --device "${DEVICE}"
COPY locks/jars.sha256 locks/
COPY flink/jars flink/jars
RUN --mount=type=cache,target=/root/.m2 python3.11 scripts/setup.py --steps jars
COPY flink/pom.xml flink/
COPY flink/src flink/src
RUN --mount=type=cache,target=/root/.m2 python3.11 scripts/setup.py --steps plugin
RUN python3.11 scripts/setup.py --steps flink

# --- the models, with weights that the repository only names
FROM build AS models
COPY headrace headrace
COPY models models
RUN --mount=type=cache,target=/root/.cache/pip python3.11 scripts/setup.py --steps ocr-weights

# --- the training environment
# hadolint ignore=DL3006
FROM base-${DEVICE} AS train-base
WORKDIR /opt/headrace
COPY scripts/image/packages.sh scripts/image/user.sh scripts/image/
RUN scripts/image/packages.sh train && scripts/image/user.sh

FROM train-base AS train-build
ARG DEVICE
ARG PADDLE_GPU_WHEEL=""
ENV UV_LINK_MODE=copy
COPY scripts/setup.py scripts/
COPY pyproject.toml ./
COPY locks/bootstrap.txt locks/train.txt locks/data.txt locks/
RUN --mount=type=cache,target=/root/.cache/pip python3.11 scripts/setup.py --steps bootstrap
RUN --mount=type=cache,target=/root/.cache/uv python3.11 scripts/setup.py --steps train-env --runtime --device "${DEVICE}"
RUN --mount=type=cache,target=/root/.cache/pip python3.11 scripts/setup.py --steps reviews

FROM train-base AS train
COPY --from=train-build /opt/headrace/.headrace/train-env .headrace/train-env
COPY --from=train-build /opt/headrace/.headrace/data .headrace/data
COPY headrace headrace
COPY models models
COPY train train
COPY LICENSE README.md pyproject.toml ./
ENV HOME=/tmp/headrace \
    OMP_NUM_THREADS=1 \
    PYTHONDONTWRITEBYTECODE=1
LABEL org.opencontainers.image.title="Headrace training" \
      org.opencontainers.image.licenses="Apache-2.0"
USER 10001:10001
ENTRYPOINT ["/usr/bin/tini", "--", "/opt/headrace/.headrace/train-env/bin/python", "-m"]
CMD ["train.sentiment"]

# --- Flink: the last stage is what a build without --target makes
FROM base AS flink
ARG DEVICE
COPY --from=build /opt/headrace/.headrace/env .headrace/env
COPY --from=build /opt/headrace/.headrace/jars/lib .headrace/jars/lib
COPY --from=build /opt/headrace/.headrace/jars/s3 .headrace/jars/s3
COPY --from=build /opt/headrace/.headrace/build/flink/headrace-flink.jar .headrace/build/flink/
COPY --from=build /opt/headrace/.headrace/flink .headrace/flink
COPY LICENSE README.md pyproject.toml ./
COPY flink/conf flink/conf
COPY scripts/container scripts/container
COPY scripts/image/compile.sh scripts/image/
COPY headrace headrace
COPY udf udf
RUN scripts/image/compile.sh
COPY catalog catalog
COPY sql sql
COPY --from=models /opt/headrace/models models
ENV HOME=/tmp/headrace \
    HEADRACE_BIND_HOST=0.0.0.0 \
    HEADRACE_LOG_FORMAT=json \
    HEADRACE_MODEL_CACHE=/tmp/headrace/models \
    HEADRACE_MODEL_DEVICE=${DEVICE} \
    HEADRACE_RUN_FOLDER=/tmp/headrace \
    HEADRACE_STATE=/var/lib/headrace \
    PADDLE_PDX_CACHE_HOME=/tmp/headrace/paddlex \
    PATH=/opt/headrace/.headrace/env/bin:${PATH}
ARG VERSION=""
ARG REVISION=""
ARG CREATED=""
ARG MODELS=""
RUN headrace image record image.json --device "${DEVICE}" --revision "${REVISION}" --created "${CREATED}"
LABEL org.opencontainers.image.title="Headrace" \
      org.opencontainers.image.description="Real-time features for Chinese text and documents: plain Flink SQL, Paddle models, results in Redis" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      io.headrace.models="${MODELS}" \
      io.headrace.device="${DEVICE}"
VOLUME /var/lib/headrace
# REST and web page, rpc, blobs; a TaskManager's rpc and data; SQL gateway; metrics
EXPOSE 8081 6123 6124 6122 6121 8083 9249
USER 10001:10001
HEALTHCHECK --interval=10s --timeout=6s --start-period=300s --retries=3 \
    CMD ["/opt/headrace/.headrace/env/bin/python", "-S", "/opt/headrace/headrace/container/health.py", "--ready"]
ENTRYPOINT ["/opt/headrace/scripts/container/entrypoint.sh"]
CMD ["jobmanager"]
