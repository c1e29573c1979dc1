import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'

import { TestDesktop } from '../fixtures/desktop.ts'

const root = join(import.meta.dirname, '..', '..')

/**
 * What shows the desk: the browser, served by the headless host; the desktop app on the stand-in of Electron; or the
 * desktop app on Electron itself.
 */
export type Shown = 'browser' | 'stand-in' | 'electron'

/** A running host on a data folder of its own. Only a headless one has an address; the desktop's are empty. */
export interface Host {
  url: string
  /** Signs one browser in, once. */
  launchUrl: string
  dataFolder: string
  port: number
  stop(): Promise<void>
}

/** Starts the host as `npm start` does and waits for its first line. Port 0 lets the system choose. */
export async function startHost(
  dataFolder: string,
  port = 0,
  env: Readonly<Record<string, string>> = {},
): Promise<Host> {
  if (!existsSync(join(root, 'out', 'renderer', 'index.html'))) {
    throw new Error('the desk is not built: run "npm run build" first')
  }
  const child = spawn(
    process.execPath,
    ['main/headless/main.ts', '--no-open', '--json', '--data', dataFolder, '--port', String(port)],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
  )
  const { url, launchUrl } = await readyLine(child)
  return { url, launchUrl, dataFolder, port: Number(new URL(url).port), stop: () => stop(child) }
}

async function readyLine(child: ChildProcess): Promise<{ url: string; launchUrl: string }> {
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('the host has no output')
  let said = ''
  stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  for await (const line of createInterface({ input: stdout })) {
    const ready: unknown = JSON.parse(line)
    if (isReady(ready)) {
      stdout.resume()
      return ready
    }
  }
  throw new Error(`the host did not start: ${said}`)
}

function isReady(line: unknown): line is { url: string; launchUrl: string } {
  return typeof line === 'object' && line !== null && 'event' in line && line.event === 'ready'
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await once(child, 'exit')
  clearTimeout(late)
}

export type Language = 'es' | 'en'

/** What the journeys look for, as the desk writes it in each language. */
export const words = {
  es: {
    demo: 'Abrir la tienda de ejemplo',
    own: 'Crear mi tienda',
    message: 'Tu mensaje como cliente',
    messages: 'Mensajes de la prueba',
    thread: 'Mensajes',
    why: '¿Por qué dijo eso?',
    conversations: 'Conversaciones',
    try: 'Chat de prueba',
    products: 'Productos',
    shop: 'Tienda',
    channels: 'Canales',
    settings: 'Ajustes',
    take: 'Tomar la conversación',
    handBack: 'Devolver a Mostrador',
    toCustomer: 'Mensaje para el cliente',
    have: (name: string) => `¿Tenéis ${name}?`,
  },
  en: {
    demo: 'Open the demo shop',
    own: 'Create my shop',
    message: 'Your message as a customer',
    messages: 'Messages of the test',
    thread: 'Messages',
    why: 'Why did it say that?',
    conversations: 'Conversations',
    try: 'Test chat',
    products: 'Products',
    shop: 'Shop',
    channels: 'Channels',
    settings: 'Settings',
    take: 'Take over',
    handBack: 'Hand back to Mostrador',
    toCustomer: 'Message to the customer',
    have: (name: string) => `Do you have ${name}?`,
  },
} as const

/** Opens the desk with the host's link and chooses the language. */
export async function signIn(page: Page, host: Host, language: Language): Promise<void> {
  // The desktop's window has the desk in it.
  if (host.launchUrl !== '') await page.goto(host.launchUrl)
  await page
    .getByRole('radiogroup')
    .getByText(language === 'es' ? 'Español' : 'English', { exact: true })
    .click()
  await expect(page.locator('html')).toHaveAttribute('lang', language)
}

/** From the first screen into the demo shop's test chat. */
export async function openDemo(page: Page, language: Language): Promise<void> {
  await page.getByRole('button', { name: words[language].demo }).click()
  await expect(page.getByRole('heading', { level: 1, name: words[language].try })).toBeVisible({
    timeout: 30_000,
  })
}

export type Screen =
  | 'conversations'
  | 'away'
  | 'orders'
  | 'customers'
  | 'questions'
  | 'products'
  | 'shop'
  | 'selling'
  | 'try'
  | 'assistant'
  | 'channels'
  | 'settings'

