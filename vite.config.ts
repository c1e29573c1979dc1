import { globSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import mantine from 'postcss-preset-mantine'
import { defineConfig, type Plugin } from 'vite'

const inRoot = (path: string) => join(import.meta.dirname, path)

/** What the app starts by itself: the hosts, and every file that runs in a thread or process of its own. */
function mainEntries(): Record<string, string> {
  const hosts = ['main/electron/main.ts', 'main/headless/main.ts', 'main/cli/main.ts']
  const apart = globSync('main/**/*{-worker,.worker,/worker,-process}.ts', { cwd: import.meta.dirname })
  const name = (file: string) => file.replaceAll('\\', '/').replace(/^main\/|\.ts$/g, '')
  return Object.fromEntries([...hosts, ...apart].map((file) => [name(file), inRoot(file)]))
}

const workerUrl = /(new URL\(\s*['"]\.[^'"]*)\.ts(['"]\s*,\s*import\.meta\.url)/g

/** `new URL('./x-worker.ts', import.meta.url)` names the built file once it is built. */
function builtWorkerUrls(): Plugin {
  return {
    name: 'built-worker-urls',
    apply: 'build',
    applyToEnvironment: (environment) => environment.name === 'main',
    // The replacement is as long as what it replaces, so positions stay: `map: null` keeps the map.
    transform: (code) =>
      code.includes('import.meta.url') ? { code: code.replaceAll(workerUrl, '$1.js$2'), map: null } : null,
  }
}

/**
 * One build for everything (`vite build --app`). The desk: everything it loads is a file of its own (no inline
 * script), so that a strict CSP holds. The main process: plain ES modules for Node that mirror the sources, every
 * package left outside. The preload: one CommonJS file.
 */
export default defineConfig({
  root: inRoot('renderer'),
  base: './',
  plugins: [react(), builtWorkerUrls()],
  css: { postcss: { plugins: [mantine()] } },
  environments: {
    client: {
      build: {
        outDir: inRoot('out/renderer'),
        emptyOutDir: true,
        target: 'es2023',
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 900,
      },
    },
    main: {
      consumer: 'server',
      resolve: { external: true, noExternal: [] },
      build: {
        ssr: true,
        outDir: inRoot('out/main'),
        emptyOutDir: true,
        copyPublicDir: false,
        target: 'node24',
        minify: false,
        sourcemap: true,
        rollupOptions: {
          input: mainEntries(),
          output: {
            format: 'es',
            entryFileNames: '[name].js',
            preserveModules: true,
            preserveModulesRoot: inRoot('main'),
          },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { external: ['electron'], noExternal: true },
      build: {
        ssr: true,
        outDir: inRoot('out/preload'),
        emptyOutDir: true,
        copyPublicDir: false,
        // A sandboxed preload is one CommonJS file.
        target: 'chrome140',
        minify: false,
        rollupOptions: {
          input: { index: inRoot('preload/index.ts') },
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
  builder: {
    buildApp: async (builder) => {
      for (const name of ['client', 'main', 'preload'] as const) {
        const environment = builder.environments[name]
        if (environment) await builder.build(environment)
      }
    },
  },
})
