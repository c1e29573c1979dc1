import { request } from 'node:http'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Bridge } from '../../preload/contract/bridge.ts'
import { TestDesktop } from '../fixtures/desktop.ts'
import { ask, go, openDemo } from './desktop-steps.ts'

declare global {
  interface Window {
    readonly mostrador?: Bridge
  }
}

let desktop: TestDesktop
let page: Page

beforeAll(async () => {
  desktop = await TestDesktop.start()
  page = await desktop.page()
  await openDemo(page)
}, 120_000)

afterAll(async () => {
  await desktop?.close()
}, 60_000)

/** The address of the desk's own window, as the app has it. */
const address = async () => (await desktop.control.state()).windows[0]?.url

/** Asks the scheme as given: nothing is normalised on the way there. */
async function askScheme(path: string, options: { host?: string; method?: string; origin?: string } = {}) {
  const { schemePort } = await desktop.control.state()
  const { host = 'desk', method = 'GET', origin } = options
  const headers = { Host: `${host}.app.invalid`, ...(origin === undefined ? {} : { Origin: origin }) }
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>()
  const asked = request({ host: '127.0.0.1', port: schemePort, path, method, headers }, (answer) => {
    const chunks: Buffer[] = []
    answer.on('data', (chunk: Buffer) => chunks.push(chunk))
    answer.on('error', reject)
    answer.on('end', () =>
      resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
    )
  })
  asked.on('error', reject)
  asked.end()
  return await promise
}

describe('the page', () => {
  test('has no Node and nothing of Electron but the bridge', async () => {
    const found = await page.evaluate(() => {
      const names = [
        'require',
        'process',
        'module',
        'Buffer',
        'electron',
        'ipcRenderer',
        '__standInSend',
        '__standInReceive',
      ]
      return {
        bridge: Object.keys(window.mostrador ?? {}).sort(),
        types: Object.values(window.mostrador ?? {}).map((each) => typeof each),
        names: names.filter((name) => name in globalThis),
      }
    })
    expect(found.bridge).toEqual(['connect', 'platform'])
    expect(found.types.sort()).toEqual(['function', 'string'])
    expect(found.names).toEqual([])
  })

  test('cannot change what the bridge gives', async () => {
    const changed = await page.evaluate(() => {
      const before = window.mostrador
      for (const change of [
        () => Object.assign(window.mostrador ?? {}, { connect: () => 'mine' }),
        () => Object.defineProperty(window, 'mostrador', { value: {} }),
      ]) {
        try {
          change()
        } catch {
          // Refused loudly; else it is looked at below.
        }
      }
      return { same: window.mostrador === before, frozen: Object.isFrozen(window.mostrador) }
    })
    expect(changed).toEqual({ same: true, frozen: true })
  })

  test('runs under a strict content policy: nothing inline, no eval, nothing from elsewhere', async () => {
    const found = await page.evaluate(async () => {
      const violations = new Set<string>()
      const all = Promise.withResolvers<void>()
      document.addEventListener('securitypolicyviolation', (event) => {
        violations.add(event.effectiveDirective)
        const wanted = ['connect-src', 'frame-src', 'script-src', 'script-src-elem']
        if (wanted.every((directive) => violations.has(directive))) all.resolve()
      })
      const script = document.createElement('script')
      script.textContent = 'window.ranInline = true'
      document.body.append(script)
      const outside = document.createElement('script')
      outside.src = 'https://example.com/evil.js'
      document.body.append(outside)
      const frame = document.createElement('iframe')
      frame.src = 'https://example.com/'
      document.body.append(frame)
      const fetched = await fetch('https://example.com/').then(
        () => 'answered',
        () => 'refused',
      )
      // Away from the debugger's own evaluation, which may evaluate.
      const evaluated = await new Promise((resolve) => {
        setTimeout(() => {
          try {
            resolve(new Function('return "ran"')())
          } catch {
            resolve('refused')
          }
        })
      })
      // They are told of one by one, each a moment later. One that never is shows below.
      await Promise.race([all.promise, new Promise((resolve) => setTimeout(resolve, 10_000))])
      for (const each of [script, outside, frame]) each.remove()
      return { inline: 'ranInline' in window, fetched, evaluated, violations: [...violations].sort() }
    })
    expect(found).toMatchObject({ inline: false, fetched: 'refused', evaluated: 'refused' })
    expect(found.violations).toEqual(
      expect.arrayContaining(['connect-src', 'frame-src', 'script-src', 'script-src-elem']),
    )
  })

  test('is refused every permission', async () => {
    const states = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read']
      const found: Record<string, string> = {}
      for (const name of names) {
        found[name] = (await navigator.permissions.query({ name: name as PermissionName })).state
      }
      found.asked = await Notification.requestPermission()
      found.media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'given',
        (error: Error) => error.name,
      )
      return found
    })
    expect(new Set(Object.values(states))).toEqual(new Set(['denied', 'NotAllowedError']))
    expect(desktop.control.seen('session.devicePermissionHandler').at(-1)?.data.allows).toBe(false)
    // A handler that answers with no class at all would take Chromium's own protection away.
    const classes = desktop.control.seen('session.usbProtectedClasses').map(({ data }) => data.left)
    expect(classes).not.toContainEqual([])
  })
})