/** To another screen, by way of "More" where a narrow window keeps it there. */
export async function go(page: Page, screen: Screen): Promise<void> {
  const navigation = page.getByRole('navigation')
  const link = navigation.locator(`a[href$="/${screen}"]`)
  // Which way there is can be told only once the desk is there.
  await navigation.getByRole('link').first().waitFor()
  if (await link.isVisible()) {
    await link.click()
    return
  }
  await navigation.getByRole('button', { name: /^(Más|More)/ }).click()
  await page.locator(`[role="menuitem"][href$="/${screen}"]`).click()
}

/** Says something as the customer, in words not used before in this chat, and answers the reply's text. */
export async function ask(page: Page, language: Language, text: string): Promise<string> {
  const list = page.getByRole('region', { name: words[language].messages })
  const input = page.getByRole('textbox', { name: words[language].message })
  await input.fill(text)
  await input.press('Enter')
  // What was said before may appear only now, when the chat has been loaded.
  const own = list.locator('li[data-author="customer"]').filter({ hasText: text })
  const replies = own.locator('xpath=following::li[@data-author="agent"]')
  await expect(replies.first()).toBeVisible({ timeout: 20_000 })
  return (await replies.allInnerTexts()).join('\n')
}

/** A figure without the spaces that typography puts into it. */
export function bare(text: string): string {
  return text.replace(/\s/g, '')
}

export async function expectNoViolations(page: Page, screen: string): Promise<void> {
  // Colours are measured once what moves has come to rest.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((each) => each.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map((each) => each.finished.catch(() => undefined)),
    ),
  )
  // Electron makes no pages for others; elsewhere axe wants one of its own.
  const axe = new AxeBuilder({ page }).setLegacyMode(page.url().startsWith('app:'))
  const { violations } = await axe.analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
  expect(found, `axe on ${screen}`).toEqual([])
}

interface Running {
  host: Host
  /** The desktop's window; null where a browser shows the desk. */
  window: Page | null
}

interface Fixtures {
  shown: Shown
  /** Starts the host when it is first asked for: some journeys start their own. */
  start: () => Promise<Running>
  host: Host
  /** Set with `test.use` before the host starts. */
  hostEnv: Record<string, string>
}

export const test = base.extend<Fixtures>({
  shown: ['browser', { option: true }],
  hostEnv: [{}, { option: true }],
  start: async ({ shown, hostEnv, playwright }, use) => {
    const starting: { [kind in Shown]: () => Promise<Running> } = {
      browser: async () => ({ host: await startHost(temporaryFolder(), 0, hostEnv), window: null }),
      'stand-in': async () => {
        const desktop = await TestDesktop.start({ env: hostEnv })
        return { host: unaddressed(desktop.dataFolder, () => desktop.close()), window: await desktop.page() }
      },
      electron: async () => {
        const dataFolder = temporaryFolder()
        const app = await playwright._electron.launch({
          executablePath: process.env.MOSTRADOR_ELECTRON,
          args: [
            join(root, 'out', 'main', 'electron', 'main.js'),
            ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
            '--data',
            dataFolder,
          ],
          env: { ...processEnv(), ...hostEnv },
        })
        return { host: unaddressed(dataFolder, () => app.close()), window: await app.firstWindow() }
      },
    }
    const started: Promise<Running>[] = []
    await use(() => {
      const running = started[0] ?? starting[shown]()
      started[0] = running
      return running
    })
    for (const { host } of await Promise.all(started)) {
      await host.stop()
      rmSync(host.dataFolder, { recursive: true, force: true })
    }
  },
  host: async ({ start }, use) => use((await start()).host),
  // Where the desktop shows the desk, the browser's own page stays empty.
  page: async ({ page, shown, start }, use) => {
    await use(shown === 'browser' ? page : ((await start()).window ?? page))
  },
})

function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'mostrador-e2e-'))
}

function unaddressed(dataFolder: string, stop: () => Promise<void>): Host {
  return { url: '', launchUrl: '', port: 0, dataFolder, stop }
}

function processEnv(): Record<string, string> {
  const set = Object.entries(process.env).filter((each): each is [string, string] => each[1] !== undefined)
  return Object.fromEntries(set)
}

export { expect }
