// What each target's installer must hold of native code, and how large it may be.

/** Targets we ship for, as `<platform>-<arch>` in Node's names. */
export const targets = ['win32-x64', 'win32-arm64', 'darwin-x64', 'darwin-arm64', 'linux-x64', 'linux-arm64']

/**
 * Packages with native code that a target needs. Models run on the processor, and on the graphics card through Vulkan
 * (Windows, Linux) or Metal. CUDA is left out, which is 540 MB: Vulkan serves NVIDIA cards too, and who wants CUDA fetches it in the app.
 */
const packages = {
  'win32-x64': [
    '@node-llama-cpp/win-x64',
    '@node-llama-cpp/win-x64-vulkan',
    '@lancedb/lancedb-win32-x64-msvc',
  ],
  'win32-arm64': ['@node-llama-cpp/win-arm64', '@lancedb/lancedb-win32-arm64-msvc'],
  // LanceDB has no binary for Intel Macs: SQLite's text search serves there.
  'darwin-x64': ['@node-llama-cpp/mac-x64'],
  'darwin-arm64': ['@node-llama-cpp/mac-arm64-metal', '@lancedb/lancedb-darwin-arm64'],
  'linux-x64': [
    '@node-llama-cpp/linux-x64',
    '@node-llama-cpp/linux-x64-vulkan',
    '@lancedb/lancedb-linux-x64-gnu',
  ],
  'linux-arm64': ['@node-llama-cpp/linux-arm64', '@lancedb/lancedb-linux-arm64-gnu'],
}

/** Files that have to lie under `node_modules` for a target, as real files in the package. */
export function nativesOf(target) {
  return {
    packages: packages[target],
    files: [`better-sqlite3/prebuilds/${target}.node`],
  }
}

/**
 * Largest size of what we add to Electron, MB of 10^6 bytes: the archive, and the unpacked natives beside it. Some 10 %
 * above what was measured (linux-x64, win32-x64) or added up from the packages (the others).
 */
export const budgets = {
  'win32-x64': { archive: 80, natives: 360 },
  'win32-arm64': { archive: 80, natives: 190 },
  'darwin-x64': { archive: 80, natives: 40 },
  'darwin-arm64': { archive: 80, natives: 150 },
  'linux-x64': { archive: 80, natives: 310 },
  'linux-arm64': { archive: 80, natives: 190 },
}

/** Whether a native file is for another target than this one: names tell it, as `linux-arm64` or `win32-x64-msvc`. */
export function isForeign(file, target) {
  const [platform, arch] = target.split('-')
  const named =
    /(?:^|[/._-])(win32|win|windows|darwin|mac|linux|linuxmusl|android|ios|freebsd)-(x64|arm64|armv7l|ia32|arm|riscv64|x86)\b(-musl)?/g
  return [...file.matchAll(named)].some(([, system, cpu, musl]) => {
    const same = { win: 'win32', windows: 'win32', mac: 'darwin' }[system] ?? system
    return same !== platform || cpu !== arch || musl !== undefined
  })
}
