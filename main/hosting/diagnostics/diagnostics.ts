import { stat } from 'node:fs/promises'
import { arch, cpus, freemem, release, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Check } from '../../../preload/contract/index.ts'
import type { App } from '../../core/app.ts'
import type { Shop } from '../../core/shops/shop.ts'
import { lastLinesToPassOn } from './last-lines.ts'
import { cleanText } from './personal-data.ts'

const logLines = 200
const mebibyte = 1024 * 1024

export interface DiagnosticsSource {
  version: string
  /** UTC ISO 8601. */
  startedAt: string
  app: App
  /** The host's own checks. */
  checks(): Promise<Check[]>
  /** What the host knows besides, line by line. */
  more?(): string[]
}

/**
 * What somebody who helps needs to know: versions, checks, sizes, states and the end of the log. Nobody's words, names,
 * numbers or keys; in one language, because it is read by who mends the program.
 */
export async function diagnosticsText(source: DiagnosticsSource): Promise<string> {
  const { version, startedAt, app, more } = source
  const { kind, paths, clock, secrets } = app.host
  const now = new Date(clock.now()).toISOString()
  const lines = await lastLinesToPassOn(paths.data, logLines)
  const shops = await Promise.all(app.shops.opened().map(shopLines))
  const closed = app.shops.list().filter(({ error }) => error !== null)
  return [
    `Mostrador ${version} (${kind}), ${now}`,
    `started ${startedAt}`,
    ...versionLines(),
    `memory ${megabytes(process.memoryUsage.rss())}, free ${megabytes(freemem())} of ${megabytes(totalmem())}`,
    `data ${cleanText(paths.data)}`,
    `secrets ${secrets.method}`,
    ...(more?.() ?? []).map(cleanText),
    '',
    '# checks',
    ...(await source.checks()).map(checkLine),
    '',
    '# shops',
    ...shops.flat(),
    ...closed.map(({ slug, error }) => `${slug}: not open, ${error}`),
    '',
    '# models and browsers',
    ...partLines(app),
    '',
    `# log, last ${lines.length} lines`,
    ...lines,
    '',
  ].join('\n')
}

function versionLines(): string[] {
  const { node, v8, electron, chrome } = process.versions
  return [
    `${process.platform}-${arch()} ${release()}, ${cpus().length} cores`,
    `node ${node}, v8 ${v8}${electron === undefined ? '' : `, electron ${electron}, chromium ${chrome ?? '?'}`}`,
  ]
}

/** Their data names folders, accounts and people: id, state and code are enough. */
function checkLine({ id, shop, state, code }: Check): string {
  return `${state} ${shop === null ? '' : `${shop} `}${id}${code === null ? '' : ` ${code}`}`
}

async function shopLines(shop: Shop): Promise<string[]> {
  const { slug, storage } = shop
  const count = (table: string) => Number(storage.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
  const database = (await stat(join(shop.dir, 'shop.db')).catch(() => null))?.size ?? 0
  const { state, pending } = shop.search.state()
  return [
    `${slug}: database ${megabytes(database)}, ${count('products')} products, ${count('conversations')} conversations, ${count('messages')} messages, ${count('orders')} orders`,
    `  paused ${shop.wake.paused()}, open turns ${shop.turns.open().length}, search ${state} (${pending} pending)`,
    ...shop.channels
      .list()
      .map(
        ({ kind, enabled, state: channel }) =>
          `  ${kind}${enabled ? '' : ' (off)'}: ${channel.state}${'reason' in channel ? ` ${channel.reason}` : ''}`,
      ),
    ...shop.engines
      .list()
      .map(({ kind, enabled, health }) => `  engine ${kind}${enabled ? '' : ' (off)'}: ${health.state}`),
  ]
}

function partLines({ modelHost }: App): string[] {
  const { state, deaths } = modelHost.status()
  return [`model process ${state}, ${deaths} deaths`]
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / mebibyte)} MiB`
}
