import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../core/errors.ts'
import { autostartEntry, readAutostart } from './autostart-entry.ts'
import { isAwakeNeeded } from './awake-rule.ts'
import { closingOf } from './closing.ts'
import { safeFileName } from './file-names.ts'
import { Places } from './places.ts'
import { startErrorText } from './start-errors.ts'
import { allTexts, say, shellLanguage } from './texts.ts'

describe('closing the window', () => {
  it('hides it where it can be found again', () => {
    expect(closingOf({ closeToTray: true, hasTray: true })).toBe('hide')
    expect(closingOf({ closeToTray: true, hasTray: false })).toBe('minimise')
    expect(closingOf({ closeToTray: false, hasTray: true })).toBe('close')
  })
})

describe('the computer', () => {
  it('stays awake while somebody is served, and its owner wants it', () => {
    const ready = { kind: 'telegram', name: 'b', state: 'ready' } as const
    const serving = { paused: false, channels: [ready] }
    expect(isAwakeNeeded([serving], true)).toBe(true)
    expect(isAwakeNeeded([serving], false)).toBe(false)
    expect(isAwakeNeeded([{ ...serving, paused: true }], true)).toBe(false)
    expect(isAwakeNeeded([{ paused: false, channels: [{ ...ready, state: 'waiting' }] }], true)).toBe(false)
    expect(isAwakeNeeded([{ ...serving, paused: true }, serving], true)).toBe(true)
    expect(isAwakeNeeded([], true)).toBe(false)
  })
})

describe('the file that starts the app at log-in', () => {
  it('starts it unseen', () => {
    const text = autostartEntry('/opt/Mostrador/mostrador', ['--hidden'])
    expect(text).toContain('\nExec=/opt/Mostrador/mostrador --hidden\n')
    expect(readAutostart(text)).toEqual({ isOn: true, exec: '/opt/Mostrador/mostrador --hidden' })
  })

  it('quotes what a path may hold', () => {
    expect(autostartEntry('/home/eva/Mis apps/100%/M$.AppImage', [])).toContain(
      'Exec="/home/eva/Mis apps/100%%/M\\\\$.AppImage"',
    )
  })

  it('is off where the desktop says so', () => {
    const text = autostartEntry('/m', [])
    expect(readAutostart(`${text}Hidden=true\n`).isOn).toBe(false)
    expect(readAutostart(text.replace('enabled=true', 'enabled=false')).isOn).toBe(false)
    expect(readAutostart('').isOn).toBe(false)
    expect(readAutostart(`${text}[Desktop Action x]\nHidden=true\n`).isOn).toBe(true)
  })
})

describe('the name of a saved file', () => {
  it('stays what it is', () => {
    expect(safeFileName('Catálogo de La Espiga 2026-03-02.csv')).toBe('Catálogo de La Espiga 2026-03-02.csv')
  })

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\a.csv', 'a.csv'],
    ['con.csv', '_con.csv'],
    ['a\u202efdp.exe', 'afdp.exe'],
    ['...', 'mostrador'],
    ['', 'mostrador'],
    ['a:b|c?.csv', 'a_b_c_.csv'],
  ])('is made safe: %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe)
  })

  it('is one part of a path, whatever it was', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ab./\\:\u202e\u0000 <>?é'), maxLength: 300 }),
        (name) => {
          const safe = safeFileName(name)
          expect(safe).toMatch(/^[^/\\]+$/)
          expect(safe.length).toBeLessThanOrEqual(151)
          expect(safe).not.toMatch(/^\.+$/)
        },
      ),
    )
  })
})

describe('places', () => {
  it('wait until they are taken, each once', () => {
    const places = new Places()
    let told = 0
    const stop = places.onGo(() => {
      told += 1
    })
    for (const path of ['/a', '/b', '/a']) places.go(path)
    expect(places.take()).toEqual(['/b', '/a'])
    expect(places.take()).toEqual([])
    stop()
    places.go('/c')
    expect(told).toBe(3)
  })
})

describe('texts', () => {
  it('have the same figures in both languages', () => {
    const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
    for (const [key, { es, en }] of Object.entries(allTexts)) {
      expect(es, key).not.toBe('')
      expect(holes(es), key).toEqual(holes(en))
    }
  })

  it('are in the owner’s language, else the system’s', () => {
    expect(shellLanguage('en', 'es-ES')).toBe('en')
    expect(shellLanguage(null, 'en-GB')).toBe('en')
    expect(shellLanguage(null, 'es-AR')).toBe('es')
    expect(shellLanguage(null, 'fr')).toBe('es')
  })

  it('say why the app could not start', () => {
    expect(startErrorText(new DomainError('host.already_running'), 'es')).toContain('Páralo')
    expect(startErrorText(new DomainError('shop.no_rights', { path: '/x' }), 'en')).toContain('/x')
    expect(startErrorText(new Error('secret words'), 'es')).toBe(
      say('es', 'start.other', { code: 'internal' }),
    )
  })
})
