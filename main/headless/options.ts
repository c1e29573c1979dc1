import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultDataFolder } from '../hosting/data-folder.ts'

/** How the desk is opened to other computers of the network. */
export interface NetworkOptions {
  /** Address to listen on; every one of this computer when it is 0.0.0.0 or ::. */
  host: string
  /** 0 takes any free port. */
  port: number
  /** Names under which this computer is reached beside its own: `desk.example` or `desk.example:443`. */
  names: readonly string[]
  /** Files of the owner's own certificate and key, PEM; one is made when absent. */
  certificate?: { certFile: string; keyFile: string }
}

export interface ProgramOptions {
  dataDir: string
  port?: number
  open: boolean
  /** JSON lines on stdout instead of text. */
  json: boolean
  help: boolean
  /** `stdout`: the log goes there as JSON lines, and no log file is written. */
  log: 'files' | 'stdout'
  network?: NetworkOptions
}

const usualNetworkPort = 4781

/** Every option of the program; the usage texts and the shipped service files are checked against it. */
export const programFlags = {
  port: { type: 'string' },
  data: { type: 'string' },
  open: { type: 'boolean', default: true },
  json: { type: 'boolean', default: false },
  log: { type: 'string' },
  lan: { type: 'boolean' },
  host: { type: 'string' },
  'lan-port': { type: 'string' },
  name: { type: 'string', multiple: true },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

/** What services say instead, where a command line is hard to change. A flag goes before its variable. */
export const programVariables = [
  'MOSTRADOR_DATA',
  'MOSTRADOR_PORT',
  'MOSTRADOR_LOG',
  'MOSTRADOR_LAN',
  'MOSTRADOR_HOST',
  'MOSTRADOR_LAN_PORT',
  'MOSTRADOR_NAMES',
  'MOSTRADOR_TLS_CERT',
  'MOSTRADOR_TLS_KEY',
  'MOSTRADOR_PASSPHRASE',
] as const

/** What the command line and the environment ask for; null when it is not to be understood. */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): ProgramOptions | null {
  try {
    const { values } = parseArgs({ args: [...args], options: programFlags, allowNegative: true })
    const port = readPort(values.port ?? said(env.MOSTRADOR_PORT))
    const log = values.log ?? said(env.MOSTRADOR_LOG) ?? 'files'
    if (log !== 'files' && log !== 'stdout') return null
    const network = readNetwork(
      {
        lan: values.lan ?? isOn(env.MOSTRADOR_LAN),
        host: values.host ?? said(env.MOSTRADOR_HOST),
        port: values['lan-port'] ?? said(env.MOSTRADOR_LAN_PORT),
        names: values.name ?? (env.MOSTRADOR_NAMES ?? '').split(',').filter((name) => name.trim() !== ''),
        certFile: values['tls-cert'] ?? said(env.MOSTRADOR_TLS_CERT),
        keyFile: values['tls-key'] ?? said(env.MOSTRADOR_TLS_KEY),
      },
      // A variable may stand in a file that all starts share; a flag without --lan is a mistake.
      [values.host, values['lan-port'], values.name, values['tls-cert'], values['tls-key']],
    )
    return {
      dataDir: values.data === undefined ? defaultDataFolder(env) : resolve(values.data),
      ...(port === undefined ? {} : { port }),
      open: values.open && log === 'files',
      json: values.json,
      help: values.help,
      log,
      ...(network === undefined ? {} : { network }),
    }
  } catch {
    return null
  }
}

interface NetworkWords {
  lan: boolean
  host: string | undefined
  port: string | undefined
  names: readonly string[]
  certFile: string | undefined
  keyFile: string | undefined
}

/** Undefined where the desk is not to be opened. @throws Error for what cannot be meant */
export function readNetwork(words: NetworkWords, flags: readonly unknown[] = []): NetworkOptions | undefined {
  if (!words.lan) {
    if (flags.some((flag) => flag !== undefined)) throw new Error('these belong to --lan')
    return undefined
  }
  const { host = '0.0.0.0', certFile, keyFile } = words
  if (isIP(host) === 0) throw new Error('not an address')
  if ((certFile === undefined) !== (keyFile === undefined)) throw new Error('one without the other')
  const names = words.names.map((name) => name.trim().toLowerCase())
  if (names.some((name) => !isName(name))) throw new Error('not a name')
  return {
    host,
    port: readPort(words.port) ?? usualNetworkPort,
    names,
    ...(certFile === undefined || keyFile === undefined
      ? {}
      : { certificate: { certFile: resolve(certFile), keyFile: resolve(keyFile) } }),
  }
}

/** A host name or an IPv4 address, with a port or without. */
function isName(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?$/.test(text)
}

/** @throws Error for what is no port */
function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('not a port')
  return port
}

function said(value: string | undefined): string | undefined {
  return value === '' ? undefined : value
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && /^(1|true|yes|on|s[ií])$/i.test(value.trim())
}
