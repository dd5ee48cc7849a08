# The API with its model inside, and the trainer:
#
#   docker build --build-arg MODEL_NAME=svm --build-arg VERSION=0.2.0 -t mlops-server:0.2.0 .
#
# MODEL_NAME: rf, gbt, svm or logreg. DATASET: iris or churn. The model is trained here, so that nothing has to be mounted.

# --- What is installed: the same lines in every Dockerfile, so that it is made once for all images. A test compares them.
FROM node:24-bookworm-slim AS manifests
WORKDIR /src
RUN --mount=type=bind,target=/context cd /context && cp --parents package.json package-lock.json .npmrc */*/package.json /src

# Copied by content: the layer below is made again when a package.json or the lock has changed, whatever else has.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /src
COPY --from=manifests /src ./
# Not the root's tools, which are two thirds; and no scripts: what is needed here has none.
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --workspace @iris/api --workspace @iris/trainer --workspace @iris/web \
      --workspace @iris/mcp-server --workspace @iris/agent
# ---

FROM dependencies AS build
COPY tsconfig.base.json ./
COPY scripts/bundle.ts scripts/
COPY packages packages
COPY apps/trainer apps/trainer
COPY apps/api apps/api
RUN npm run build --workspace @iris/trainer --workspace @iris/api

FROM build AS notices
COPY scripts/images scripts/images
RUN npm sbom --package-lock-only --sbom-format=cyclonedx > sbom.json && node scripts/images/third-party.ts --sbom sbom.json --out /notices \
    --metafile apps/api/dist/server.js.meta.json --metafile apps/api/dist/migrate.js.meta.json --metafile apps/api/dist/replay.js.meta.json --metafile apps/api/dist/drift.js.meta.json \
    --metafile apps/api/dist/retain.js.meta.json --metafile apps/api/dist/erase.js.meta.json \
    --metafile apps/trainer/dist/trainer.js.meta.json --metafile apps/trainer/dist/registry.js.meta.json --metafile apps/trainer/dist/retrain.js.meta.json \
    --package node_modules/@fastify/swagger-ui

FROM node:24-bookworm-slim AS model
WORKDIR /app
COPY --from=build /src/apps/trainer/dist/package.json /src/apps/trainer/dist/trainer.js /src/apps/trainer/dist/forest-thread.js ./
ARG MODEL_NAME=rf
ARG VERSION=0.1.0
ARG DATASET=iris
RUN node trainer.js --dataset "$DATASET" --model "$MODEL_NAME" --version "$VERSION" --evaluate holdout --out models/model.json || \
    { echo 'Build arguments: MODEL_NAME is --model, VERSION --version, DATASET --dataset.' >&2; exit 1; }

FROM node:24-bookworm-slim
WORKDIR /app
# For a volume, which takes over whose it is: predictions that wait for the database. Group 0 is what a cluster that chooses the user gives it.
RUN install -d -o 10001 -g 0 -m 775 spool
COPY LICENSE ./
COPY --from=notices /notices ./
# Without their maps, which are four times as large as the code and which nothing here reads.
COPY --from=build /src/apps/api/dist/static static
COPY --from=build /src/apps/trainer/dist/trainer.js /src/apps/trainer/dist/registry.js /src/apps/trainer/dist/retrain.js /src/apps/trainer/dist/forest-thread.js ./
COPY --from=build /src/apps/api/dist/package.json /src/apps/api/dist/server.js /src/apps/api/dist/explain-worker.js /src/apps/api/dist/change-worker.js \
     /src/apps/api/dist/tracing-sdk.js \
     /src/apps/api/dist/migrate.js /src/apps/api/dist/replay.js /src/apps/api/dist/drift.js \
     /src/apps/api/dist/retain.js /src/apps/api/dist/erase.js ./
COPY --from=model /app/models models
ENV NODE_ENV=production MODEL_DIR=/app/models
# Memory that has been let go of goes back to the system: large buffers lie on pages of their own, and threads share two heaps. Without it an API whose
# clients send large bodies keeps 20 MiB more, of 128.
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=16384 MALLOC_TRIM_THRESHOLD_=131072
# A number, so that Kubernetes can tell that it is not root; above the ids that machines give to people. Nothing is written.
USER 10001:10001
EXPOSE 8000
# Not by Node, which would take 14 MiB of the limit and a tenth of a second of the processor each time.
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${PORT:-8000} && printf 'GET /ready HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
# node itself is process 1 and gets the signals. The first two flags are for speed; the third bounds the heap of a pod with a limit of 128 MiB,
# which a hundred batches at once would fill (README.md, Images).
CMD ["node", "--max-semi-space-size=4", "--heap-growing-percent=20", "--max-old-space-size=64", "server.js"]

ARG VERSION=0.1.0
ARG REVISION=unknown
ENV BUILD=$REVISION
LABEL org.opencontainers.image.title="Iris API" \
      org.opencontainers.image.description="Serves a trained model over HTTP on port 8000; trainer.js trains one, retrain.js trains it again, registry.js looks after those of a registry." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.base.name="node:24-bookworm-slim"
