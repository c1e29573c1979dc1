import { describe, expect, it } from 'vitest'
import {
  closingLine,
  fromOutput,
  fromPlaywright,
  fromVitest,
  secondTries,
  sum,
  withSecondTries,
} from './counts.mjs'
import { chooseHost } from './desktop.mjs'
import { explain, sameVersions } from './install.mjs'
import { message, messageNames, systemLanguage } from './messages.mjs'

describe('what is installed', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b-win32': { version: '2.0.0', optional: true },
    },
  }
  it('fits without the packages of other platforms', () => {
    expect(sameVersions(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true)
  })
  it('is stale when a version differs, a package is missing or nothing is known', () => {
    expect(sameVersions(lock, { packages: { 'node_modules/a': { version: '1.0.1' } } })).toBe(false)
    expect(sameVersions(lock, { packages: {} })).toBe(false)
    expect(sameVersions(lock, null)).toBe(false)
    const oldNative = { version: '1.9.0' }
    expect(
      sameVersions(lock, {
        packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b-win32': oldNative },
      }),
    ).toBe(false)
  })
})

describe('messages', () => {
  it('exist in both languages and say what to do', () => {
    expect(messageNames.es).toEqual(messageNames.en)
    expect(explain('npm error code EAI_AGAIN')).toBe(message('offline'))
    expect(explain('npm error code ENOSPC')).toBe(message('noSpace'))
    expect(explain('npm error code EACCES')).toContain(message('noRights', { folder: '' }).slice(0, 20))
    expect(explain('npm error something else')).toContain('something else')
  })
  it('follow the language of the system', () => {
    expect(systemLanguage({ LANG: 'es_MX.UTF-8' })).toBe('es')
    expect(systemLanguage({ LC_ALL: 'en_GB.UTF-8', LANG: 'es_ES' })).toBe('en')
  })
})

describe('the counts of a run', () => {
  const file = (more) => ({
    file: 'a.test.ts',
    project: 'node',
    ok: true,
    passed: 3,
    failed: 0,
    skipped: 1,
    ...more,
  })
  const report = (files = [file()], unhandled = 0) => ({ files, unhandled })

  it('are those of the report', () => {
    expect(fromVitest(report(), 0)).toEqual({ passed: 3, failed: 0, skipped: 1 })
    expect(fromPlaywright({ stats: { expected: 2, unexpected: 1, flaky: 1, skipped: 0 } }, 1)).toEqual({
      passed: 3,
      failed: 1,
      skipped: 0,
    })
    expect(fromOutput('x\n4 passed, 0 failed\n', 0)).toEqual({ passed: 4, failed: 0, skipped: 0 })
  })
  it('count a crash, a file that did not load and a run without tests as a failure', () => {
    expect(fromVitest(null, 1).failed).toBe(1)
    expect(fromVitest(report([file({ ok: false })]), 1).failed).toBe(1)
    expect(fromVitest(report(), 1).failed).toBe(1)
    expect(fromVitest(report([file()], 2), 1).failed).toBe(2)
    expect(fromVitest(report([file({ passed: 0 })]), 0).failed).toBe(1)
    expect(fromPlaywright(null, 0).failed).toBe(1)
    expect(fromOutput('boom', 1).failed).toBe(1)
    expect(fromOutput('4 passed, 0 failed\nboom', 1).failed).toBe(1)
  })
  it('are those of the second try where there was one', () => {
    const host = (more) => file({ file: 'host.test.ts', project: 'programs', ...more })
    const first = report([
      file({ ok: false, failed: 1 }),
      host({ ok: false, passed: 1, failed: 2 }),
      host({ file: 'fine.test.ts' }),
    ])
    expect(secondTries(first, 'programs')).toEqual(['host.test.ts'])
    const better = withSecondTries(first, report([host()]))
    expect(fromVitest(better, 0)).toEqual({ passed: 9, failed: 1, skipped: 3 })
    const noBetter = withSecondTries(first, report([host({ ok: false, passed: 2, failed: 1 })]))
    expect(fromVitest(noBetter, 1).failed).toBe(2)
    expect(fromVitest(withSecondTries(first, null), 1).failed).toBe(3)
    expect(fromVitest(withSecondTries({ ...first, unhandled: 1 }, report([host()])), 0).failed).toBe(2)
  })
  it('give no second try to a run in which much failed', () => {
    const failed = Array.from({ length: 6 }, (_, at) =>
      file({ file: `${at}.test.ts`, project: 'programs', ok: false }),
    )
    expect(secondTries(report(failed), 'programs')).toEqual([])
  })
  it('add up to a line of their own', () => {
    const total = sum([
      { passed: 2, failed: 0, skipped: 1 },
      { passed: 3, failed: 1, skipped: 0 },
    ])
    expect(closingLine(total)).toBe('5 passed, 1 failed')
  })
})

describe('npm start', () => {
  const here = { env: { DISPLAY: ':0' }, platform: 'linux', isRoot: false }
  it('opens the desktop app where there is a display, else the desk for a browser', () => {
    expect(chooseHost([], here)).toBe('either')
    expect(chooseHost([], { ...here, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBe('either')
    expect(chooseHost([], { ...here, env: {} })).toBe('headless')
    expect(chooseHost([], { ...here, isRoot: true })).toBe('headless')
    expect(chooseHost([], { env: {}, platform: 'win32', isRoot: false })).toBe('either')
    expect(chooseHost([], { env: { SSH_CONNECTION: 'x' }, platform: 'darwin', isRoot: false })).toBe(
      'headless',
    )
  })
  it('does what it is told', () => {
    expect(chooseHost(['--desktop', '--data', 'x'], { ...here, env: { CI: '1' } })).toBe('desktop')
    expect(chooseHost(['--headless'], here)).toBe('headless')
    expect(chooseHost(['--port=1', '--data', 'x'], here)).toBe('headless')
    expect(chooseHost(['--data', 'x'], here)).toBe('either')
  })
})
