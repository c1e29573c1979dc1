# Mostrador without a window, for a machine that runs by itself. See docs/headless.md.
#   docker build -t mostrador .                            without a browser: Telegram, test chat
#   docker build -t mostrador --build-arg CHROMIUM=1 .     with Chromium, for WhatsApp

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No package's own scripts run: the natives come as they are published, and Electron is not fetched.
RUN npm ci --ignore-scripts
COPY . .
RUN node node_modules/vite/bin/vite.js build --app && npm prune --omit=dev --ignore-scripts

FROM node:24-slim
ARG CHROMIUM=0
RUN if [ "$CHROMIUM" = "1" ]; then \
      apt-get update && apt-get install -y --no-install-recommends chromium && rm -rf /var/lib/apt/lists/*; \
    fi
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/out out
COPY --from=build /app/resources resources
COPY --from=build /app/models models
ENV NODE_ENV=production MOSTRADOR_DATA=/data MOSTRADOR_LOG=stdout
RUN mkdir /data && chown node:node /data && chmod 700 /data
USER node
VOLUME /data
EXPOSE 4781
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4780/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "out/main/headless/main.js"]
CMD ["--port", "4780", "--lan", "--no-open"]