describe('windows', () => {
  test('are all sandboxed, isolated and without Node', async () => {
    await go(page, 'products')
    const source = await page.locator('img[src*="media/"]').first().getAttribute('src')
    const from = desktop.control.mark()
    await page.evaluate((path) => void window.open(new URL(path ?? '', document.baseURI)), source)
    const file = await desktop.control.waitFor('window.new', { from })
    // A file is shown without a bridge, and the desk's own window with ours.
    expect(file.data.webPreferences).not.toHaveProperty('preload')
    const [desk] = desktop.control.seen('window.new')
    expect(desk?.data.webPreferences).toMatchObject({ preload: expect.stringMatching(/index\.cjs$/) })
    for (const { data } of desktop.control.seen('window.new')) {
      const preferences = data.webPreferences as Record<string, unknown>
      expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
      expect(preferences.webviewTag ?? false).toBe(false)
      expect(preferences.webSecurity ?? true).toBe(true)
      for (const never of [
        'allowRunningInsecureContent',
        'experimentalFeatures',
        'enableBlinkFeatures',
        'nodeIntegrationInWorker',
        'nodeIntegrationInSubFrames',
      ])
        expect(preferences).not.toHaveProperty(never)
    }
    expect(desktop.control.seen('app.enableSandbox')).toHaveLength(1)
    await desktop.control.waitFor('webContents.loaded', {
      from,
      fits: ({ data }) => data.id === file.data.id,
    })
    const shown = await desktop.page(Number(file.data.id))
    expect(await shown.evaluate(() => 'mostrador' in window)).toBe(false)
    await desktop.control.act('window.destroy', { id: file.data.id })
  }, 60_000)

  test('load our own scheme only, never file: or http:', async () => {
    const loaded = desktop.control.seen('webContents.loadURL').map(({ data }) => String(data.url))
    expect(loaded.length).toBeGreaterThan(0)
    for (const url of loaded) expect(url).toMatch(/^app:\/\/desk\//)
    const [declared] = desktop.control.seen('protocol.privileged')
    expect(declared?.data.schemes).toMatchObject([
      { scheme: 'app', privileges: { standard: true, secure: true } },
    ])
    expect(JSON.stringify(declared?.data.schemes)).not.toMatch(/bypassCSP|allowServiceWorkers/)
  })

  test('are not led elsewhere: links, scripts, forms, redirects', async () => {
    const before = await address()
    const targets = [
      'https://example.com/',
      'http://127.0.0.1:9/',
      'http://other.app.invalid/',
      'http://desk.app.invalid/media/a/b',
    ]
    for (const target of targets) {
      const from = desktop.control.mark()
      await page.evaluate((url) => void window.location.assign(url), target)
      const asked = await desktop.control.waitFor('webContents.will-navigate', { from })
      expect(asked.data, target).toMatchObject({ prevented: true })
    }
    const from = desktop.control.mark()
    await page.evaluate(() => {
      const link = document.createElement('a')
      link.href = 'https://example.com/link'
      document.body.append(link)
      link.click()
      link.remove()
    })
    const clicked = await desktop.control.waitFor('webContents.will-navigate', { from })
    expect(clicked.data).toMatchObject({ url: 'https://example.com/link', prevented: true })
    const redirected = await desktop.control.act('page.emit', {
      event: 'will-redirect',
      args: ['https://example.com/'],
    })
    expect(redirected).toEqual({ prevented: true })
    expect(await address()).toBe(before)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }, 60_000)

  test('are not opened by the page; only links of our own texts go to the browser, by https', async () => {
    const open = async (url: string) => {
      const from = desktop.control.mark()
      await page.evaluate((target) => void window.open(target), url)
      return (await desktop.control.waitFor('webContents.window-open', { from })).data.action
    }
    const refused = [
      'https://example.com/',
      'http://telegram.org/',
      'https://telegram.org.example.com/',
      'https://telegram.org@example.com/',
      'https://telegram.org:8443/',
      'http://other.app.invalid/media/a',
    ]
    for (const url of refused) expect(await open(url), url).toBe('deny')
    expect(desktop.control.seen('shell.openExternal')).toEqual([])
    expect(await open('https://core.telegram.org/bots')).toBe('deny')
    expect(desktop.control.seen('shell.openExternal').map(({ data }) => data.url)).toEqual([
      'https://core.telegram.org/bots',
    ])
    // Where no program opens them, nothing happens, and the app goes on.
    await desktop.control.act('shell.opens', { on: false })
    expect(await open('https://core.telegram.org/api')).toBe('deny')
    await desktop.control.act('shell.opens', { on: true })
    expect(desktop.control.seen('app.relaunch')).toEqual([])
    const { windows } = await desktop.control.state()
    expect(windows).toHaveLength(1)
  }, 60_000)

  test('hold no web view, whatever its options', async () => {
    for (const options of [
      { allowpopups: 'true' },
      { preload: 'file:///tmp/evil.js', nodeintegration: 'true' },
    ]) {
      const asked = await desktop.control.act('page.emit', {
        event: 'will-attach-webview',
        args: [{}, options],
      })
      expect(asked).toEqual({ prevented: true })
    }
  })
})

describe('a port', () => {
  const forge = (claim: Record<string, unknown>) =>
    desktop.control.act('ipc.forge', { channel: 'mostrador:connect', windowId: 1, ...claim })

  test('is given to the main frame of the desk', async () => {
    // What follows would prove nothing if forging did not work.
    expect(await forge({ frame: 'own', url: 'app://desk/index.html' })).toEqual({ ports: 1 })
  })

  test('is given to nobody else: other origins, frames within, frames that are gone, other windows', async () => {
    const origins = [
      'https://example.com/',
      'app://other/index.html',
      'app://desk.example.com/',
      'app://desk:1/',
      'app://user@desk/',
      'http://desk/',
      'file:///index.html',
      'about:blank',
      'app:desk',
      '',
    ]
    for (const url of origins) expect(await forge({ frame: 'own', url }), url).toEqual({ ports: 0 })
    expect(await forge({ frame: 'sub', url: 'app://desk/index.html' })).toEqual({ ports: 0 })
    expect(await forge({ frame: 'none' })).toEqual({ ports: 0 })
    expect(await forge({ frame: 'own', url: 'app://desk/index.html', stranger: true })).toEqual({ ports: 0 })
    expect(await forge({ frame: 'own', url: 'app://desk/index.html', windowId: 99 })).toEqual({ ports: 0 })
  })

  test('is the only thing that Electron’s own messages give', async () => {
    const from = desktop.control.mark()
    for (const channel of ['ELECTRON_BROWSER_REQUIRE', 'mostrador:port', 'shell', 'openExternal'])
      expect(await forge({ channel, frame: 'own', url: 'app://desk/index.html' })).toEqual({ ports: 0 })
    // What the app does by itself meanwhile is another matter.
    const caused = desktop.control.journal().slice(from)
    const reached = /^(window|webContents|frame|port|shell|dialog|clipboard)[.]|^app[.](quit|exit|relaunch)/
    expect(caused.filter(({ what }) => reached.test(what))).toEqual([])
    expect(caused.filter(({ what }) => what === 'ipc.forged')).toHaveLength(4)
  })

  test('that speaks no protocol is closed, and the app goes on', async () => {
    const from = desktop.control.mark()
    await page.evaluate(async () => {
      const { promise, resolve } = Promise.withResolvers<MessagePort>()
      window.addEventListener('message', ({ ports: [port] }) => port !== undefined && resolve(port))
      window.mostrador?.connect()
      const port = await promise
      port.postMessage('{"not":')
      port.postMessage(new Uint8Array([1, 2, 3]))
    })
    await desktop.control.waitFor('port.closed', { from })
    const reloaded = desktop.control.mark()
    await desktop.control.act('page.reload')
    await desktop.control.waitFor('webContents.loaded', { from: reloaded })
    await go(page, 'products')
    await page.locator('img[src*="media/"]').first().waitFor()
    await go(page, 'try')
    expect(await ask(page, '¿tenéis miel?')).toMatch(/miel/i)
  }, 60_000)
})

describe('the scheme', () => {
  test('answers for its own host alone', async () => {
    expect((await askScheme('/index.html')).status).toBe(200)
    for (const host of ['other', 'desk-2', 'localhost']) {
      const answer = await askScheme('/index.html', { host })
      expect(answer, host).toMatchObject({ status: 404, body: '' })
    }
  })

  test('gives nothing but the built desk: no way up, no folder, no source', async () => {
    const paths = [
      '/../package.json',
      '/../../package.json',
      '/%2e%2e/%2e%2e/package.json',
      '/..%2f..%2fpackage.json',
      '/assets/..%5c..%5c..%5cpackage.json',
      '/assets/../../../package.json',
      '//etc/passwd',
      '/etc/passwd',
      `/${join(desktop.dataFolder, 'app.db')}`,
      '/index.html%00.js',
      '/assets',
      '/assets/',
      '/../preload/index.cjs',
      '/main.tsx',
    ]
    for (const path of paths) expect(await askScheme(path), path).toMatchObject({ status: 404, body: '' })
  })

  test('takes files from the desk alone', async () => {
    const refused = await askScheme('/upload', { method: 'POST', origin: 'https://example.com' })
    expect(refused.status).toBeGreaterThanOrEqual(400)
    for (const method of ['PUT', 'DELETE', 'PATCH'])
      expect((await askScheme('/index.html', { method })).status, method).toBeGreaterThanOrEqual(400)
    expect((await askScheme('/index.html', { method: 'POST' })).status).toBe(404)
  })

  test('sends its policies with every answer', async () => {
    const headers = await page.evaluate(async () => {
      const found = []
      for (const path of ['index.html', 'nothing-here', 'media/a/b']) {
        const response = await fetch(new URL(path, document.baseURI))
        found.push({
          policy: response.headers.get('content-security-policy') ?? '',
          sniff: response.headers.get('x-content-type-options'),
          referrer: response.headers.get('referrer-policy'),
        })
      }
      return found
    })
    for (const { policy, sniff, referrer } of headers) {
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|ws:|http:/)
      expect({ sniff, referrer }).toEqual({ sniff: 'nosniff', referrer: 'no-referrer' })
    }
  })
})
