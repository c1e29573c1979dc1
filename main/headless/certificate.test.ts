import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeCertificate, ownCertificate, readCertificate, renewedBeforeMs } from './certificate.ts'

const now = Date.parse('2026-03-02T10:00:00Z')
const day = 24 * 60 * 60 * 1_000
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'certificate-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the app’s own certificate', () => {
  it('is made once, kept to the owner, and stays while it is good', async () => {
    const names = ['caja.local', '192.168.1.20', 'fd00::20']
    const made = await ownCertificate(folder, names, now)
    expect(made.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    expect(statSync(join(folder, 'tls', 'key.pem')).mode & 0o777).toBe(0o600)
    expect(await ownCertificate(folder, names, now + 300 * day)).toEqual(made)
    expect(await ownCertificate(folder, ['caja.local'], now)).toEqual(made)
  })

  it('is made anew before it ends, for another name, and where it is damaged', async () => {
    const made = await ownCertificate(folder, ['caja.local'], now)
    const late = await ownCertificate(folder, ['caja.local'], made.endsAt - renewedBeforeMs + day)
    expect(late.fingerprint).not.toBe(made.fingerprint)
    const moved = await ownCertificate(folder, ['caja.local', '10.0.0.7'], now)
    expect(moved.fingerprint).not.toBe(late.fingerprint)
    writeFileSync(join(folder, 'tls', 'cert.pem'), 'damaged')
    const again = await ownCertificate(folder, ['caja.local'], now)
    expect(readFileSync(join(folder, 'tls', 'cert.pem'), 'utf8')).toBe(again.cert)
  })
})

describe('the owner’s certificate', () => {
  it('is taken from its files, or said plainly why not', async () => {
    const [one, other] = [
      await makeCertificate(['a.example'], now),
      await makeCertificate(['b.example'], now),
    ]
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const certFile = file('cert.pem', one.cert)
    const keyFile = file('key.pem', one.key)
    expect(readCertificate({ certFile, keyFile }, now)).toEqual(one)
    const why = (files: { certFile: string; keyFile: string }, at = now) => {
      try {
        readCertificate(files, at)
        return null
      } catch (error) {
        return error
      }
    }
    const refused = (reason: string, path: string) => ({ code: 'access.certificate', data: { reason, path } })
    const gone = join(folder, 'gone.pem')
    expect(why({ certFile: gone, keyFile })).toMatchObject(refused('unreadable', gone))
    const broken = file('broken.pem', 'nothing')
    expect(why({ certFile: broken, keyFile })).toMatchObject(refused('invalid', broken))
    expect(why({ certFile, keyFile: broken })).toMatchObject(refused('invalid', broken))
    const others = file('other.pem', other.key)
    expect(why({ certFile, keyFile: others })).toMatchObject(refused('mismatch', others))
    expect(why({ certFile, keyFile }, now + 400 * day)).toMatchObject(refused('expired', certFile))
  })
})
