# The MCP server:
#
#   docker build -f docker/mcp-server.Dockerfile -t mcp-server:latest .

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
COPY apps/mcp-server apps/mcp-server
RUN npm run build --workspace @iris/mcp-server

FROM build AS notices
COPY scripts/images scripts/images
RUN npm sbom --package-lock-only --sbom-format=cyclonedx > sbom.json && node scripts/images/third-party.ts --sbom sbom.json --out /notices \
    --metafile apps/mcp-server/dist/server.js.meta.json --metafile apps/mcp-server/dist/stdio.js.meta.json

FROM node:24-bookworm-slim
WORKDIR /app
COPY LICENSE ./
COPY --from=notices /notices ./
COPY --from=build /src/apps/mcp-server/dist/package.json /src/apps/mcp-server/dist/server.js /src/apps/mcp-server/dist/stdio.js \
     /src/apps/mcp-server/dist/tracing-sdk.js ./
ENV NODE_ENV=production PORT=8000
# Memory that has been let go of goes back to the system: large buffers lie on pages of their own, and threads share two heaps. Without it an API whose
# clients send large bodies keeps 20 MiB more, of 128.
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=16384 MALLOC_TRIM_THRESHOLD_=131072
# A number, so that Kubernetes can tell that it is not root; above the ids that machines give to people. Nothing is written.
USER 10001:10001
EXPOSE 8000
# Not by Node, which would take 14 MiB of the limit and a tenth of a second of the processor each time.
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${PORT:-8000} && printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
# node itself is process 1 and gets the signals; the flags bound its memory, which would grow to twice the pod's limit with garbage.
CMD ["node", "--max-old-space-size=64", "--max-semi-space-size=4", "server.js"]

ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Iris MCP server" \
      org.opencontainers.image.description="The API at API_URL as tools for AI applications: /mcp and /sse on port 8000, stdio.js for desktop applications." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.base.name="node:24-bookworm-slim"
