# Builds from a clean checkout: dependencies and native modules in the first stage, what runs in the second.
FROM node:20-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY scripts ./scripts
COPY test/support ./test/support
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:20-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production INDEX_DIR=/data/index DATA_DIR=/data/ledger
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
COPY embeddings/model ./embeddings/model
COPY reports ./reports
# Volumes take over the owner of the folders that they cover.
RUN mkdir -p /data/index /data/ledger && chown -R node:node /data
USER node
VOLUME /data
CMD ["node", "--optimize-for-size", "dist/scripts/start.js"]
