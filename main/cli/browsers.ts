import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { BrowserDownload, ContractClient } from '../../preload/contract/index.ts'
import { DomainError, errorCodes } from '../core/errors.ts'
import { sayOfBrowsers } from './browser-texts.ts'
import type { CommandContext, Run } from './command.ts'
import { type Connection, connect } from './connection.ts'
import { bytesText } from './model-texts.ts'
import { cellText, type Output } from './output.ts'
import type { CliLanguage } from './texts.ts'

/** The browser that WhatsApp is opened with: `browser …`. */
export function browserCommands(program: Command, run: Run): void {
  const browser = program.command('browser').description('the browser that WhatsApp is opened with')

  run(
    browser.command('list').description('browsers of this computer, in the order in which they are tried'),
    (context) => withBrowsers(context, ({ client }) => list(client, context.output)),
  )

  run(
    browser
      .command('use')
      .argument('<path>', 'program of a Chrome, Edge, Brave or Chromium, or "auto" for the first that works')
      .description('choose the browser; it is started once to see that it works'),
    (context, _options, [given = '']) =>
      withBrowsers(context, ({ client }) =>
        use(client, given === 'auto' ? null : resolve(given), context.output),
      ),
  )

  run(
    browser.command('download').description('fetch Chrome for Testing into the data folder; Ctrl-C cancels'),
    (context) => withBrowsers(context, ({ client }) => download(client, context.output)),
  )
}

async function withBrowsers<T>(
  context: CommandContext,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await connect(context, 'none')
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}

async function list(client: ContractClient, output: Output): Promise<undefined> {
  const { language } = output
  const { browsers, chosen, canDownload } = await client.browsers.list({})
  for (const browser of browsers) {
    const { path, name, source, version } = browser
    const cells = [name, sayOfBrowsers(source, language), version ?? '', cellText(path)]
    output.result(browser, cells.join('\t'))
  }
  if (chosen !== null && !browsers.some(({ source }) => source === 'chosen'))
    output.note(
      { event: 'chosen_gone', path: chosen },
      sayOfBrowsers('chosenGone', language, { path: chosen }),
    )
  if (browsers.length === 0)
    output.note(
      { event: 'none', canDownload },
      sayOfBrowsers(canDownload ? 'none' : 'noneNoDownload', language),
    )
}

async function use(client: ContractClient, path: string | null, output: Output): Promise<undefined> {
  await client.browsers.choose({ path })
  const used = await client.browsers.check({})
  output.result(
    { chosen: path, path: used.path, version: used.version },
    sayOfBrowsers(path === null ? 'automatic' : 'used', output.language, used),
  )
}

/** Follows it to its end. An interrupt cancels it. */
async function download(client: ContractClient, output: Output): Promise<number | undefined> {
  const cancel = () => void client.browsers.cancelDownload({})
  process.once('SIGINT', cancel)
  try {
    await client.browsers.download({})
    for await (const item of await client.browsers.progress({})) {
      if (item.state === 'running')
        output.note({ event: 'progress', ...item }, progressText(item, output.language))
      else return await ended(client, item, output)
    }
  } finally {
    process.off('SIGINT', cancel)
  }
}

async function ended(
  client: ContractClient,
  { state, error }: BrowserDownload,
  output: Output,
): Promise<number | undefined> {
  const { language } = output
  if (state === 'none') {
    output.result({ state }, sayOfBrowsers('cancelled', language))
    return 1
  }
  if (error !== null) {
    const code = errorCodes.find((each) => each === error.code) ?? 'browser.download_failed'
    throw new DomainError(code, { reason: error.reason })
  }
  const { browsers } = await client.browsers.list({})
  const brought = browsers.find(({ source }) => source === 'downloaded')
  const { path = '', version = null } = brought ?? {}
  output.result({ state, path, version }, sayOfBrowsers('done', language, { path, version: version ?? '' }))
  return undefined
}

function progressText({ step, bytes, totalBytes }: BrowserDownload, language: CliLanguage): string {
  if (step === 'waiting' || step === 'unpacking' || step === 'checking') return sayOfBrowsers(step, language)
  const fetched = bytesText(bytes, language)
  if (totalBytes === null) return sayOfBrowsers('fetchingUnknown', language, { bytes: fetched })
  const percent = totalBytes === 0 ? 0 : Math.floor((bytes * 100) / totalBytes)
  return sayOfBrowsers('fetching', language, {
    percent,
    bytes: fetched,
    total: bytesText(totalBytes, language),
  })
}
