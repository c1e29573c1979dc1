import { registerHooks } from 'node:module'
import { standInSettings } from './settings.ts'

/**
 * Loaded by `--import`: from here on `electron` is the stand-in, for `import` and for `require`, and the process looks
 * like Electron's main process.
 */
const standIn = new URL('./electron.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    /^electron(\/(main|common))?$/.test(specifier)
      ? { url: standIn, format: 'module-typescript', shortCircuit: true }
      : nextResolve(specifier, context),
})

Object.defineProperty(process.versions, 'electron', { value: '45.4.1', enumerable: true })
Object.defineProperty(process, 'type', { value: 'browser' })
Object.defineProperty(process, 'resourcesPath', { value: standInSettings.resourcesPath, writable: true })
// A packaged app is started by its own name, without a script.
if (standInSettings.packaged) process.argv.splice(1, 1)
else Object.defineProperty(process, 'defaultApp', { value: true })
