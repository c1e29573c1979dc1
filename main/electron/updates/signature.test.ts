import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDomainError } from '../../core/errors.ts'
import { withMutant } from '../../core/mutants.ts'
import { type Release, signedText, sizeFor } from './release.ts'
import { readUpdateKeys, verifiedRelease } from './signature.ts'

const ours = generateKeyPairSync('ed25519')
const next = generateKeyPairSync('ed25519')
const strangers = generateKeyPairSync('ed25519')
const keys = [ours.publicKey, next.publicKey]

const sha512 = fc
  .uint8Array({ minLength: 64, maxLength: 64 })
  .map((bytes) => Buffer.from(bytes).toString('base64'))
const fileName = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,30}$/)
const file = fc.record({ url: fileName, size: fc.integer({ min: 1 }), sha512 })
const version = fc
  .tuple(fc.nat(40), fc.nat(40), fc.nat(40), fc.option(fc.constantFrom('beta.1', 'beta.2', 'rc')))
  .map(([major, minor, patch, tag]) => `${major}.${minor}.${patch}${tag === null ? '' : `-${tag}`}`)
const release: fc.Arbitrary<Release> = fc.record({
  version,
  files: fc.array(file, { minLength: 1, maxLength: 4 }),
})

function signedBy(key: typeof ours.privateKey, it: Release): string {
  return sign(null, Buffer.from(signedText(it)), key).toString('base64')
}

function refusal(work: () => unknown): string | null {
  try {
    work()
    return null
  } catch (error) {
    return isDomainError(error) ? error.code : String(error)
  }
}

describe('the text under a signature', () => {
  it('is never the same for two releases that differ, whatever their parts hold', () => {
    // Wilder than what a feed may hold: the text's own marks, and halves of characters.
    const text = fc.string({ unit: fc.constantFrom('"', ',', '[', '\\', '\n', '1', '\ud800'), maxLength: 4 })
    const wild = fc.record({ url: text, size: fc.nat(11), sha512: text })
    const anything = fc.record({ version: text, files: fc.array(wild, { maxLength: 2 }) })
    const differs = (a: Release, b: Release): boolean =>
      (signedText(a) === signedText(b)) === (JSON.stringify(a) === JSON.stringify(b))
    fc.assert(fc.property(anything, anything, differs))
    // The same signs in the same order, with the borders between the parts somewhere else.
    const borders = fc.tuple(fc.nat(12), fc.nat(12))
    const cut = (signs: string, [one, two]: [number, number], size: number): Release => {
      const [first, second] = [Math.min(one, two), Math.max(one, two)]
      const file = { url: signs.slice(first, second), size, sha512: signs.slice(second) }
      return { version: signs.slice(0, first), files: [file] }
    }
    const signs = fc.string({ unit: fc.constantFrom('"', ',', '1', ']'), minLength: 2, maxLength: 12 })
    fc.assert(
      fc.property(signs, borders, borders, (given, one, two) =>
        differs(cut(given, one, 1), cut(given, two, 1)),
      ),
      { numRuns: 500 },
    )
  })

  it('tells the order of files apart, because the first that fits is installed', () => {
    fc.assert(
      fc.property(release, ({ version: v, files }) => {
        const turned = files.toReversed()
        const same = JSON.stringify(files) === JSON.stringify(turned)
        return (signedText({ version: v, files }) === signedText({ version: v, files: turned })) === same
      }),
    )
  })
})

