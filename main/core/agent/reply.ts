import type { OutboundPayload } from '../channels/channel.ts'
import { missedIn } from '../demand/service.ts'
import type { Language } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import { safeReply } from '../language/safe-reply.ts'
import { messageLength, splitText } from '../language/split-text.ts'
import { isOff } from '../mutants.ts'
import type { Tx } from '../storage/storage.ts'
import type { JournaledStep } from '../turns/journal.ts'
import type { Turn } from '../turns/service.ts'
import { classify } from '../understanding/service.ts'
import { answerFromFacts } from './answer-from-facts.ts'
import { withRefreshedResults } from './calls.ts'
import type { ContextReader, ConversationContext, TurnInput } from './conversation-context.ts'
import { currentEvidence, type Evidence } from './current-facts.ts'
import type { AgentDependencies } from './dependencies.ts'
import { isInLanguage, stateAfter } from './draft-checks.ts'
import { isPrompted } from './finished-steps.ts'
import { FirstReply } from './first-reply.ts'
import { checkReply } from './gate.ts'
import { findingsOfReviewedText } from './reviewed-text.ts'
import { type GateFinding, type GateRecord, type ReplyTrace, replyCost, traceStep } from './trace.ts'

export interface Draft {
  turn: Turn
  conversation: ConversationContext
  input: TurnInput[]
  steps: JournaledStep[]
  /** The engine's last step: the reply's text. */
  step: JournaledStep
  /** Leave the engine's text and answer from what the tools returned. */
  answerFromFacts: boolean
}

/** Commits replies: gate, epoch and revisions first, then message, outbox, trace and end of turn in one transaction. */
export class ReplyWriter {
  readonly #deps: AgentDependencies
  readonly #context: ContextReader
  readonly #first: FirstReply

  constructor(deps: AgentDependencies, context: ContextReader) {
    this.#deps = deps
    this.#context = context
    this.#first = new FirstReply(deps)
  }

