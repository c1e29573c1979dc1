import { say } from '../language/voice.ts'
import type { Turn } from '../turns/service.ts'
import { usualFormOfAddress } from '../understanding/language.ts'
import type { ContextReader, ConversationContext, TurnInput } from './conversation-context.ts'
import type { AgentDependencies } from './dependencies.ts'
import type { ReplyWriter } from './reply.ts'

/** How a turn ended in which the customer was asked to write. */
const askedReason = 'voice_asked'

/**
 * Ends turns in which nothing but voice notes came that nobody here has understood: the customer is kindly asked to
 * write, once, or a person gets the conversation. No engine is asked, so that none can claim to have heard them.
 */
export class VoiceNotes {
  readonly #deps: AgentDependencies
  readonly #context: ContextReader
  readonly #replies: ReplyWriter

  constructor(deps: AgentDependencies, context: ContextReader, replies: ReplyWriter) {
    this.#deps = deps
    this.#context = context
    this.#replies = replies
  }

  /** Waits while voice notes of the turn may still be understood. */
  async ready(turn: Turn, signal: AbortSignal): Promise<void> {
    const spoken = this.#context.input(turn.conversationId, turn.firstMessageSeq).filter(hasUnreadVoice)
    if (spoken.length === 0) return
    await this.#deps.voiceNotes?.settled(
      spoken.map(({ id }) => id),
      signal,
    )
    if (signal.aborted) throw signal.reason
  }

  /**
   * True when the turn has ended here.
   * @throws DomainError `turn.epoch_changed`
   */
  end(turn: Turn, conversation: ConversationContext): boolean {
    const { voiceNotes, turns, journal, storage } = this.#deps
    if (voiceNotes === undefined || journal.steps(turn.id).length > 0) return false
    const input = this.#context.input(conversation.id, turn.firstMessageSeq)
    const last = input.at(-1)
    if (last === undefined || !input.every(isUnreadVoice)) return false
    storage.write('agent', (tx) => {
      this.#replies.requireEpoch(turn)
      turns.takeIn(turn.id, last.seq)
      const byPerson = voiceNotes.policy() === 'person' || this.#lastEnd(turn) === askedReason
      const endReason = byPerson ? 'handed_over' : askedReason
      turns.end(tx, turn, 'done', endReason)
      const epoch = byPerson
        ? this.#deps.conversations.handOver(tx, conversation.id, 'voice_note')
        : turn.epoch
      const text = this.#text(turn, conversation, byPerson)
      this.#replies.addUnasked(tx, { turn, conversation, text, epoch, endReason })
    })
    return true
  }

  #text(turn: Turn, conversation: ConversationContext, byPerson: boolean): string {
    const { country, locale } = this.#deps.shop()
    const voice = {
      language: conversation.language ?? (locale.toLowerCase().startsWith('en') ? 'en' : 'es'),
      formOfAddress: conversation.formOfAddress ?? usualFormOfAddress(country),
      seed: turn.id,
    } as const
    return say(voice, byPerson ? 'voice_person' : 'voice_received')
  }

  /** How the conversation's turn before this one ended; turns that were cancelled said nothing. */
  #lastEnd(turn: Turn): string | null {
    return (this.#deps.storage
      .prepare<[string, string], string | null>(
        `SELECT end_reason FROM turns WHERE conversation_id = ? AND id <> ? AND state IN ('done', 'failed') AND end_reason <> 'old'
         ORDER BY seq DESC LIMIT 1`,
      )
      .pluck()
      .get(turn.conversationId, turn.id) ?? null) as string | null
  }
}

function hasUnreadVoice({ attachments }: TurnInput): boolean {
  return attachments.some(({ kind, understood }) => kind === 'voice' && understood === undefined)
}

/** Nothing but voice notes that nobody understood. */
function isUnreadVoice({ text, attachments }: TurnInput): boolean {
  return (
    text.trim() === '' &&
    attachments.length > 0 &&
    attachments.every(({ kind, understood }) => kind === 'voice' && understood === undefined)
  )
}
