# The first stage installs a clean checkout, the second takes what runs. Debian, since onnxruntime 1.14 has no binary for musl.
FROM node:24-bookworm AS build
WORKDIR /app
# What seldom changes comes first. The sources must be there before npm ci, which builds them (`prepare`).
COPY package.json package-lock.json .npmrc tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY src ./src
# Some 200 MB of the packages never run on one platform: scripts/trim/modules.ts lists them, each with its reason.
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev && node dist/scripts/trim-modules.js

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production INDEX_DIR=/data/index DATA_DIR=/data/ledger
# The only folders that are written to. Volumes take over the owner of the folders that they cover.
RUN mkdir -p /data/index /data/ledger && chown -R node:node /data
COPY embeddings/model ./embeddings/model
COPY embeddings/dictionary ./embeddings/dictionary
COPY --from=build /app/node_modules ./node_modules
COPY reports ./reports
COPY package.json LICENSE NOTICE ./
COPY scripts/verbatim.cjs scripts/run.cjs ./scripts/
COPY --from=build /app/dist ./dist
USER node
VOLUME /data
# No HEALTHCHECK: from outside, nothing shows yet whether the bot answers.
STOPSIGNAL SIGTERM
CMD ["node", "--optimize-for-size", "scripts/verbatim.cjs", "start"]
