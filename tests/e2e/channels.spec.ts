import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FakeBrowserFiles } from '../fakes/browser-files/server.ts'
import { FakeTelegram } from '../fakes/telegram/server.ts'
import { type FakeWhatsApp, startWhatsApp } from '../fakes/whatsapp/server.ts'
import { expect, expectNoViolations, go, type Host, openDemo, signIn, startHost, test } from './fixtures.ts'

// Through real browsers that are started, linked and written to.
test.slow()

type Page = Parameters<typeof signIn>[0]

const customer = '5491144440001'

/** Past the warning, to the step that chooses a browser. */
async function openBrowserStep(page: Page): Promise<void> {
  await go(page, 'channels')
  await page.getByRole('button', { name: 'Conectar WhatsApp' }).click()
  const next = page.getByRole('button', { name: 'Siguiente' })
  await expect(page.getByText('WhatsApp no permite asistentes no oficiales')).toBeVisible()
  await expect(next).toBeDisabled()
  await expectNoViolations(page, 'the warning')
  await page.getByRole('checkbox', { name: /acepto el riesgo/ }).check()
  await next.click()
  await expect(page.getByText(/^Se usará/)).toBeVisible({ timeout: 60_000 })
}

/** Makes a program the one that opens WhatsApp. */
async function useBrowser(page: Page, path: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Ruta del programa' })
  await field.fill(path)
  await page.getByRole('button', { name: 'Usar este' }).click()
}

