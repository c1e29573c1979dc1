import open from 'open'
import type { NetworkDoor } from '../api/serving.ts'
import { isDomainError } from '../core/errors.ts'
import { keepFilesPrivate } from '../hosting/data-folder.ts'
import { connectDoor } from '../hosting/door-client.ts'
import { exitCode } from './exit-codes.ts'
import type { NetworkOptions } from './options.ts'
import { type RunningHost, runHost } from './run.ts'
import { listenForStop } from './stop-signals.ts'
import { say, sayError, type TerminalLanguage, terminalLanguage } from './terminal-texts.ts'

export interface StartOptions {
  dataDir: string
  port?: number
  /** Opens the browser where there is one. */
  open: boolean
  /** JSON lines on stdout instead of text. */
  json: boolean
  passphrase?: string
  /** `stdout`: the log goes there as JSON lines, and what is said to people goes there as JSON too. */
  log?: 'files' | 'stdout'
  network?: NetworkOptions
}

/** Time that a stop gives what is under way, ms; whoever stops services waits a little longer. */
export const stopMs = 15_000

/**
 * Serves the desk until a signal ends it, or prints a fresh link of the host that runs already. Answers the exit code.
 */
export async function startHeadless(options: StartOptions): Promise<number> {
  keepFilesPrivate()
  const language = terminalLanguage()
  const signals = listenForStop()
  try {
    const { dataDir: dataFolder, port, passphrase = process.env.MOSTRADOR_PASSPHRASE, network, log } = options
    const host = await runHost({ dataFolder, port, passphrase, network, log })
    await announce(host.launchUrl, options, language, 'running', host)
    await signals.asked
    await stopInTime(host)
    if (!isForPrograms(options)) process.stdout.write(`${say(language, 'stopped')}\n`)
    return 0
  } catch (error) {
    const ran = isDomainError(error, 'host.already_running') ? await announceRunning(options, language) : null
    if (ran !== null) return ran
    const code = isDomainError(error) ? error.code : 'internal'
    const data = isDomainError(error) ? error.data : {}
    if (isForPrograms(options)) printJson({ event: 'error', code, data })
    process.stderr.write(`${asSentence(sayError(language, code, data))}\n`)
    if (!isDomainError(error))
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    return exitCode(code)
  } finally {
    signals.forget()
  }
}

type Link = { url: string; launchUrl: string }

/**
 * A second start on the same data gets a fresh link from the first. Null when that one does not answer; else the exit
 * code: what runs already is not opened to the network by a second start.
 */
async function announceRunning(options: StartOptions, language: TerminalLanguage): Promise<number | null> {
  try {
    const door = await connectDoor(options.dataDir)
    if (door === null) return null
    try {
      const links = [await door.client.session.launchUrl(), await door.client.session.launchUrl()]
      const { addresses, fingerprint } = (await door.client.access.state()).lan
      const network = fingerprint === null ? null : { addresses, fingerprint }
      const link = () => links.pop() ?? { url: '', launchUrl: '' }
      await announce(link, options, language, 'already', { troubled: [], network })
      if (options.network === undefined || network !== null) return 0
      process.stderr.write(`${say(language, 'notOpened')}\n`)
      return exitCode('host.already_running')
    } finally {
      await door.close()
    }
  } catch (error) {
    if (isDomainError(error, 'host.not_running')) return null
    throw error
  }
}

async function announce(
  link: () => Link,
  options: StartOptions,
  language: TerminalLanguage,
  heading: 'running' | 'already',
  { troubled, network }: Pick<RunningHost, 'troubled' | 'network'>,
): Promise<void> {
  // The browser takes a link of its own: the printed one stays good for whoever copies it.
  if (options.open && hasDisplay()) await openBrowser(link().launchUrl)
  const { url, launchUrl } = link()
  if (isForPrograms(options)) {
    // Logs are kept and read by others: nothing that signs anybody in stands in them.
    const link = options.log === 'stdout' ? {} : { launchUrl }
    const already = heading === 'already' ? { already: true } : {}
    const lan = network === null ? {} : { lan: network }
    printJson({ event: 'ready', url, ...link, ...already, ...lan })
    for (const shop of troubled) printJson({ event: 'shop_not_opened', ...shop })
    return
  }
  const lines = [
    say(language, heading, { url }),
    '',
    say(language, 'link'),
    `  ${launchUrl}`,
    say(language, 'linkNote'),
    ...(network === null ? [] : networkLines(network, language)),
    ...troubled.map(({ slug, error }) =>
      say(language, 'troubled', { slug, text: sayError(language, error) }),
    ),
    '',
    ...(heading === 'running' ? [say(language, 'stop')] : []),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

function networkLines(network: NetworkDoor, language: TerminalLanguage): string[] {
  return [
    '',
    say(language, 'network'),
    ...network.addresses.map((address) => `  ${address}`),
    say(language, 'fingerprint', { fingerprint: network.fingerprint }),
  ]
}

/** A part that does not stop must not hold up whoever shuts the computer down; what is journaled goes on at the next start. */
async function stopInTime(host: RunningHost): Promise<void> {
  const late = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => late.resolve('late'), stopMs)
  // What does not end would hold the process open as well.
  if ((await Promise.race([host.stop(), late.promise])) === 'late') setImmediate(() => process.exit(0))
  clearTimeout(timer)
}

function isForPrograms(options: StartOptions): boolean {
  return options.json || options.log === 'stdout'
}

function hasDisplay(env: NodeJS.ProcessEnv = process.env): boolean {
  if (env.CI || env.SSH_CONNECTION) return false
  if (process.platform !== 'linux') return true
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

async function openBrowser(url: string): Promise<void> {
  try {
    const child = await open(url)
    // No browser is no reason to stop: the link is printed as well.
    child.on('error', () => undefined)
  } catch {
    // As above.
  }
}

/** Texts about one shop follow its name; alone they begin a sentence. */
function asSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function printJson(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