  /**
   * Returns `stale` when a row that the reply cites has changed since it was read; nothing is written then, except
   * for a draft made from facts, which leaves as the safe reply.
   * @throws DomainError `turn.epoch_changed`
   */
  commit(draft: Draft): 'committed' | 'stale' {
    const evidence = currentEvidence(draft.steps)
    const language = draft.step.answer.language
    const { text, gate } = this.#checkedText(draft, evidence, language)
    return this.#deps.storage.write('agent', (tx) => {
      this.requireEpoch(draft.turn)
      let leaving = text
      if (!isOff('citations.revision') && !this.#context.citationsHold(evidence.cites)) {
        if (!draft.answerFromFacts) return 'stale' as const
        leaving = safeReply(language, draft.step.answer.formOfAddress)
      }
      this.#write(tx, draft, evidence, leaving, gate)
      return 'committed' as const
    })
  }

  /**
   * Why a model is to write its text again: what the gate finds, or that it is not in the customer's language. Null
   * when it may leave.
   */
  findings(draft: Draft): GateFinding[] | null {
    const evidence = currentEvidence(draft.steps)
    const { text, language } = draft.step.answer
    const { gate } = this.#checkedText(draft, evidence, language)
    if (!gate.ok) return gate.findings
    return isInLanguage(text, language)
      ? null
      : [
          {
            kind: 'language',
            text: text.slice(0, 60),
            reason: language === 'es' ? 'not_spanish' : 'not_english',
          },
        ]
  }

  /** A safe reply and a person, for a turn that died too often. */
  giveUp(turn: Turn, conversation: ConversationContext): void {
    this.#deps.storage.write('agent', (tx) => {
      const reason = 'turn_failed'
      this.#deps.turns.end(tx, turn, 'failed', reason)
      if (conversation.epoch !== turn.epoch || conversation.mode !== 'bot') return
      const text = this.#parting(turn, conversation)
      const epoch = this.#deps.conversations.handOver(tx, conversation.id, reason)
      this.addUnasked(tx, { turn, conversation, text, epoch, endReason: reason })
    })
  }

  /** Adds a message that no engine wrote, with its outbox rows and its trace. Returns its id. */
  addUnasked(
    tx: Tx,
    {
      turn,
      conversation,
      text: unasked,
      epoch,
      endReason,
    }: { turn: Turn; conversation: ConversationContext; text: string; epoch: number; endReason: string },
  ): string {
    const asked = this.#context.input(conversation.id, turn.firstMessageSeq).map((message) => message.text)
    const language = conversation.language ?? classify(asked.at(-1) ?? '', {}).language
    const text = this.#first.of(tx, { conversationId: conversation.id, text: unasked, language, asked })
    const messageId = this.#deps.conversations.addMessage(tx, conversation, {
      author: 'agent',
      kind: 'text',
      text,
      turnId: turn.id,
    })
    const parts = this.#parts(conversation.accountId, text, [])
    this.#enqueue(tx, conversation, turn.id, messageId, epoch, parts)
    const trace: ReplyTrace = {
      turnId: turn.id,
      messageId,
      engine: 'none',
      model: null,
      language: conversation.language,
      steps: this.#deps.journal.steps(turn.id).map(traceStep),
      ...replyCost(this.#deps.journal.steps(turn.id)),
      gate: null,
      cites: [],
      attempts: turn.attempts,
      endReason,
      durationMs: 0,
    }
    this.#deps.journal.saveTrace(tx, trace)
    return messageId
  }

  /** What was done already is told, in the customer's language; then a person is promised. */
  #parting(turn: Turn, conversation: ConversationContext): string {
    const { formOfAddress } = conversation
    const asked = this.#context.input(conversation.id, turn.firstMessageSeq).at(-1)?.text ?? ''
    const language = conversation.language ?? classify(asked, {}).language
    const safe = safeReply(language, formOfAddress)
    const { facts } = currentEvidence(this.#deps.journal.steps(turn.id))
    if (!facts.some((fact) => fact.kind === 'action')) return safe
    return `${answerFromFacts({ facts, language, formOfAddress, shop: this.#deps.shop() })}\n\n${safe}`
  }

  /** Notes on each new customer message what it is about. */
  recordUnderstanding(tx: Tx, input: readonly TurnInput[]): void {
    for (const message of input) {
      if (message.classified || message.text === '') continue
      this.#deps.storage
        .prepare('UPDATE messages SET understanding = ?, updated_at = ? WHERE id = ?')
        .run(JSON.stringify(classify(message.text, {})), tx.now, message.id)
    }
  }

  #checkedText(draft: Draft, evidence: Evidence, language: Language): { text: string; gate: GateRecord } {
    const drafted = draft.step.answer.text.trim()
    const shop = this.#deps.shop()
    const notice = this.#deps.away.closedNotice(language)
    const facts = [...evidence.facts]
    if (notice !== null) facts.push({ kind: 'shop_text', topic: 'hours', text: notice })
    const check = (text: string, written: 'model' | 'rules') => {
      const verdict = checkReply({
        text,
        language,
        facts,
        customerTexts: draft.input.map((message) => message.text),
        shop,
        mentions: (part) => this.#deps.mentions(part),
      })
      const findings = written === 'rules' ? findingsOfReviewedText(verdict.findings) : verdict.findings
      return { ok: findings.length === 0, findings }
    }
    const verdict = check(drafted, isPrompted(draft.step) ? 'model' : 'rules')
    if (drafted !== '' && verdict.ok && !draft.answerFromFacts) {
      return { text: drafted, gate: { ok: true, findings: [], refusedText: null } }
    }
    const formOfAddress = draft.step.answer.formOfAddress
    const answer = answerFromFacts({ facts: evidence.facts, language, formOfAddress, shop })
    const text = answer !== '' && check(answer, 'rules').ok ? answer : safeReply(language, formOfAddress)
    return { text, gate: { ok: false, findings: verdict.findings, refusedText: drafted } }
  }

  #write(tx: Tx, draft: Draft, evidence: Evidence, checked: string, gate: GateRecord): void {
    const { turn, conversation, step, steps } = draft
    const notice = this.#deps.away.untoldNotice(conversation.id, step.answer.language)
    const text = notice === null || checked.includes(notice.text) ? checked : `${checked}\n\n${notice.text}`
    const results = steps.flatMap((item) => item.calls).map((call) => call.result)
    const handOver = results.map((result) => result.handOver).find((reason) => reason !== null) ?? null
    this.#deps.journal.addStep(tx, turn.id, step)
    this.#deps.turns.takeIn(turn.id, step.sawMessageSeq)
    this.recordUnderstanding(tx, draft.input)
    const asked = draft.input.map((message) => message.text)
    const { language } = step.answer
    const said = this.#first.of(tx, { conversationId: conversation.id, text, language, asked })
    const messageId = this.#deps.conversations.addMessage(tx, conversation, {
      author: 'agent',
      kind: 'text',
      text: said,
      turnId: turn.id,
    })
    if (notice !== null) this.#deps.away.note(tx, conversation.id, notice.closure, messageId)
    this.#noteDemand(tx, draft, text)
    const endReason = handOver === null ? 'replied' : 'handed_over'
    this.#deps.turns.end(tx, turn, 'done', endReason)
    const epoch =
      handOver === null ? turn.epoch : this.#deps.conversations.handOver(tx, conversation.id, handOver.reason)
    if (handOver === null) this.#scheduleUnseen(tx, conversation.id, epoch, step.sawMessageSeq)
    const attachments = results.flatMap((result) => result.attachments)
    const parts = this.#parts(conversation.accountId, said, attachments)
    this.#enqueue(tx, conversation, turn.id, messageId, epoch, parts)
    this.#deps.storage
      .prepare(
        `UPDATE conversations SET dialogue_state = ?, language = ?, form_of_address = coalesce(?, form_of_address), updated_at = ? WHERE id = ?`,
      )
      .run(
        JSON.stringify(stateAfter(draft, text, gate) ?? {}),
        step.answer.language,
        step.answer.formOfAddress,
        tx.now,
        conversation.id,
      )
    this.#deps.journal.saveTrace(tx, {
      turnId: turn.id,
      messageId,
      engine: step.engine,
      model: step.model,
      language: step.answer.language,
      steps: [...steps, step].map(traceStep),
      ...replyCost([...steps, step]),
      gate,
      cites: evidence.cites,
      attempts: turn.attempts,
      endReason,
      durationMs: turn.startedAt === null ? 0 : Math.max(0, Date.parse(tx.now) - Date.parse(turn.startedAt)),
    })
  }

  #noteDemand(tx: Tx, { turn, conversation, input, steps }: Draft, reply: string): void {
    if (this.#deps.demand === undefined) return
    const missed = missedIn({
      calls: withRefreshedResults(steps).flatMap((step) => step.calls),
      reply,
      customerTexts: input.map((message) => message.text),
      mentions: (text) => this.#deps.mentions(text),
    })
    const { id: conversationId, customerId } = conversation
    this.#deps.demand.record(tx, { conversationId, customerId, turnId: turn.id }, missed)
  }

  /** Messages that came too late for this turn get one of their own. */
  #scheduleUnseen(tx: Tx, conversationId: string, epoch: number, sawSeq: number): void {
    const seq = this.#context.nextCustomerSeq(conversationId, sawSeq)
    if (seq !== null) this.#deps.turns.schedule(tx, conversationId, epoch, seq)
  }

  #parts(accountId: string, text: string, attachments: readonly OutboundPayload[]): OutboundPayload[] {
    const capabilities = this.#deps.capabilities(accountId)
    const parts = splitText(text, capabilities?.textLength ?? messageLength)
    const photos = attachments.filter((part) => part.type !== 'photo' || (capabilities?.photos ?? true))
    return [...parts.map((part): OutboundPayload => ({ type: 'text', text: part })), ...photos]
  }

  #enqueue(
    tx: Tx,
    conversation: ConversationContext,
    turnId: string,
    messageId: string,
    epoch: number,
    parts: readonly OutboundPayload[],
  ): void {
    this.#deps.outbox.enqueue(tx, {
      conversationId: conversation.id,
      accountId: conversation.accountId,
      messageId,
      turnId,
      epoch,
      author: 'agent',
      parts,
    })
  }

  /** @throws DomainError `turn.epoch_changed` when the bot does not hold the conversation any more as the turn began. */
  requireEpoch(turn: Turn): void {
    if (isOff('epoch.reply')) return
    const now = this.#context.conversation(turn.conversationId)
    if (now?.epoch !== turn.epoch || now.mode !== 'bot') {
      throw new DomainError('turn.epoch_changed', { turnId: turn.id })
    }
  }
}
