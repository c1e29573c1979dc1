import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { noFirstByte } from '../fakes/model-server/faults.ts'
import { FakeModelServer } from '../fakes/model-server/server.ts'
import { TestDesktop } from '../fixtures/desktop.ts'
import { expect, expectNoViolations, go, type Language, openDemo, signIn, test } from './fixtures.ts'
import { Releases } from './releases.ts'

const say = {
  es: {
    part: 'Esta computadora',
    inBrowser: 'Estás viendo el escritorio en un navegador.',
    file: 'La llave está en un archivo, junto a los datos',
    passphrase: 'MOSTRADOR_PASSPHRASE',
    closed: 'El escritorio solo se abre en esta computadora',
    show: 'Ver el diagnóstico',
    text: 'Esto es lo que se copia',
    copy: 'Copiar',
    byHand: 'El texto está seleccionado',
    start: 'Arrancar con la computadora',
    awake: 'No dejar que la computadora se duerma mientras atiende',
    tray: 'Seguir atendiendo al cerrar la ventana',
  },
  en: {
    part: 'This computer',
    inBrowser: 'You are looking at the desk in a browser.',
    file: 'The key is in a file, beside the data',
    passphrase: 'MOSTRADOR_PASSPHRASE',
    closed: 'The desk only opens on this computer',
    show: 'Show the diagnostics',
    text: 'This is what is copied',
    copy: 'Copy',
    byHand: 'The text is selected',
    start: 'Start with the computer',
    awake: 'Keep the computer from sleeping while it serves',
    tray: 'Go on serving when the window is closed',
  },
} as const

for (const language of ['es', 'en'] as const satisfies Language[]) {
  const texts = say[language]

  test(`a browser's desk says how the app lives here, and gives the diagnostics (${language})`, async ({
    page,
    host,
  }) => {
    await signIn(page, host, language)
    await openDemo(page, language)
    await go(page, 'settings')
    await page.getByRole('main').getByRole('link', { name: texts.part }).click()
    await expect(page.getByText(texts.inBrowser)).toBeVisible()
    await expect(page.getByText(texts.file)).toBeVisible()
    await expect(page.getByText(texts.passphrase)).toBeVisible()
    await expect(page.getByText(texts.closed)).toBeVisible()
    // What only the desktop app can do is not offered.
    await expect(page.getByRole('switch', { name: texts.start })).toHaveCount(0)
    await expect(page.getByRole('switch', { name: texts.tray })).toHaveCount(0)

    await page.getByRole('button', { name: texts.show }).focus()
    await page.keyboard.press('Enter')
    const text = page.getByRole('textbox', { name: texts.text })
    await expect(text).toHaveValue(/Mostrador \d+\.\d+\.\d+/)
    await expectNoViolations(page, 'this computer, in a browser')
    // Where the browser gives no clipboard the reader copies what is selected.
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined })
    })
    await page.getByRole('button', { name: texts.copy, exact: true }).click()
    await expect(page.getByText(texts.byHand)).toBeVisible()
    const selected = await text.evaluate(
      (area: HTMLTextAreaElement) => area.selectionEnd - area.selectionStart === area.value.length,
    )
    expect(selected).toBe(true)
    await expect(text).toBeFocused()
  })
}

/** A window of the desktop app opens no second page, which axe's usual way wants. */
async function expectNoViolationsInWindow(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
    `axe on ${screen}`,
  ).toEqual([])
}

