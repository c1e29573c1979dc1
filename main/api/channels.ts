import type { ChannelAccount } from '../../preload/contract/index.ts'
import type { ChannelChange, ChannelService } from '../core/channels/service.ts'
import { DomainError } from '../core/errors.ts'
import { type ApiContext, actorOf, signedIn } from './context.ts'
import { implementer, isDone, shopOf } from './procedure.ts'

const os = implementer.channels

export const channels = {
  list: os.list.handler(({ context, input }) =>
    shopOf(context, input)
      .channels.list()
      .map((account) => shownTo(context, account)),
  ),
  addTelegram: os.addTelegram.handler(({ context, input }) =>
    shopOf(context, input).channels.addTelegram(actorOf(context), {
      token: input.token,
      apiRoot: input.apiRoot,
    }),
  ),
  remove: os.remove.handler(async ({ context, input }) => {
    const { channelAccountId, unlink } = input
    await shopOf(context, input).channels.remove(actorOf(context), channelAccountId, { unlink })
    return isDone
  }),
  setEnabled: os.setEnabled.handler(async ({ context, input }) => {
    const service = shopOf(context, input).channels
    await service.setEnabled(actorOf(context), input.channelAccountId, input.enabled)
    const account = service.list().find(({ id }) => id === input.channelAccountId)
    if (account === undefined) throw new DomainError('channel.not_found', { id: input.channelAccountId })
    return account
  }),
  addWhatsApp: os.addWhatsApp.handler(({ context, input }) => {
    return shopOf(context, input).channels.addWhatsApp(actorOf(context), input)
  }),
  setBrowser: os.setBrowser.handler(({ context, input }) => {
    const { channelAccountId, browser } = input
    return shopOf(context, input).channels.setBrowser(actorOf(context), channelAccountId, browser)
  }),
  setRules: os.setRules.handler(({ context, input }) => {
    const { storage, governor, channels: service } = shopOf(context, input)
    const { channelAccountId, rules } = input
    storage.write(actorOf(context), (tx) => governor.setRules(tx, channelAccountId, rules))
    service.rulesChanged(channelAccountId)
    return service.get(channelAccountId)
  }),
  useHere: os.useHere.handler(async ({ context, input }) =>
    shownTo(context, await shopOf(context, input).channels.useHere(input.channelAccountId)),
  ),
  refreshCode: os.refreshCode.handler(async ({ context, input }) => {
    await shopOf(context, input).channels.refreshCode(input.channelAccountId)
    return isDone
  }),
  follow: os.follow.handler(async function* ({ context, input, signal }) {
    for await (const change of follow(shopOf(context, input).channels, signal))
      yield { ...change, account: change.account === null ? null : shownTo(context, change.account) }
  }),
  chats: os.chats.handler(({ context, input }) => {
    const { channelAccountId, text, only, limit, after } = input
    return shopOf(context, input).governor.chats(channelAccountId, { text, only, limit, after })
  }),
  setChat: os.setChat.handler(({ context, input }) => {
    const { storage, governor } = shopOf(context, input)
    const { channelAccountId, chatId, answer } = input
    return storage.write(actorOf(context), (tx) => governor.setChat(tx, channelAccountId, chatId, answer))
  }),
}

/** Whoever scans the code connects a phone of their own to the shop: it is for the owner's eyes. */
function shownTo(context: ApiContext, account: ChannelAccount): ChannelAccount {
  if (account.state.state !== 'pairing' || signedIn(context).person.role === 'owner') return account
  return { ...account, state: { ...account.state, qr: null } }
}

/** More changes than this are not kept for a reader that does not read: the oldest are left out. */
const longestQueue = 1_000

async function* follow(
  channels: ChannelService,
  signal: AbortSignal | undefined,
): AsyncGenerator<ChannelChange> {
  const at = new Date().toISOString()
  let queue: ChannelChange[] = channels
    .list()
    .map((account) => ({ channelAccountId: account.id, at, account }))
  let wake = Promise.withResolvers<void>()
  const stop = channels.follow((change) => {
    queue.push(change)
    if (queue.length > longestQueue) queue.shift()
    wake.resolve()
  })
  const onAbort = () => wake.resolve()
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    while (signal?.aborted !== true) {
      const changes = queue
      queue = []
      wake = Promise.withResolvers<void>()
      yield* changes
      if (queue.length === 0) await wake.promise
    }
  } finally {
    stop()
    signal?.removeEventListener('abort', onAbort)
  }
}

export const outbox = {
  unknown: implementer.outbox.unknown.handler(({ context, input }) =>
    shopOf(context, input).outbox.unknown(),
  ),
  resolve: implementer.outbox.resolve.handler(({ context, input }) => {
    const { storage, outbox } = shopOf(context, input)
    storage.write(actorOf(context), (tx) => outbox.resolve(tx, input.outboxId, input.verdict))
    return isDone
  }),
}
