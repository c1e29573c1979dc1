import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What speaks for CUDA on this computer. Cheap: only whether files are there. */
export interface CudaEvidence {
  /** NVIDIA's driver is installed. */
  card: boolean
  /** NVIDIA's CUDA runtime is, of a version that the builds work with. */
  runtime: boolean
}

type Env = Record<string, string | undefined>

/** Both builds are there: one for each. */
const runtimes = [13, 12]

/** Looks where the library looks (its `detectAvailableComputeLayers`), and where Windows' and Linux' loaders do. */
export function findCuda(platform: NodeJS.Platform, env: Env): CudaEvidence {
  const folders = platform === 'win32' ? windowsFolders(env) : linuxFolders(env)
  const has = (name: string) => folders.some((folder) => existsSync(join(folder, name)))
  if (platform === 'win32')
    return { card: has('nvml.dll'), runtime: runtimes.some((major) => has(`cublas64_${major}.dll`)) }
  return {
    card: has('libnvidia-ml.so.1') || has('libnvidia-ml.so'),
    runtime: runtimes.some((major) => has(`libcudart.so.${major}`) && has(`libcublas.so.${major}`)),
  }
}

function windowsFolders(env: Env): string[] {
  const windows = env.SystemRoot ?? env.windir ?? 'C:\\Windows'
  const programs = env.ProgramFiles ?? 'C:\\Program Files'
  const toolkits = join(programs, 'NVIDIA GPU Computing Toolkit', 'CUDA')
  const installed = [env.CUDA_PATH ?? '', ...inside(toolkits, 'v')].filter((folder) => folder !== '')
  return [
    ...listed(env.Path ?? env.PATH),
    join(windows, 'System32'),
    ...installed.flatMap((folder) => [folder, join(folder, 'bin'), join(folder, 'bin', 'x64')]),
  ]
}

function linuxFolders(env: Env): string[] {
  const toolkits = [env.CUDA_PATH ?? '', '/usr/local/cuda', ...inside('/usr/local', 'cuda-')]
  return [
    ...listed(env.LD_LIBRARY_PATH),
    '/usr/lib',
    '/usr/lib64',
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib/wsl/lib',
    '/opt/cuda/lib64',
    ...toolkits
      .filter((folder) => folder !== '')
      .flatMap((folder) => [join(folder, 'lib64'), join(folder, 'targets', 'x86_64-linux', 'lib')]),
  ]
}

function inside(folder: string, prefix: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.startsWith(prefix))
      .map((name) => join(folder, name))
  } catch {
    return []
  }
}

function listed(paths: string | undefined): string[] {
  return (paths ?? '').split(delimiter).filter((path) => path !== '')
}
