# An image with the command line and without a shell, for runners without Node.js. Build it with: docker build --tag cdb-lint .
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && rm -f dist/action.js

FROM gcr.io/distroless/nodejs24-debian12:nonroot
WORKDIR /repository
COPY --from=build /build/dist /cdb-lint/dist
COPY --from=build /build/package.json /cdb-lint/package.json
# 65532 is the user nonroot in distroless. Mount the repository at /repository; it can be read-only.
USER 65532:65532
ENTRYPOINT ["/nodejs/bin/node", "/cdb-lint/dist/cli.js"]
CMD ["."]
