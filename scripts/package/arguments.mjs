// What `npm run package` asks of electron-builder.
import { parseArgs } from 'node:util'

const platforms = { win: 'win32', mac: 'darwin', linux: 'linux' }

/**
 * @param {string[]} argv
 * @param {{ platform: string, arch: string, env: Record<string, string | undefined> }} computer
 * @throws Error with words for the person at the screen
 */
export function builderArguments(argv, { platform, arch, env }) {
  const flag = { type: 'boolean', default: false }
  const options = { dir: flag, win: flag, mac: flag, linux: flag, x64: flag, arm64: flag }
  const { values } = parseArgs({ args: argv, options })
  const systems = Object.keys(platforms).filter((name) => values[name])
  const cpus = ['x64', 'arm64'].filter((name) => values[name])
  if (systems.length > 1 || cpus.length > 1) throw new Error('Name one system and one architecture at most.')
  const system = systems[0] ?? Object.keys(platforms).find((name) => platforms[name] === platform)
  const cpu = cpus[0] ?? arch
  if (system === undefined || !['x64', 'arm64'].includes(cpu))
    throw new Error(`There is no installer for ${platform} ${arch}.`)
  return [
    `--${system}`,
    `--${cpu}`,
    ...(values.dir ? ['--dir'] : []),
    '--publish',
    'never',
    ...fromEnvironment(env),
  ]
}

/** What depends on who distributes. Certificates are read by electron-builder itself (CSC_LINK, APPLE_API_KEY, …). */
function fromEnvironment(env) {
  const given = {
    'publish.url': env.MOSTRADOR_FEED_URL,
    'extraMetadata.homepage': env.MOSTRADOR_HOMEPAGE,
    'linux.maintainer': env.MOSTRADOR_MAINTAINER,
    electronDist: env.ELECTRON_OVERRIDE_DIST_PATH,
    'directories.output': env.MOSTRADOR_PACKAGE_OUTPUT,
  }
  return Object.entries(given).flatMap(([name, value]) => (value ? [`--config.${name}=${value}`] : []))
}
