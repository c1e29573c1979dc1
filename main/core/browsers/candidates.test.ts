import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { candidates, insideApp, nameOf } from './candidates.ts'
import { downloadPlatform } from './service.ts'

const paths = (...given: Parameters<typeof candidates>) => candidates(...given).map(({ path }) => path)

describe('where browsers usually lie', () => {
  it('on Windows: in every folder of programs, Chrome before Edge', () => {
    const env = {
      ProgramFiles: 'C:\\Program Files',
      'ProgramFiles(x86)': 'C:\\Program Files (x86)',
      LocalAppData: 'C:\\Users\\eva\\AppData\\Local',
    }
    const found = paths({ platform: 'win32', env, home: 'C:\\Users\\eva' })
    expect(found.slice(0, 4)).toEqual([
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Users\\eva\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    ])
    expect(paths({ platform: 'win32', env: { PROGRAMFILES: 'Programs' }, home: '' })).toEqual([])
  })

  it('on macOS: inside the applications of the computer and of the user', () => {
    expect(paths({ platform: 'darwin', env: {}, home: '/Users/eva' }).slice(0, 3)).toEqual([
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Users/eva/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ])
    expect(insideApp('/Applications/Brave Browser.app')).toBe(
      '/Applications/Brave Browser.app/Contents/MacOS/Brave Browser',
    )
  })

  it('on Linux: in its own folder, on the path and in the usual folders, snaps last', () => {
    const found = paths({ platform: 'linux', env: { PATH: '/snap/bin:/home/eva/bin:.' }, home: '/home/eva' })
    expect(found[0]).toBe('/opt/google/chrome/chrome')
    expect(found[1]).toBe('/home/eva/bin/google-chrome')
    for (const path of [
      '/usr/bin/google-chrome-stable',
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/snap/bin/chromium',
      '/usr/bin/microsoft-edge',
      '/usr/bin/brave-browser',
    ])
      expect(found).toContain(path)
    expect(found.indexOf('/usr/bin/chromium')).toBeLessThan(found.indexOf('/snap/bin/chromium'))
    expect(found.every((path) => path.startsWith('/'))).toBe(true)
  })

  it('whatever the environment says, only absolute paths, each once, with the name that it tells', () => {
    const platforms = fc.constantFrom<NodeJS.Platform>('win32', 'linux', 'darwin')
    const env = fc.dictionary(fc.constantFrom('PATH', 'ProgramFiles', 'LOCALAPPDATA'), fc.string())
    fc.assert(
      fc.property(platforms, env, (platform, given) => {
        const found = candidates({ platform, env: given, home: '/home/eva' })
        expect(new Set(found.map(({ path }) => path)).size).toBe(found.length)
        for (const { path } of found)
          expect(path).toMatch(platform === 'win32' ? /^([A-Za-z]:)?[\\/]/ : /^\//)
      }),
    )
  })

  it.each([
    ['/usr/bin/google-chrome', 'Google Chrome'],
    ['C:\\Edge\\msedge.exe', 'Microsoft Edge'],
    ['/opt/brave.com/brave/brave', 'Brave'],
    ['/usr/bin/chromium', 'Chromium'],
    ['/Applications/Google Chrome for Testing.app/x', 'Chrome for Testing'],
    ['/home/eva/start-whatsapp.sh', 'Chromium'],
  ])('%s is called %s', (path, name) => expect(nameOf(path)).toBe(name))
})

it.each([
  ['linux', 'x64', 'linux'],
  ['linux', 'arm64', null],
  ['darwin', 'arm64', 'mac_arm'],
  ['darwin', 'x64', 'mac'],
  ['win32', 'x64', 'win64'],
  ['win32', 'arm64', 'win64'],
  ['win32', 'ia32', 'win32'],
  ['freebsd', 'x64', null],
] as const)('for %s %s the build %s is fetched', (platform, arch, build) => {
  expect(downloadPlatform(platform, arch)).toBe(build)
})
