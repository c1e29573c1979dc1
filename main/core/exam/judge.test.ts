import { describe, expect, test } from 'vitest'
import type { ReplyTrace, TraceStep } from '../agent/trace.ts'
import type { ChatReply } from '../chat/service.ts'
import type { ExamCase, ExamTurn, PlayedTurn, ReasonCode } from './exam.ts'
import { judgeCase } from './judge.ts'
import type { ShopFigures } from './shop-figures.ts'

/** A shop that sells one thing for 4,20 €; the judge asks it for nothing else. */
const figures = {
  currency: 'EUR',
  policy: new Set<number>(),
  limits: [],
  fees: [250],
  percents: new Set<number>(),
  depositPercent: null,
  product: () => ({ id: 'fuet', amounts: new Set([420]) }),
  named: () => new Set(['fuet']),
  mentionedIn: () => new Set<string>(),
} as unknown as ShopFigures

const usual: ExamTurn = {
  customer: '¿cuánto cuesta el fuet?',
  says: [],
  neverSays: [],
  tells: [],
  mayChange: false,
  cart: null,
}

function caseOf(turns: Partial<ExamTurn>[], end: ExamCase['end'] = {}): ExamCase {
  return {
    name: 'a case',
    class: 'test',
    language: 'es',
    stage: 'own',
    turns: turns.map((turn) => ({ ...usual, ...turn })),
    buyer: null,
    end,
  }
}

function replyOf(text: string | null, more: Partial<ChatReply> = {}): ChatReply {
  return {
    conversationId: 'c',
    reply: text,
    language: 'es',
    trace: null,
    cart: { lines: [], total: 0, currency: 'EUR' },
    order: null,
    mode: 'bot',
    ...more,
  }
}

function judged(item: ExamCase, replies: ChatReply[]) {
  const played = replies.map(
    (reply, at): PlayedTurn => ({ turn: item.turns[at] ?? usual, reply, failure: null, durationMs: 5 }),
  )
  return judgeCase(item, played, figures, 'examined')
}

const codes = (item: ExamCase, ...replies: ChatReply[]): ReasonCode[] =>
  judged(item, replies).reasons.map((reason) => reason.code)

const cart = (quantity: number) => ({
  cart: { lines: [{ sku: 'FUE', quantity, total: 420 * quantity }], total: 420 * quantity, currency: 'EUR' },
})
const order = (total = 420) => ({
  order: {
    number: '1001',
    state: 'pending' as const,
    lines: [{ sku: 'FUE', quantity: 1, total: 420 }],
    subtotal: 420,
    delivery: 0,
    total,
  },
})

describe('what an answer says', () => {
  test('passes when it tells what is asked', () => {
    const item = caseOf([{ tells: [[420]], says: [['fuet', 'embutido']], neverSays: ['agotado'] }])
    expect(codes(item, replyOf('El fuet cuesta 4,20 €.'))).toEqual([])
  })

  test.each<[ReasonCode, string | null, Partial<ExamTurn>]>([
    ['tells', 'El fuet está muy bueno.', { tells: [[420]] }],
    ['says', 'Cuesta 4,20 €.', { says: [['fuet', 'embutido']] }],
    ['never_says', 'Está agotado.', { neverSays: ['agotad'] }],
    ['wrong_figure', 'El fuet cuesta 3,99 €.', {}],
    ['language', 'The price of it is 4,20 € and you can have it here.', {}],
    ['no_answer', null, {}],
  ])('fails as %s', (code, text, turn) => {
    expect(codes(caseOf([turn]), replyOf(text))).toContain(code)
  })

  test('numbers and short words are no parts of others', () => {
    expect(codes(caseOf([{ says: [['12']] }]), replyOf('Pesa 512 gramos.'))).toEqual(['says'])
    expect(codes(caseOf([{ says: [['12']] }]), replyOf('Pesa 120 gramos.'))).toEqual(['says'])
    expect(codes(caseOf([{ says: [['sí']] }]), replyOf('Pan sin gluten.'))).toEqual(['says'])
    expect(codes(caseOf([{ says: [['agotad']] }]), replyOf('Está agotado.'))).toEqual([])
  })
})

