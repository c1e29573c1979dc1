import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../../preload/contract/index.ts'
import {
  answeringOf,
  askedOf,
  failureKind,
  moved,
  noticeOf,
  passedOver,
  remedyOf,
  wantedOf,
} from './state.ts'

function engine(id: string, position: number | null, changes: Partial<Engine> = {}): Engine {
  return {
    id,
    kind: id === 'builtin' ? 'builtin' : 'remote',
    name: id,
    provider: null,
    baseUrl: null,
    model: null,
    file: null,
    enabled: true,
    position,
    prices: null,
    contextTokens: null,
    health: { state: 'ready', error: null, failedAt: null, retryAt: null, answeredAt: null },
    speed: { firstTokenMs: null, tokensPerSecond: null, tier: null },
    today: { requests: 0, failed: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 },
    ...changes,
  }
}

function ill(state: Engine['health']['state'], error: string | null = null): Pick<Engine, 'health'> {
  return { health: { state, error, failedAt: null, retryAt: null, answeredAt: null } }
}

describe('order of engines', () => {
  it('answers with the first one that can', () => {
    const list = [
      engine('builtin', 2),
      engine('first', 0, ill('resting', 'refused_key')),
      engine('second', 1, ill('busy')),
      engine('aside', null),
    ]
    expect(askedOf(list).map((each) => each.id)).toEqual(['first', 'second', 'builtin'])
    expect(answeringOf(list)?.id).toBe('second')
    expect(wantedOf(list)?.id).toBe('first')
    expect(passedOver(list).map((each) => each.id)).toEqual(['first'])
  })

  it('says nothing of engines that the owner turned off', () => {
    const list = [engine('first', 0, { enabled: false }), engine('builtin', 1)]
    expect(answeringOf(list)?.id).toBe('builtin')
    expect(wantedOf(list)?.id).toBe('builtin')
    expect(passedOver(list)).toEqual([])
  })

  it('falls to the built-in engine when nothing else is left', () => {
    const list = [engine('first', 0, ill('off')), engine('builtin', 1)]
    expect(answeringOf(list)?.id).toBe('builtin')
    expect(passedOver(list)).toHaveLength(1)
    expect(answeringOf([])).toBeUndefined()
  })

  it('moves without losing anything', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['c', 'a', 'b'])
    expect(moved(['a'], 5, 0)).toEqual(['a'])
  })
})

describe('what to do about an engine', () => {
  it('names the remedy of each failure', () => {
    const remedy = (changes: Partial<Engine>) => remedyOf(engine('first', 0, changes))
    expect(remedy(ill('resting', 'refused_key'))).toBe('key')
    expect(remedy(ill('resting', 'offline'))).toBe('try_now')
    expect(remedy(ill('resting', 'model_missing'))).toBe('model')
    expect(remedy({ kind: 'local', ...ill('resting', 'model_missing') })).toBe('file')
    expect(remedy(ill('capped', 'no_price'))).toBe('prices')
    expect(remedy(ill('capped'))).toBe('cap')
    expect(remedy(ill('off', 'crashed'))).toBe('turn_on')
    expect(remedy(ill('ready'))).toBeNull()
    expect(remedy({ ...ill('resting', 'refused_key'), enabled: false })).toBeNull()
  })

  it('knows codes with and without the prefix', () => {
    expect(failureKind('engine.refused_key')).toBe('refused_key')
    expect(failureKind('timeout')).toBe('timeout')
    expect(failureKind('new_one')).toBe('other')
    expect(failureKind('crashed', 'local')).toBe('crashed')
    expect(failureKind('crashed', 'remote')).toBe('other')
  })
})

describe('the notice above every screen', () => {
  const fine = { warning: false, capped: false }
  const list = [engine('first', 0), engine('builtin', 1)]

  it('is silent while all is well, and for a shop with the built-in engine alone', () => {
    expect(noticeOf(list, fine, { state: 'idle' })).toBeNull()
    expect(noticeOf([engine('builtin', 0)], { warning: true, capped: true }, { state: 'off' })).toBeNull()
  })

  it('tells the weightiest thing', () => {
    const failing = [engine('first', 0, ill('resting', 'offline')), engine('builtin', 1)]
    expect(noticeOf(list, { warning: true, capped: false }, undefined)).toEqual({ kind: 'warning' })
    expect(noticeOf(failing, { warning: true, capped: false }, undefined)).toMatchObject({ kind: 'stand_in' })
    expect(noticeOf(failing, { warning: true, capped: true }, undefined)).toEqual({ kind: 'capped' })
    const local = [engine('first', 0, { kind: 'local', ...ill('off') }), engine('builtin', 1)]
    expect(noticeOf(local, fine, { state: 'off' })).toEqual({ kind: 'host_off' })
    expect(noticeOf(list, fine, { state: 'off' })).toBeNull()
  })
})
