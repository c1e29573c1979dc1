import type { ChannelKind } from '../channels/channel.ts'
import type { Language } from '../engines/engine.ts'
import { usualDisclosure } from '../language/serving-texts.ts'
import { isOff } from '../mutants.ts'
import type { Tx } from '../storage/storage.ts'
import type { AgentDependencies } from './dependencies.ts'
import { asksForLink, withoutLinks } from './links.ts'

/**
 * What the first thing that the assistant says in a conversation has before others: it tells that nobody types, and on a
 * person's account it carries no link that was not asked for. On the test chat nothing is added.
 */
export class FirstReply {
  readonly #deps: Pick<AgentDependencies, 'storage' | 'serving' | 'shop' | 'mentions'>

  constructor(deps: Pick<AgentDependencies, 'storage' | 'serving' | 'shop' | 'mentions'>) {
    this.#deps = deps
  }

  /** The reply as it leaves. Notes in `tx` that the customer is told. `asked`: what the customer wrote. */
  of(
    tx: Tx,
    reply: { conversationId: string; text: string; language: Language; asked: readonly string[] },
  ): string {
    const { serving, storage } = this.#deps
    if (serving === undefined) return reply.text
    const row = storage
      .prepare<[string], { channel: ChannelKind; disclosedAt: string | null; first: 0 | 1 }>(
        `SELECT a.kind AS channel, c.disclosed_at AS disclosedAt, NOT EXISTS (
           SELECT 1 FROM messages m JOIN outbox o ON o.message_id = m.id
           WHERE m.conversation_id = c.id AND m.author = 'agent' AND o.state NOT IN ('cancelled', 'failed')) AS first
         FROM conversations c JOIN channel_accounts a ON a.id = c.channel_account_id WHERE c.id = ?`,
      )
      .get(reply.conversationId)
    if (row === undefined || row.channel === 'testchat') return reply.text
    const isFirst = row.first === 1
    const text = isFirst && row.channel === 'whatsapp' ? this.#withoutLinks(reply) : reply.text
    // One that was cancelled before it left has told nobody.
    if (!serving.get().disclosure.enabled || (row.disclosedAt !== null && !isFirst)) return text
    if (isOff('governor.disclosure')) return text
    storage
      .prepare('UPDATE conversations SET disclosed_at = ? WHERE id = ?')
      .run(tx.now, reply.conversationId)
    return `${this.#words(reply.language)}\n\n${text}`
  }

  #words(language: Language): string {
    const { name } = this.#deps.shop()
    const own = this.#deps.serving?.get().disclosure[language].trim() ?? ''
    return own === '' ? usualDisclosure(language, name) : own.replaceAll(/\{(?:shop|tienda)\}/g, name)
  }

  #withoutLinks({ text, asked }: { text: string; asked: readonly string[] }): string {
    if (asksForLink(asked)) return text
    return withoutLinks(
      text,
      this.#deps.mentions(text).map(({ name }) => name),
    )
  }
}
