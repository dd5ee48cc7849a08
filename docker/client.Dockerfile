# The web client:
#
#   docker build -f docker/client.Dockerfile -t mlops-client:latest .

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
COPY scripts/client scripts/client
COPY packages packages
COPY apps/web apps/web
# The build emits the worker's source too, beside the script that is made of it.
RUN --mount=type=cache,target=/src/apps/web/.next/cache npm run build --workspace @iris/web && \
    find apps/web/.next/standalone \( -name '*.map' -o -path '*/static/media/*.ts' \) -delete

FROM build AS notices
COPY scripts/images scripts/images
RUN npm sbom --package-lock-only --sbom-format=cyclonedx > sbom.json && node scripts/images/third-party.ts --sbom sbom.json --out /notices \
    --metafile apps/web/.next/standalone/apps/web/launch/main.js.meta.json --workspace apps/web

FROM node:24-bookworm-slim
WORKDIR /app
COPY LICENSE ./
COPY --from=notices /notices ./
COPY --from=build /src/apps/web/.next/standalone/node_modules node_modules
COPY --from=build /src/apps/web/.next/standalone/apps apps
ENV NODE_ENV=production
# Memory that has been let go of goes back to the system: large buffers lie on pages of their own, and threads share two heaps. Without it an API whose
# clients send large bodies keeps 20 MiB more, of 128.
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=16384 MALLOC_TRIM_THRESHOLD_=131072
# A number, so that Kubernetes can tell that it is not root; above the ids that machines give to people.
USER 10001:10001
EXPOSE 8501
# Not by Node, which would take 14 MiB of the limit and a tenth of a second of the processor each time.
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${PORT:-8501} && printf 'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
# node itself is process 1 and gets the signals; the flags keep its memory bounded (scripts/client/build.ts).
CMD ["node", "--max-old-space-size=96", "--max-semi-space-size=1", "apps/web/launch/main.js"]

ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Iris web client" \
      org.opencontainers.image.description="Predict, see and compare what the API at API_URL answers, on port 8501." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.base.name="node:24-bookworm-slim"
