import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deviceKey, isKnownTo, readDevice, rememberedAt } from './devices.ts'
import type { PasswordHash } from './password-hash.ts'

const made = (): PasswordHash => ({
  costLog2: 4,
  blockSize: 8,
  parallel: 1,
  salt: randomBytes(16),
  hash: randomBytes(32),
})
const [evas, rosas] = [made(), made()]

describe('a browser', () => {
  it('is known to who signed in there, and to nobody else', () => {
    const device = readDevice(rememberedAt(null, 'eva', evas))
    if (device === null) throw new Error('it reads what it wrote')
    expect(isKnownTo(device, 'eva', evas)).toBe(true)
    expect(isKnownTo(device, 'rosa', rosas)).toBe(false)
    expect(isKnownTo(device, 'rosa', evas)).toBe(false)
    expect(isKnownTo({ ...device, id: 'A'.repeat(22) }, 'eva', evas)).toBe(false)
    expect(isKnownTo(device, 'eva', made())).toBe(false)
  })

  it('remembers several people, each once, and no more than a cookie holds', () => {
    let cookie = rememberedAt(null, 'eva', evas)
    for (const [id, hash] of [['rosa', rosas] as const, ['eva', evas] as const, ['rosa', rosas] as const])
      cookie = rememberedAt(readDevice(cookie), id, hash)
    expect(readDevice(cookie)?.proofs).toHaveLength(2)
    for (let more = 0; more < 20; more++) cookie = rememberedAt(readDevice(cookie), `p${more}`, made())
    expect(cookie.length).toBeLessThan(400)
    cookie = rememberedAt(readDevice(cookie), 'eva', evas)
    const device = readDevice(cookie)
    expect(device !== null && isKnownTo(device, 'eva', evas) && !isKnownTo(device, 'rosa', rosas)).toBe(true)
  })

  it('counts the tries of each person apart', () => {
    const [one, other] = [
      readDevice(rememberedAt(null, 'eva', evas)),
      readDevice(rememberedAt(null, 'eva', evas)),
    ]
    if (one === null || other === null) throw new Error('it reads what it wrote')
    const keys = [deviceKey(one, 'eva'), deviceKey(one, 'rosa'), deviceKey(other, 'eva')]
    expect(new Set(keys).size).toBe(3)
  })

  it('is none of ours when the cookie says anything else', () => {
    for (const cookie of [null, undefined, '', 'x', `${'A'.repeat(22)}`, `${'A'.repeat(22)}.short`])
      expect(readDevice(cookie)).toBeNull()
    fc.assert(
      fc.property(fc.string(), (cookie) => {
        const device = readDevice(cookie)
        expect(device === null || !isKnownTo(device, 'eva', evas)).toBe(true)
      }),
    )
  })
})
