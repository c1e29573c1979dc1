import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { feedAddress } from './feed-address.ts'
import { nextLook, nextQuestion, nextTry } from './schedule.ts'
import { type Installation, installationKind } from './support.ts'

const packaged: Installation = {
  platform: 'linux',
  isPackaged: true,
  env: { APPIMAGE: '/home/ana/Mostrador.AppImage' },
  isAppImageFolderWritable: true,
  hasFeed: true,
  keys: 1,
}

describe('an installation', () => {
  it('replaces itself where nothing else does', () => {
    expect(installationKind(packaged)).toBe('appimage')
    expect(installationKind({ ...packaged, platform: 'win32', env: {} })).toBe('nsis')
    expect(installationKind({ ...packaged, platform: 'darwin', env: {} })).toBe('mac')
  })

  it('does not where a system, a shop of apps or a person does, or where nobody signs for it', () => {
    const others: Partial<Installation>[] = [
      { env: {} },
      { env: { ...packaged.env, SNAP: '/snap/mostrador' } },
      { isPackaged: false },
      { hasFeed: false },
      { keys: 0 },
      { isAppImageFolderWritable: false },
      { platform: 'win32', env: { PORTABLE_EXECUTABLE_DIR: 'E:\\' } },
      { platform: 'freebsd' },
    ]
    for (const other of others)
      expect(installationKind({ ...packaged, ...other }), JSON.stringify(other)).toBeNull()
  })
})

describe('the address of the releases', () => {
  const yml =
    'provider: generic\nurl: https://releases.example/mostrador\nupdaterCacheDirName: mostrador-updater\n'

  it('is the one of the package, or the mirror that was named', () => {
    expect(feedAddress(undefined, yml)).toBe('https://releases.example/mostrador')
    expect(feedAddress('https://mirror.example/', yml)).toBe('https://mirror.example/')
    expect(feedAddress('http://127.0.0.1:4000/', yml)).toBe('http://127.0.0.1:4000/')
    expect(feedAddress('http://[::1]:4000/', yml)).toBe('http://[::1]:4000/')
  })

  it('is never one over which anybody on the way could answer', () => {
    const bad = [
      'http://releases.example/',
      'http://127.0.0.1.example/',
      'file:///tmp/',
      'ftp://x/',
      'nonsense',
    ]
    for (const address of [...bad, 'https://ana:secret@releases.example/'])
      expect(() => feedAddress(address, yml), address).toThrow('update.failed')
    expect(() => feedAddress(undefined, 'url: http://releases.example/')).toThrow('update.failed')
    expect(() => feedAddress(undefined, 'provider: github')).toThrow('update.failed')
  })
})

describe('the times of looks', () => {
  it('are minutes after the start, then hours, each shop at its own', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(random, (it) => {
        expect(nextLook(null, it) / 60_000).toSatisfy((minutes: number) => minutes >= 3 && minutes < 8)
        expect(nextLook('answered', it) / 3_600_000).toSatisfy((hours: number) => hours > 5.3 && hours < 6.7)
        expect(nextLook('unreachable', it)).toBeLessThan(nextLook('answered', it))
      }),
    )
  })

  it('give a broken download three more tries, and ask less often when nobody ever has a quiet moment', () => {
    expect([1, 2, 3, 4].map(nextTry)).toEqual([5_000, 30_000, 120_000, null])
    expect(nextQuestion(0)).toBe(1_000)
    expect(nextQuestion(3_600_000)).toBe(60_000)
  })
})