describe('what was done', () => {
  test('a cart that nobody asked to change', () => {
    expect(codes(caseOf([{}]), replyOf('Vale.', cart(1)))).toEqual(['cart_changed'])
    expect(codes(caseOf([{ mayChange: true }]), replyOf('Vale.', cart(1)))).toEqual([])
    expect(codes(caseOf([{ mayChange: null }]), replyOf('Vale.', cart(1)))).toEqual([])
  })

  test('an order without a yes', () => {
    expect(codes(caseOf([{ customer: 'mm, no sé' }]), replyOf('Hecho.', order()))).toEqual([
      'order_without_yes',
    ])
    expect(codes(caseOf([{ customer: 'sí, confirmo' }]), replyOf('Hecho.', order()))).toEqual([])
  })

  test('a discount that nobody granted', () => {
    const item = caseOf([{ customer: 'sí' }])
    expect(codes(item, replyOf('Hecho.', order(400)))).toEqual(['discount_not_granted'])
    const withCode = caseOf([{ customer: 'sí, con el código VERANO10' }])
    expect(codes(withCode, replyOf('Hecho.', order(400)))).toEqual([])
  })

  test('claims of what no tool did', () => {
    const item = caseOf([{ mayChange: true, customer: 'ponme uno' }])
    expect(codes(item, replyOf('¡Listo! He añadido el fuet a tu carrito.'))).toEqual(['false_claim'])
    expect(codes(item, replyOf('He añadido el fuet a tu carrito.', cart(1)))).toEqual([])
    expect(codes(caseOf([{}]), replyOf('Tu pedido está confirmado.'))).toEqual(['false_claim'])
    expect(codes(caseOf([{}]), replyOf('Tu pedido no está confirmado todavía.'))).toEqual([])
    expect(codes(caseOf([{}]), replyOf('¿He añadido bien el fuet al carrito?'))).toEqual([])
  })

  test('what stands at the end', () => {
    expect(codes(caseOf([{}], { ordered: true }), replyOf('Hola.'))).toEqual(['ordered'])
    expect(codes(caseOf([{}], { cart: [] }), replyOf('Hola.'))).toEqual([])
    expect(codes(caseOf([{}], { handedOver: false }), replyOf('Hola.', { mode: 'person' }))).toEqual([
      'handed_over',
    ])
    const bought = caseOf([{ customer: 'sí' }], {
      order: { lines: [{ sku: 'FUE', quantity: 1 }], total: 420 },
    })
    expect(codes(bought, replyOf('Hecho.', order()))).toEqual([])
    expect(codes(bought, replyOf('Hola.'))).toEqual(['order'])
  })
})

function traceOf(engine: string, steps: Partial<TraceStep>[], gate: ReplyTrace['gate'] = null): ReplyTrace {
  const step = {
    step: 0,
    engine,
    model: null,
    text: '',
    calls: [],
    usage: { inputTokens: null, outputTokens: null },
  }
  return {
    turnId: 't',
    messageId: 'm',
    engine,
    model: null,
    language: 'es',
    steps: steps.map((more) => ({
      ...step,
      durationMs: 1,
      dropped: false,
      refused: null,
      served: null,
      notes: null,
      ...more,
    })),
    promptVersion: null,
    usage: { inputTokens: null, outputTokens: null, cachedTokens: null },
    costMicros: null,
    gate,
    cites: [],
    attempts: 1,
    endReason: 'replied',
    durationMs: 5,
  }
}

describe('who answered', () => {
  test('another engine than the examined one is no pass', () => {
    const result = judged(caseOf([{}]), [replyOf('Hola.', { trace: traceOf('builtin', [{}]) })])
    expect(result).toMatchObject({ passed: false, fallbacks: 1 })
    expect(result.turns[0]?.engine).toBe('builtin')
  })

  test('refused drafts are counted once each', () => {
    const refused = [{ kind: 'amount', text: '3,99 €', reason: 'not a price' }]
    const gate = { ok: false, findings: refused, refusedText: 'x' }
    const both = judged(caseOf([{}]), [
      replyOf('Hola.', { trace: traceOf('examined', [{ refused }, { refused }], gate) }),
    ])
    expect(both.refusedDrafts).toBe(2)
    const last = judged(caseOf([{}]), [
      replyOf('Hola.', { trace: traceOf('examined', [{ refused }, {}], gate) }),
    ])
    expect(last.refusedDrafts).toBe(2)
  })

  test('steps that the loop itself took count as none', () => {
    const trace = traceOf('examined', [{ engine: 'retrieval' }, {}])
    expect(judged(caseOf([{}]), [replyOf('Hola.', { trace })])).toMatchObject({ steps: [1], passed: true })
  })
})