/** Every state of a release, as the desk shows it; at the end one is ready. */
async function followRelease(
  page: Page,
  desktop: TestDesktop,
  releases: Releases,
  service: FakeModelServer,
): Promise<void> {
  const { feed } = releases
  const asked = (path: RegExp) => feed.paths.filter((each) => path.test(each)).length
  const card = page.getByRole('region', { name: 'Versiones nuevas' })
  const status = (text: RegExp) => card.getByRole('status').filter({ hasText: text })
  const look = page.getByRole('button', { name: 'Buscar ahora' })
  await expect(page.getByText('todavía ninguna')).toBeVisible()
  await look.click()
  const failed = card.getByRole('alert').filter({ hasText: 'No se pudo consultar' })
  await expect(failed).toBeVisible()
  await expectNoViolationsInWindow(page, 'a look that failed')

  releases.publish('0.0.9')
  await failed.getByRole('button', { name: 'Volver a intentar' }).click()
  await expect(status(/^No hay ninguna versión más nueva/)).toBeVisible()

  releases.publish('1.1.0')
  feed.fail(/latest-linux/, { kind: 'stall', after: 20 })
  await look.focus()
  await page.keyboard.press('Enter')
  await expect(status(/^Buscando si hay/)).toBeVisible()
  await expect(look).toBeFocused()
  await expect(look).toBeDisabled()
  feed.fail(/AppImage$/, { kind: 'stall', after: 150_000 }, 2)
  await expect.poll(() => asked(/latest-linux/)).toBe(3)
  feed.goOn()
  const bar = page.getByRole('progressbar', { name: /^Descargando la versión 1\.1\.0/ })
  await expect(bar).toHaveAttribute('aria-valuenow', /^\d/)
  await expect(page.getByText(/^\d.* de \d{3} kB$/)).toBeVisible()
  await expectNoViolationsInWindow(page, 'a download of a release')
  const held = card.locator(':focus')
  await card.getByRole('button', { name: 'Cancelar' }).focus()
  await page.keyboard.press('Enter')
  await expect(status(/^La versión 1\.1\.0 no se ha descargado/)).toBeVisible()
  // A button that goes leaves the keyboard where it was.
  await expect(held).toHaveCount(1)

  await look.click()
  await expect(bar).toBeAttached()
  await expect.poll(() => asked(/AppImage$/)).toBe(2)
  feed.goOn()
  await expect(card.getByText('La versión 1.1.0 está lista')).toBeVisible()
  await expectNoViolationsInWindow(page, 'a release that is ready')
  // Said once where it is said at length, and on every other screen in a line.
  const line = page.getByText('La versión 1.1.0 está lista: se instala cuando salgas de Mostrador.')
  await expect(line).toHaveCount(0)
  await go(page, 'orders')
  await expect(line).toBeVisible()
  await page.goBack()

  // Somebody is being answered, and goes on being.
  const { client } = await desktop.door()
  const [shop = ''] = (await client.shops.list()).map(({ slug }) => slug)
  const [model = ''] = service.models.map(({ id }) => id)
  const { id } = await client.engines.addRemote({
    shop,
    provider: 'deepseek',
    baseUrl: service.baseUrl,
    key: service.key,
    model,
  })
  service.fault('chat', noFirstByte, 5)
  const { conversationId } = await client.chat.open({ shop, as: 'Ana' })
  await client.chat.say({ shop, conversationId, text: 'hola, ¿tenéis pan?' })
  await service.until(() => service.requests.some(({ outcome }) => outcome === 'held'), 'a question')
  await page.getByRole('button', { name: 'Reiniciar ahora' }).click()
  const waiting = status(/se reinicia con la versión 1\.1\.0 en cuanto/)
  await expect(waiting).toBeVisible()
  await expect(held).toHaveCount(1)
  await expectNoViolationsInWindow(page, 'a release that waits')
  await waiting.getByRole('button', { name: 'Todavía no' }).click()
  await expect(card.getByText('La versión 1.1.0 está lista')).toBeVisible()
  await client.engines.remove({ shop, engineId: id })
  service.release()

  await page.getByRole('radiogroup', { name: 'Qué versiones' }).getByText('De prueba').click()
  await expect(page.getByText('Llegan antes y pueden fallar.')).toBeVisible()
}

