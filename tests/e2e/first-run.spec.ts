import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ask,
  bare,
  expect,
  expectNoViolations,
  go,
  type Language,
  openDemo,
  signIn,
  startHost,
  test,
  words,
} from './fixtures.ts'

const honey = { es: 'miel', en: 'honey' } as const

for (const language of ['es', 'en'] as const satisfies Language[]) {
  test(`from the launch link to an answer with the catalog's price (${language})`, async ({ page, host }) => {
    const say = words[language]
    await signIn(page, host, language)
    await expectNoViolations(page, 'first run')
    await openDemo(page, language)
    await expectNoViolations(page, 'empty test chat')

    // The price as the desk's catalog shows it, for the first product with one variant and a price.
    await go(page, 'products')
    const search = page.getByRole('searchbox')
    await search.fill(honey[language])
    const rows = page.getByRole('main').locator('li a[href*="/products/"]')
    await expect(rows.first()).toContainText(new RegExp(honey[language], 'i'))
    await expectNoViolations(page, 'products')
    const [name = ''] = (await rows.first().innerText()).split('\n')
    const price = /\d[\d.,]*/.exec(await rows.first().locator('[data-price]').innerText())?.[0] ?? 'no price'
    await rows.first().click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await expectNoViolations(page, 'product')
    await page.keyboard.press('Escape')

    await go(page, 'try')
    const reply = await ask(page, language, say.have(name.toLowerCase()))
    expect(bare(reply)).toContain(price)
    await expectNoViolations(page, 'test chat')

    await page.getByRole('button', { name: say.why }).last().click()
    await expect(page.getByRole('dialog')).toContainText(name)
    await expectNoViolations(page, 'trace')
    await page.keyboard.press('Escape')

    for (const screen of ['conversations', 'shop', 'channels', 'settings'] as const) {
      await go(page, screen)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.waitForLoadState('networkidle')
      await expectNoViolations(page, screen)
    }
    await go(page, 'conversations')
    await page.locator('a[href*="/conversations/"]').first().click()
    await expect(page.getByRole('region', { name: say.thread, exact: true })).toContainText(price)
    await expectNoViolations(page, 'conversation')
    await page.goto(`${page.url().replace(/#.*/, '')}#/${/#\/([^/]+)/.exec(page.url())?.[1]}/products/import`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectNoViolations(page, 'import')
  })
}

test('a dark, narrow desk reads well too', async ({ page, host }) => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn(page, host, 'es')
  await expectNoViolations(page, 'first run, dark')
  await openDemo(page, 'es')
  await ask(page, 'es', '¿tenéis pan?')
  await expectNoViolations(page, 'test chat, dark')
  for (const screen of ['conversations', 'products', 'shop'] as const) {
    await go(page, screen)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectNoViolations(page, `${screen}, dark`)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow, `${screen} is no wider than the window`).toBeLessThanOrEqual(0)
  }
  await page.getByRole('button', { name: 'Más', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Canales' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Canales' })).toBeVisible()
  await expectNoViolations(page, 'channels, dark')
})

test('the desk says that it lost the app, and comes back by itself', { tag: '@browser' }, async ({
  page,
}) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'mostrador-e2e-'))
  let host = await startHost(dataFolder)
  try {
    await signIn(page, host, 'es')
    await openDemo(page, 'es')
    await page.getByRole('textbox', { name: words.es.message }).fill('algo a medias')
    await host.stop()
    await expect(page.getByText('Sin conexión con Mostrador')).toBeVisible()
    host = await startHost(dataFolder, host.port)
    await expect(page.getByText('Sin conexión con Mostrador')).toBeHidden({ timeout: 20_000 })
    await expect(page.getByRole('textbox', { name: words.es.message })).toHaveValue('algo a medias')
    await ask(page, 'es', '¿a qué hora abrís?')
  } finally {
    await host.stop()
    rmSync(dataFolder, { recursive: true, force: true })
  }
})

test('a link works once', { tag: '@browser' }, async ({ page, host, browser }) => {
  await signIn(page, host, 'en')
  const other = await browser.newContext()
  const stranger = await other.newPage()
  const answer = await stranger.goto(host.launchUrl)
  expect(answer?.status()).toBeGreaterThanOrEqual(400)
  await stranger.goto(host.url)
  await expect(stranger.getByRole('button', { name: /demo|ejemplo/i })).toHaveCount(0)
  await other.close()
})
