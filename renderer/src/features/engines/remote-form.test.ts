import { describe, expect, it } from 'vitest'
import {
  emptyRemote,
  fieldOf,
  priceProblems,
  pricesOf,
  remoteInputOf,
  remoteProblems,
  staysHere,
} from './remote-form.ts'

describe('a remote engine’s form', () => {
  it('asks for what each service needs', () => {
    expect(remoteProblems(emptyRemote)).toEqual({ key: 'key', model: 'model' })
    expect(remoteProblems({ ...emptyRemote, provider: 'custom', model: 'm' })).toEqual({ baseUrl: 'address' })
    const own = {
      ...emptyRemote,
      provider: 'custom' as const,
      baseUrl: 'http://127.0.0.1:1234/v1',
      model: 'm',
    }
    expect(remoteProblems(own)).toEqual({})
    expect(remoteProblems({ ...own, baseUrl: 'ftp://x' })).toEqual({ baseUrl: 'address' })
    expect(remoteProblems({ ...emptyRemote, key: 'k', model: 'm', baseUrl: 'nowhere' })).toEqual({
      baseUrl: 'address',
    })
  })

  it('takes prices whole or not at all', () => {
    const prices = { inputPrice: '0,27', cachedPrice: '', outputPrice: '1.1' }
    expect(priceProblems(prices)).toEqual({})
    expect(pricesOf(prices)).toEqual({ input: 270_000, cached: 270_000, output: 1_100_000 })
    expect(priceProblems({ ...prices, outputPrice: '' })).toEqual({ outputPrice: 'price_both' })
    expect(priceProblems({ ...prices, inputPrice: 'x' })).toEqual({ inputPrice: 'price' })
    expect(pricesOf({ inputPrice: '', cachedPrice: '', outputPrice: '' })).toBeNull()
  })

  it('sends nothing that was not said', () => {
    expect(remoteInputOf({ ...emptyRemote, key: ' k ', model: ' m ' }, 'shop')).toEqual({
      shop: 'shop',
      provider: 'deepseek',
      key: 'k',
      model: 'm',
    })
  })

  it('puts an error under the field that it is about', () => {
    expect(fieldOf('engine.refused_key', 'deepseek')).toBe('key')
    expect(fieldOf('engine.unreachable', 'custom')).toBe('baseUrl')
    expect(fieldOf('engine.unreachable', 'deepseek')).toBeNull()
    expect(fieldOf('engine.address_insecure', 'deepseek')).toBe('baseUrl')
    expect(fieldOf('engine.model_unknown', 'openrouter')).toBe('model')
  })

  it('knows addresses of this computer', () => {
    expect(staysHere('http://localhost:11434/v1')).toBe(true)
    expect(staysHere('http://127.0.0.1:1234/v1')).toBe(true)
    expect(staysHere('https://api.example.com/v1')).toBe(false)
    expect(staysHere('http://127.0.0.1.example.com')).toBe(false)
    expect(staysHere('')).toBe(false)
  })
})