describe('a release', () => {
  it('is believed when one of our keys stands for it', () => {
    fc.assert(
      fc.property(release, fc.constantFrom(ours, next), (it, key) => {
        const feed = { ...it, signature: signedBy(key.privateKey, it), releaseDate: '2026-01-01' }
        expect(verifiedRelease(feed, keys)).toEqual(it)
      }),
      { numRuns: 50 },
    )
  })

  it('is believed with one good signature of several, while a key is being replaced', () => {
    const it = { version: '1.2.3', files: [{ url: 'a.exe', size: 5, sha512: `${'A'.repeat(86)}==` }] }
    const signature = [signedBy(strangers.privateKey, it), signedBy(next.privateKey, it)]
    expect(verifiedRelease({ ...it, signature }, keys)).toEqual(it)
  })

  it('is refused when anything signed was changed, and this guard is what refuses it', async () => {
    const changed = fc.tuple(release, release).filter(([a, b]) => signedText(a) !== signedText(b))
    fc.assert(
      fc.property(changed, ([a, b]) => {
        const feed = { ...b, signature: signedBy(ours.privateKey, a) }
        return refusal(() => verifiedRelease(feed, keys)) === 'update.signature'
      }),
      { numRuns: 100 },
    )
    const it = { version: '1.2.3', files: [{ url: 'a.exe', size: 5, sha512: `${'A'.repeat(86)}==` }] }
    await withMutant('updates.signature', () => {
      expect(refusal(() => verifiedRelease(it, keys))).toBeNull()
    })
  })

  it("is refused without a signature, with a stranger's, with rubbish, and where we have no key", () => {
    const it = { version: '1.2.3', files: [{ url: 'a.exe', size: 5, sha512: `${'A'.repeat(86)}==` }] }
    const good = signedBy(ours.privateKey, it)
    for (const signature of [undefined, '', 'AAAA', [], signedBy(strangers.privateKey, it), good.slice(2)])
      expect(
        refusal(() => verifiedRelease({ ...it, signature }, keys)),
        String(signature),
      ).toBe('update.signature')
    expect(refusal(() => verifiedRelease({ ...it, signature: good }, []))).toBe('update.signature')
  })

  it('is refused when it asks for what the signature does not cover', () => {
    const file = { url: 'a.exe', size: 5, sha512: `${'A'.repeat(86)}==` }
    const good = { version: '1.2.3', files: [file] }
    const signature = signedBy(ours.privateKey, good)
    const bad: unknown[] = [
      null,
      '<html>',
      {},
      { ...good, packages: { x64: { path: 'evil.7z', sha512: file.sha512 } } },
      { ...good, files: [] },
      { ...good, files: [{ ...file, sha2: 'abc' }] },
      { ...good, files: [{ ...file, isAdminRightsRequired: true }] },
      { ...good, files: [{ ...file, url: 'https://elsewhere.example/a.exe' }] },
      { ...good, files: [{ ...file, url: '../a.exe' }] },
      { ...good, files: [{ ...file, url: '..%2Fa.exe' }] },
      { ...good, files: [{ ...file, sha512: 'ab'.repeat(64) }] },
      { ...good, version: '1.2' },
      { ...good, version: '1.2.3+build' },
    ]
    for (const feed of bad) {
      const it = feed !== null && typeof feed === 'object' ? { ...feed, signature } : feed
      expect(
        refusal(() => verifiedRelease(it, keys)),
        JSON.stringify(feed),
      ).toBe('update.failed')
    }
  })
})

describe('the keys', () => {
  it('are read from the shipped file, and nothing else is taken for one', () => {
    const publicKey = ours.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
    expect(readUpdateKeys(JSON.stringify({ keys: [{ name: '2026', publicKey }] }))).toHaveLength(1)
    expect(readUpdateKeys('{"keys":[]}')).toEqual([])
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
    const other = rsa.export({ format: 'der', type: 'spki' }).toString('base64')
    for (const json of ['', '{}', JSON.stringify({ keys: [{ name: 'x', publicKey: other }] })])
      expect(() => readUpdateKeys(json), json).toThrow()
  })
})

describe('the file for this computer', () => {
  const named = (...names: string[]): Release => ({
    version: '1.0.0',
    files: names.map((url, index) => ({ url, size: index + 1, sha512: '' })),
  })

  it('is of its system and its processor', () => {
    const windows = named('Mostrador-1.0.0-x64.exe', 'Mostrador-1.0.0-arm64.exe')
    expect(sizeFor(windows, 'nsis', 'x64')).toBe(1)
    expect(sizeFor(windows, 'nsis', 'arm64')).toBe(2)
    expect(sizeFor(windows, 'mac', 'x64')).toBeNull()
    const mac = named('Mostrador-1.0.0-mac.zip', 'Mostrador-1.0.0-arm64-mac.zip', 'Mostrador-1.0.0.dmg')
    expect(sizeFor(mac, 'mac', 'arm64')).toBe(2)
    expect(sizeFor(mac, 'mac', 'x64')).toBe(1)
    expect(sizeFor(named('Mostrador-1.0.0-x86_64.AppImage'), 'appimage', 'x64')).toBe(1)
    expect(sizeFor(named('Mostrador-1.0.0-arm64.AppImage'), 'appimage', 'x64')).toBeNull()
  })
})
