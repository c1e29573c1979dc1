import { describe, expect, it } from 'vitest'
import { withMutant } from '../../mutants.ts'
import { afterHandOver, withoutHandOver } from './outcomes.ts'

describe('what became of a send', () => {
  it('is known when the site says so', () => {
    expect(afterHandOver('x', { result: 'OK' })).toMatchObject({ state: 'sent', externalId: 'x' })
    expect(afterHandOver('x', { result: 'ERROR_UNKNOWN' })).toMatchObject({ state: 'failed' })
    expect(afterHandOver('x', { error: 'ServerStatusCodeError: 463' })).toMatchObject({ state: 'failed' })
  })

  const unsure = [
    { result: 'ERROR_NETWORK' },
    { result: 'ERROR_EXPIRED' },
    { error: 'TypeError: x is undefined' },
    { error: 'Execution context was destroyed' },
  ]

  it('is never worth another try once the site’s client had it', async () => {
    const states = () => unsure.map((finished) => afterHandOver('x', finished).state)
    expect(new Set(states())).toEqual(new Set(['unknown']))
    expect(new Set(await withMutant('whatsapp.handed_is_not_repeated', states))).toEqual(new Set(['later']))
  })

  it('is that nothing left when the library failed before', () => {
    expect(withoutHandOver({ message: undefined })).toEqual({ state: 'failed', reason: 'no_chat' })
    expect(withoutHandOver({ error: new Error('No LID for user') })).toMatchObject({ reason: 'no_chat' })
    expect(withoutHandOver({ error: new Error('mostrador: called back') })).toMatchObject({ state: 'later' })
    expect(withoutHandOver({ error: new Error('bad picture') })).toMatchObject({ state: 'failed' })
  })

  it('is unknown when the page went away', () => {
    const gone = new Error('Execution context was destroyed, most likely because of a navigation.')
    expect(withoutHandOver({ error: gone })).toMatchObject({ state: 'unknown' })
  })
})