/** A shop whose WhatsApp is linked, seen from the desk. */
async function connect(page: Page, host: Host, whatsapp: FakeWhatsApp): Promise<void> {
  await signIn(page, host, 'es')
  await openDemo(page, 'es')
  await openBrowserStep(page)
  await page.getByRole('button', { name: 'Usar otro navegador' }).click()
  await useBrowser(page, '/bin/true')
  await expect(page.getByText('Eso no es Chrome ni un navegador de su familia.')).toBeVisible()
  await expectNoViolations(page, 'a browser that is none')
  await useBrowser(page, whatsapp.chrome)
  await expect(page.getByText('Navegador elegido')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(whatsapp.chrome, { exact: false }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Mostrar el código' }).click()

  const code = page.getByRole('img', { name: /^Código QR/ })
  await expect(code).toBeVisible({ timeout: 60_000 })
  await expectNoViolations(page, 'the code')
  const shown = (await code.getAttribute('data-code')) ?? ''
  // It changes by itself, and the desk with it.
  whatsapp.refreshQr()
  await expect(code).not.toHaveAttribute('data-code', shown)
  await expect(code).toHaveAttribute('data-code', whatsapp.currentQr() ?? '')
  await whatsapp.scan((await code.getAttribute('data-code')) ?? '')
  await expect(page.getByText(/^WhatsApp conectado/)).toBeVisible({ timeout: 60_000 })
  await expectNoViolations(page, 'connected')
  await page.getByRole('button', { name: 'Entendido' }).click()
}

test('the owner connects WhatsApp, and a customer is answered', async ({ page, host }) => {
  const whatsapp = await startWhatsApp({ chats: [{ phone: customer, name: 'Ana' }] })
  try {
    await connect(page, host, whatsapp)
    const account = page.locator('[data-account="whatsapp"]')
    await expect(account.getByText('Conectado', { exact: true })).toBeVisible()

    // Ana was there before: she is not answered by herself.
    await account.getByRole('button', { name: 'Chats y excepciones' }).click()
    const ana = account.getByRole('listitem').filter({ hasText: 'Ana' })
    await expect(ana.getByText('de antes')).toBeVisible()
    const choice = ana.getByRole('combobox', { name: 'Qué hacer con Ana' })
    await choice.selectOption('Contestar siempre')
    await expect(choice).toHaveValue('always')
    await expect(choice).toBeEnabled()
    await expectNoViolations(page, 'the chats of an account')
    whatsapp.customerSays(customer, '¿tenéis pan?')
    await whatsapp.until(() => whatsapp.sentTo(customer).length > 0, 'an answer', 60_000)

    // Opened on another computer, and taken back.
    whatsapp.conflict()
    await page.getByRole('button', { name: 'Usar aquí' }).click()
    await expect(account.getByText('Conectado', { exact: true })).toBeVisible({ timeout: 60_000 })

    await account.getByRole('button', { name: /^Quitar/ }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('checkbox', { name: /Cerrar también la sesión/ })).toBeChecked()
    await dialog.getByRole('button', { name: 'Quitar' }).click()
    await expect(account).toHaveCount(0, { timeout: 30_000 })
    await expect.poll(() => whatsapp.sessions).toEqual([])
  } finally {
    await whatsapp.close()
  }
})

test('a browser is downloaded, given up, and downloaded again', { tag: '@browser' }, async ({ page }) => {
  const data = mkdtempSync(join(tmpdir(), 'mostrador-e2e-'))
  const files = await FakeBrowserFiles.start()
  files.fault({ kind: 'stall', after: 400_000 })
  const host = await startHost(data, 0, { MOSTRADOR_BROWSER_ENDPOINT: files.endpoint })
  try {
    await signIn(page, host, 'es')
    await openDemo(page, 'es')
    await openBrowserStep(page)
    await page.getByRole('button', { name: 'Usar otro navegador' }).click()
    await page.getByRole('button', { name: 'Descargar un navegador' }).click()
    const progress = page.getByRole('progressbar', { name: 'Descarga del navegador' })
    await expect(progress).toHaveAttribute('aria-valuenow', /^[1-9]/)
    await expectNoViolations(page, 'a download of a browser')
    await page.getByRole('button', { name: 'Cancelar la descarga' }).click()
    await expect(progress).toHaveCount(0)
    files.fault({ kind: 'status', status: 404 })
    await page.getByRole('button', { name: 'Descargar un navegador' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'El servidor no da esa descarga' })).toBeVisible()
    await page.getByRole('button', { name: 'Intentar otra vez' }).click()
    const others = page.getByRole('combobox', { name: 'Navegadores de esta computadora' })
    const downloaded = others.locator('option').filter({ hasText: 'Chrome for Testing' })
    await expect(downloaded).toHaveCount(1, { timeout: 60_000 })
    await others.selectOption((await downloaded.getAttribute('value')) ?? '')
    await expect(page.getByText(/^Se usará Chrome for Testing/)).toBeVisible({ timeout: 60_000 })
  } finally {
    await host.stop()
    await files.stop()
    rmSync(data, { recursive: true, force: true })
  }
})

test('a bot answers only whom the owner wants, at the hours the owner wants', async ({ page, host }) => {
  const telegram = await FakeTelegram.start()
  try {
    await signIn(page, host, 'es')
    await openDemo(page, 'es')
    await go(page, 'channels')
    await page.getByRole('button', { name: 'Añadir un bot de Telegram' }).click()
    await page.getByRole('textbox', { name: /^Token/ }).fill(telegram.token)
    await page.getByRole('button', { name: 'Avanzado' }).click()
    await page.getByRole('textbox', { name: 'Servidor propio de la Bot API' }).fill(telegram.apiRoot)
    await page.getByRole('button', { name: 'Conectar' }).click()
    const account = page.locator('[data-account="telegram"]')
    await account.getByRole('button', { name: 'A quién contesta y cómo' }).click()
    await expect(account.getByRole('switch', { name: 'Ritmo de una persona' })).toHaveCount(0)
    await account.getByRole('radio', { name: /^Solo contactos de prueba/ }).check()
    const save = account.getByRole('button', { name: 'Guardar' })
    await save.click()
    await expect(account.getByText('Añade al menos uno, o no contestará a nadie.')).toBeVisible()
    const people = account.getByLabel('Personas de prueba')
    await people.fill('@eva_lopez')
    await people.press('Enter')
    await account.getByRole('switch', { name: 'Horas de silencio' }).press('Space')
    const until = account.getByLabel('Hasta')
    await until.fill('22:00')
    await save.click()
    await expect(account.getByText('Las dos horas son la misma.')).toBeVisible()
    await until.fill('07:30')
    await expectNoViolations(page, 'the rules of a bot')
    await save.click()
    await expect(page.getByText('Reglas guardadas')).toBeVisible()
    await page.reload()
    await account.getByRole('button', { name: 'A quién contesta y cómo' }).click()
    await expect(account.getByRole('radio', { name: /^Solo contactos de prueba/ })).toBeChecked()
    await expect(account.getByText('@eva_lopez')).toBeVisible()
    await expect(account.getByLabel('Hasta')).toHaveValue('07:30')
  } finally {
    await telegram.close()
  }
})
