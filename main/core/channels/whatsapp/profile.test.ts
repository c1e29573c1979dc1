import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Profile } from './profile.ts'

describe('the folder of a WhatsApp account', () => {
  let folder: string
  let profile: Profile

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'whatsapp-profile-'))
    profile = new Profile(folder, 200)
    mkdirSync(join(folder, 'session'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const lock = () => join(folder, 'session', 'SingletonLock')
  const isLocked = () => lstatSync(lock(), { throwIfNoEntry: false }) !== undefined

  it('is freed of the lock of a browser that died with the computer', async () => {
    symlinkSync(`another-computer-${process.pid}`, lock())
    writeFileSync(join(folder, 'session', 'Cookies'), 'kept')
    await profile.prepare()
    expect(isLocked()).toBe(false)
    expect(existsSync(join(folder, 'session', 'Cookies'))).toBe(true)
  })

  it.runIf(process.platform === 'linux')(
    'is freed of a browser that was left over, and of no other process',
    async () => {
      const stranger = spawn('sleep', ['60'])
      const browser = spawn('sh', ['-c', `while :; do sleep 1; done # ${folder}`], { detached: true })
      const ended = once(browser, 'exit')
      symlinkSync(`${hostname()}-${stranger.pid}`, lock())
      await profile.prepare()
      expect(isLocked()).toBe(false)
      expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
      symlinkSync(`${hostname()}-${browser.pid}`, lock())
      await profile.prepare()
      await ended
      expect(browser.signalCode).toBe('SIGKILL')
      stranger.kill()
    },
  )

  it('forgets the session and what came in, and keeps what was heard', async () => {
    await profile.prepare()
    profile.write({ readyAt: 5, chatsTold: true })
    writeFileSync(join(folder, 'incoming', 'photo'), 'x')
    await profile.forgetSession()
    expect(existsSync(join(folder, 'session'))).toBe(false)
    expect(existsSync(join(folder, 'incoming'))).toBe(false)
    expect(new Profile(folder).note).toEqual({ readyAt: 5, chatsTold: false })
    await profile.remove()
    expect(existsSync(folder)).toBe(false)
  })

  it('gives no path outside of where files come in', () => {
    expect(profile.incoming(join(folder, 'incoming', 'a.jpg'))).toBe(join(folder, 'incoming', 'a.jpg'))
    expect(profile.incoming(join(folder, 'incoming', '..', 'account.json'))).toBeNull()
    expect(profile.incoming('/etc/passwd')).toBeNull()
    expect(profile.incoming(join(folder, 'incoming-other', 'a'))).toBeNull()
  })

  it('takes a damaged note for none', () => {
    writeFileSync(join(folder, 'account.json'), '{"readyAt": "yest')
    expect(profile.note).toEqual({ readyAt: null, chatsTold: false })
  })
})
