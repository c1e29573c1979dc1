import type { ContractClient, Conversation, Message } from '../../preload/contract/index.ts'
import { DomainError } from '../core/errors.ts'
import type { CommandContext } from './command.ts'
import { withShop } from './connection.ts'
import { reasonText } from './conversation-reasons.ts'
import { sayOfConversations } from './conversation-texts.ts'
import { cellText } from './output.ts'
import type { CliLanguage } from './texts.ts'

const modes = ['bot', 'person', 'paused'] as const
const selections = ['unread', 'waiting', 'done', 'mine'] as const
const page = 100

/** Every conversation, or those that the options choose, newest first. */
export async function listConversations(
  context: CommandContext,
  options: Record<string, unknown>,
): Promise<undefined> {
  const mode = oneOf('mode', modes, options.mode)
  const only = oneOf('only', selections, options.only)
  const limit = wholeNumber('limit', options.limit, 10_000)
  const { output } = context
  const found = await withShop(context, async ({ client, shop }) => {
    const items: Conversation[] = []
    let before: number | undefined
    for (let more = true; more && items.length < limit; ) {
      const next = await client.conversations.list({
        shop,
        mode,
        only,
        before,
        limit: Math.min(page, limit - items.length),
      })
      items.push(...next.items)
      before = next.items.at(-1)?.lastMessageSeq
      more = next.more
    }
    return items
  })
  for (const conversation of found) output.result(conversation, lineOf(conversation, output.language))
  if (found.length === 0 && !output.json) output.result(null, sayOfConversations('none', output.language))
}

/** A conversation and its newest messages, oldest first: with --json the conversation, then a line for each. */
export async function showConversation(
  context: CommandContext,
  options: Record<string, unknown>,
  [reference = '']: string[],
): Promise<undefined> {
  const limit = wholeNumber('limit', options.limit, 200)
  const { output } = context
  const { conversation, items } = await withShop(context, async ({ client, shop }) => {
    const conversationId = await conversationIn(client, shop, reference)
    const [found, messages] = await Promise.all([
      client.conversations.get({ shop, conversationId }),
      client.conversations.messages({ shop, conversationId, limit }),
    ])
    return { conversation: found, items: messages.items }
  })
  output.result(conversation, lineOf(conversation, output.language))
  for (const message of items) output.result(message, messageLine(message, output.language))
}

/**
 * The id of the conversation that a person means: a whole id, or a beginning that only one has.
 * @throws DomainError `not_found`, `input.invalid` where several begin like that
 */
export async function conversationIn(
  client: ContractClient,
  shop: string,
  reference: string,
): Promise<string> {
  const wanted = reference.trim().toLowerCase()
  if (/^[0-9a-f-]{36}$/.test(wanted)) return wanted
  const found: string[] = []
  let before: number | undefined
  for (let more = wanted !== ''; more && found.length < 2; ) {
    const next = await client.conversations.list({ shop, before, limit: page })
    for (const { id } of next.items) if (id.startsWith(wanted)) found.push(id)
    before = next.items.at(-1)?.lastMessageSeq
    more = next.more
  }
  const [only, other] = found
  if (only === undefined) throw new DomainError('not_found', { entity: 'conversation', id: reference })
  if (other !== undefined) throw new DomainError('input.invalid', { field: 'conversation', issue: 'several' })
  return only
}

function lineOf(conversation: Conversation, language: CliLanguage): string {
  const { id, customer, channel, mode, modeReason, unread, lastMessage } = conversation
  const who = sayOfConversations(mode, language)
  const reason = modeReason === '' ? who : `${who} (${reasonText(modeReason, language)})`
  return [id, customer.name, channel.name || channel.kind, reason, String(unread), lastMessage?.text ?? '']
    .map(cellText)
    .join('\t')
}

function messageLine({ author, kind, text, sentAt, delivery }: Message, language: CliLanguage): string {
  const key = kind === 'note' ? 'note' : author === 'person' ? 'shop' : author
  const words = text === '' && kind !== 'text' ? `[${kind}]` : text
  const state = delivery === null || delivery === 'sent' ? '' : ` [${delivery}]`
  return [sentAt, sayOfConversations(key, language), `${words}${state}`].map(cellText).join('\t')
}

function oneOf<T extends string>(field: string, all: readonly T[], given: unknown): T | undefined {
  const found = all.find((one) => one === given)
  if (given !== undefined && found === undefined)
    throw new DomainError('input.invalid', { field, issue: all.join(', ') })
  return found
}

function wholeNumber(field: string, given: unknown, most: number): number {
  const number = Number(given)
  if (!Number.isInteger(number) || number < 1 || number > most)
    throw new DomainError('input.invalid', { field, issue: `1–${most}` })
  return number
}
