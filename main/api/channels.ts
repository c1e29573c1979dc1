import { DomainError } from '../core/errors.ts'
import { actorOf } from './context.ts'
import { implementer, isDone, shopOf } from './procedure.ts'

const os = implementer.channels

export const channels = {
  list: os.list.handler(({ context, input }) => shopOf(context, input).channels.list()),
  addTelegram: os.addTelegram.handler(({ context, input }) =>
    shopOf(context, input).channels.addTelegram(actorOf(context), {
      token: input.token,
      apiRoot: input.apiRoot,
    }),
  ),
  remove: os.remove.handler(async ({ context, input }) => {
    await shopOf(context, input).channels.remove(actorOf(context), input.channelAccountId)
    return isDone
  }),
  setEnabled: os.setEnabled.handler(async ({ context, input }) => {
    const service = shopOf(context, input).channels
    await service.setEnabled(actorOf(context), input.channelAccountId, input.enabled)
    const account = service.list().find(({ id }) => id === input.channelAccountId)
    if (account === undefined) throw new DomainError('channel.not_found', { id: input.channelAccountId })
    return account
  }),
  addWhatsApp: os.addWhatsApp.handler(notYet),
  setBrowser: os.setBrowser.handler(notYet),
  setRules: os.setRules.handler(notYet),
  useHere: os.useHere.handler(notYet),
  refreshCode: os.refreshCode.handler(notYet),
  chats: os.chats.handler(notYet),
  setChat: os.setChat.handler(notYet),
}

/** Being built. */
function notYet(): never {
  throw new DomainError('channel.not_connected')
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
