import { renderUnicodeCompact } from 'uqr'
import type { ContractClient } from '../../preload/contract/index.ts'
import { DomainError } from '../core/errors.ts'
import { type RunningHost, runHost } from '../headless/run.ts'
import { listenForStop } from '../headless/stop-signals.ts'
import { connectDoor, type DoorConnection } from '../hosting/door-client.ts'
import { type ChannelEvent, ChannelStory } from './channel-events.ts'
import { eventText, sayOfChannels } from './channel-texts.ts'
import type { CommandContext } from './command.ts'
import { chooseShop } from './connection.ts'
import { cellText, type Output } from './output.ts'

/**
 * `channel watch`: follows the host that runs, or serves the shops itself until it is interrupted. One line for each
 * change; the first ones tell how things are.
 */
export async function watchChannels(
  context: CommandContext,
  options: Record<string, unknown>,
): Promise<undefined> {
  const shop = chooseShop(context, context.shop)
  const only = typeof options.channel === 'string' ? options.channel : null
  const signals = listenForStop()
  let host: RunningHost | null = null
  let door: DoorConnection | null = null
  try {
    door = await connectDoor(context.data)
    if (door === null) {
      host = await runHost({ dataFolder: context.data, passphrase: process.env.MOSTRADOR_PASSPHRASE })
      door = await connectDoor(context.data)
      if (door === null) throw new DomainError('host.not_running')
      // Programs are told of channels only; the first lines are how those are now.
      const { output } = context
      if (!output.json) output.note(null, sayOfChannels('serving', output.language))
    }
    if (only !== null) await requireChannel(door.client, shop, only)
    await follow(door.client, { shop, only, until: signals.asked, output: context.output })
  } finally {
    await door?.close()
    await host?.stop()
    signals.forget()
  }
}

/** @throws DomainError `channel.not_found` */
async function requireChannel(client: ContractClient, shop: string, id: string): Promise<void> {
  const accounts = await client.channels.list({ shop })
  if (!accounts.some((account) => account.id === id)) throw new DomainError('channel.not_found', { id })
}

/** @throws DomainError `host.not_running` when the host that was followed ends */
async function follow(
  client: ContractClient,
  { shop, only, until, output }: { shop: string; only: string | null; until: Promise<void>; output: Output },
): Promise<void> {
  const story = new ChannelStory()
  const screen = new Screen(output)
  const changes = (await client.channels.follow({ shop }))[Symbol.asyncIterator]()
  const stopped = until.then(() => ({ done: true, value: null }) as const)
  for (;;) {
    const next = changes.next().catch((error: unknown) => {
      throw new DomainError('host.not_running', {}, { cause: error })
    })
    const item = await Promise.race([next, stopped])
    if (item.value === null) {
      next.catch(() => undefined)
      return
    }
    if (item.done === true) throw new DomainError('host.not_running')
    const change = item.value
    if (change.account?.kind === 'testchat' || (only !== null && only !== change.channelAccountId)) continue
    for (const event of story.next(change)) screen.show(event, change.account?.name ?? '')
  }
}

/** Writes each line at once; in a terminal a newer code takes the place of the one above. */
class Screen {
  readonly #output: Output
  /** Lines of the code that stands last on the screen. */
  #drawn = 0

  constructor(output: Output) {
    this.#output = output
  }

  show(event: ChannelEvent, name: string): void {
    if (this.#output.json) {
      this.#output.result(event, '')
      return
    }
    if (event.event === 'qr') this.#draw(event.text)
    else {
      this.#drawn = 0
      const text = eventText(event, this.#output.language)
      const who = [event.kind, cellText(name)].filter((word) => word !== '').join(' ')
      if (text !== null) this.#output.result(null, `${who}: ${text}`)
    }
  }

  #draw(code: string): void {
    const { stdout } = process
    const lines = [
      sayOfChannels('scan', this.#output.language),
      ...renderUnicodeCompact(code, { border: 2 }).split('\n'),
    ]
    if (this.#drawn > 0 && stdout.isTTY) stdout.write(`\u001b[${this.#drawn}A\u001b[J`)
    stdout.write(`${lines.join('\n')}\n`)
    this.#drawn = lines.length
  }
}