test('the desktop app is set from its desk, and leads where it is asked to (es, en)', async () => {
  // Two starts, and every state of a release in between.
  test.slow()
  const texts = say.es
  const desktop = new TestDesktop()
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
  mkdirSync(desktop.dataFolder, { recursive: true })
  const healed = { id: 'one', part: 'whatsapp', reason: 'hung', at: ago(60), healedAt: ago(59) }
  writeFileSync(join(desktop.dataFolder, 'desktop.json'), JSON.stringify({ troubles: [healed] }))
  const releases = await Releases.open(desktop)
  const service = await FakeModelServer.start()
  const catalog = join(desktop.base, 'catalogo.csv')
  writeFileSync(catalog, 'nombre,precio\nPan de prueba,1.20\n')
  try {
    const { APPIMAGE: _, ...packaged } = releases.env
    const env = {
      ...packaged,
      STANDIN_KEYRING: 'basic_text',
      XDG_CONFIG_HOME: join(desktop.base, 'config'),
    }
    const child = await desktop.open({ main: releases.main, env: { ...releases.env, ...env } })
    const page = await desktop.page()
    await page.getByRole('radiogroup').getByText('Español', { exact: true }).click()
    await openDemo(page, 'es')
    await go(page, 'settings')
    await page.getByRole('main').getByRole('link', { name: texts.part }).click()

    // What is chosen counts at once, and is what the app does.
    const start = page.getByRole('switch', { name: texts.start })
    await expect(start).toBeEnabled()
    await start.focus()
    await page.keyboard.press('Space')
    await expect(start).toBeChecked()
    const awake = page.getByRole('switch', { name: texts.awake })
    await awake.focus()
    await page.keyboard.press('Space')
    await expect(awake).toBeChecked()
    await page.reload()
    await expect(start).toBeChecked()
    await expect(awake).toBeChecked()

    // No keyring: said plainly, with what to do. What was mended is told with how long it took.
    await expect(page.getByText(texts.file)).toBeVisible()
    await expect(page.getByText(/GNOME Keyring/)).toBeVisible()
    const mended = page.getByRole('list', { name: 'Lo que se arregló solo' })
    await expect(mended).toContainText('WhatsApp: dejó de responder')
    await expect(mended).toContainText('Volvió a funcionar en 60')
    await page.getByRole('button', { name: texts.show }).click()
    const shown = page.getByRole('textbox', { name: texts.text })
    await expect(shown).toHaveValue(/Mostrador \d/)
    await expectNoViolationsInWindow(page, 'this computer, in the desktop app')
    await page.getByRole('button', { name: texts.copy, exact: true }).click()
    await expect(page.getByText('Copiado')).toBeVisible()
    expect((await desktop.control.state()).clipboard).toMatch(/Mostrador \d/)

    await followRelease(page, desktop, releases, service)

    // The app raises notifications itself: the page asks for nothing.
    await page.getByRole('main').getByRole('link', { name: 'Atención' }).click()
    await expect(page.getByText('La aplicación muestra los avisos del sistema.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Permitir avisos' })).toHaveCount(0)
    const names = page.getByRole('switch', { name: 'Mostrar el nombre del cliente' })
    await expect(names).not.toBeChecked()
    await names.focus()
    await page.keyboard.press('Space')
    await expect(names).toBeChecked()

    // What is not saved is not lost to a link from outside.
    const shop = new URL(page.url()).hash.split('/')[1]
    await page.getByRole('textbox', { name: 'En español' }).fill('Soy Lolita.')
    await desktop.control.act('app.emit', { event: 'open-url', args: [`mostrador://open/${shop}/orders`] })
    await page.getByRole('dialog').getByRole('button', { name: 'Salir sin guardar' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Pedidos' })).toBeVisible()

    // A catalog is chosen with the system's dialog.
    await go(page, 'products')
    await page.getByRole('link', { name: 'Importar' }).click()
    await desktop.control.act('dialog.answer', {
      kind: 'open',
      value: { canceled: false, filePaths: [catalog] },
    })
    await page.getByRole('button', { name: 'Elegir un archivo…' }).click()
    await expect(page.getByRole('heading', { name: /catalogo\.csv/ })).toBeVisible()
    await page.getByRole('button', { name: /^Importar 1/ }).click()
    await expect(page.getByRole('heading', { name: 'Importación terminada' })).toBeVisible()

    // Menus and tray speak the desk's language.
    await go(page, 'settings')
    await page.getByRole('radiogroup', { name: 'Idioma del escritorio' }).getByText('English').click()
    await page.getByRole('main').getByRole('link', { name: say.en.part }).click()
    await expect(page.getByRole('switch', { name: say.en.awake })).toBeChecked()
    await desktop.control.waitForState(({ menu }) => menu?.some(({ label }) => label === 'File') === true)

    // Where something else replaces the app, it says so and offers nothing.
    await desktop.quit(child)
    await desktop.open({ main: releases.main, env })
    const again = await desktop.page()
    await go(again, 'settings')
    await again.getByRole('main').getByRole('link', { name: say.en.part }).click()
    const versions = again.getByRole('region', { name: 'New versions' })
    await expect(versions).toContainText('This installation does not update itself.')
    await expect(versions.getByRole('button')).toHaveCount(0)
    await expect(again.getByRole('switch', { name: say.en.awake })).toBeChecked()
  } finally {
    await desktop.close()
    await releases.feed.close()
    await service.close()
  }
})
