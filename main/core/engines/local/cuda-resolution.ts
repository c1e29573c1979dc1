import { registerHooks } from 'node:module'
import type { CudaChoice } from './model-host.ts'

/**
 * The library finds its CUDA build by importing a package and asking it for its folder and version. From now on such an
 * import in this process is answered with the folders of the fetched build. What is imported is ours: nothing that was
 * fetched runs as JavaScript.
 */
export function answerCudaImports({ version, folders }: CudaChoice): void {
  registerHooks({
    resolve(specifier, context, next) {
      const binsDir = Object.hasOwn(folders, specifier) ? folders[specifier] : undefined
      if (binsDir === undefined) return next(specifier, context)
      const bins = JSON.stringify({ binsDir, packageVersion: version })
      const source = `export const getBinsDir = () => (${bins})`
      const url = `data:text/javascript,${encodeURIComponent(source)}`
      return { url, format: 'module', shortCircuit: true }
    },
  })
}
