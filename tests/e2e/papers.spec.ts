import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import { extractText, getDocumentProxy } from 'unpdf'
import { ask, bare, expect, expectNoViolations, go, openDemo, signIn, test } from './fixtures.ts'

const service = 'Pintura de paredes'

/** Adds a service whose price nobody could write down, and opens its tariff. */
async function openTariff(page: Page): Promise<void> {
  await go(page, 'products')
  await page.getByRole('link', { name: 'Producto nuevo' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /^Nombre/ }).fill(service)
  await dialog.getByText('Un servicio').click()
  await dialog.getByRole('combobox', { name: 'Tipo de precio' }).click()
  await page.getByRole('option', { name: 'A consultar' }).click()
  await dialog.getByRole('button', { name: 'Guardar' }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('searchbox').fill(service)
  await page.getByRole('main').locator('li a').filter({ hasText: service }).click()
  await dialog.getByRole('link', { name: 'Crear una tarifa' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Tarifa de «${service}»` })).toBeVisible()
}

const part = (page: Page, number: number) => page.getByRole('group', { name: `Parte ${number}`, exact: true })
const amount = (page: Page, number: number) => part(page, number).getByRole('textbox', { name: /^Importe/ })

test('a tariff is written without losing anything', async ({ page, host }) => {
  await signIn(page, host, 'es')
  await openDemo(page, 'es')
  await openTariff(page)
  await expectNoViolations(page, 'starting tariffs')
  await page.getByRole('button', { name: /^Por superficie/ }).click()

  // Amounts are the owner's: nothing is saved without them, and the first one that lacks is where the cursor goes.
  await page.getByRole('button', { name: 'Guardar' }).click()
  await expect(part(page, 1).getByText('Escribe un importe')).toBeVisible()
  await expect(amount(page, 1)).toBeFocused()
  await expectNoViolations(page, 'tariff with problems')
  await amount(page, 1).fill('40')
  await amount(page, 2).fill('8,50')
  await amount(page, 3).fill('30')
  await amount(page, 4).fill('100')

  // A question that the price hangs on can be taken away by mistake and brought back whole.
  await page.getByRole('button', { name: 'Quitar «Ascensor»' }).click()
  await page.getByRole('button', { name: 'Guardar' }).click()
  await expect(part(page, 3).getByText('la que había ya no está')).toBeVisible()
  await page.getByRole('button', { name: 'Deshacer' }).click()
  await expect(page.getByRole('group', { name: 'Pregunta 2', exact: true })).toContainText('Ascensor')

  // Moving keeps the keyboard where it is.
  const down = page.getByRole('button', { name: 'Bajar «Superficie»' })
  await down.press('Enter')
  await expect(down).toBeFocused()
  await page.getByRole('button', { name: 'Subir «Superficie»' }).press('Enter')

  await page.getByRole('button', { name: 'Guardar' }).click()
  await expect(page.getByText('Tarifa guardada')).toBeVisible()

  // Nothing unsaved is lost by a slip.
  await amount(page, 1).fill('41')
  await go(page, 'orders')
  const leaving = page.getByRole('dialog', { name: 'Hay cambios sin guardar' })
  await expectNoViolations(page, 'question before leaving')
  await leaving.getByRole('button', { name: 'Seguir editando' }).click()
  await page.getByRole('button', { name: 'Descartar' }).click()
  await expect(amount(page, 1)).toHaveValue('40')
})

test('a service is priced by its tariff, from the desk to the customer and the paper', async ({
  page,
  host,
  context,
}) => {
  await signIn(page, host, 'es')
  await openDemo(page, 'es')
  await openTariff(page)
  await page.getByRole('button', { name: /^Por superficie/ }).click()
  for (const [index, price] of ['40', '8,50', '30', '100'].entries())
    await amount(page, index + 1).fill(price)
  const preview = page.getByRole('region', { name: 'Pruébala' })
  await preview.getByRole('textbox', { name: /metros cuadrados/ }).fill('25')
  await expect(preview.getByText('Falta por responder: Ascensor.')).toBeVisible()
  await preview.getByRole('radiogroup').getByText('No', { exact: true }).click()
  await expect(preview.getByText('282,50')).toBeVisible()
  await expectNoViolations(page, 'tariff with its preview')
  await page.getByRole('button', { name: 'Guardar' }).click()
  await expect(page.getByText('Tarifa guardada')).toBeVisible()

  await go(page, 'try')
  expect(await ask(page, 'es', `¿cuánto cuesta la ${service.toLowerCase()}?`)).toContain('metros cuadrados')
  expect(await ask(page, 'es', '25')).toContain('ascensor')
  const quoted = bare(await ask(page, 'es', 'no hay'))
  expect(quoted).toContain('282,50€')
  const number = /Q\d+/.exec(quoted)?.[0] ?? 'no number'

  await go(page, 'products')
  await page.getByRole('link', { name: 'Presupuestos' }).click()
  const quotes = page.getByRole('list', { name: 'Lista de presupuestos' })
  await expect(quotes).toContainText(`${number} · 282,50`)
  await expectNoViolations(page, 'quotes')
  const opened = context.waitForEvent('page')
  await quotes.getByRole('button', { name: `Abrir el PDF de ${number}` }).click()
  const paper = await opened
  await paper.waitForURL(/\/media\//)
  const pdf = await page.request.get(paper.url())
  expect(pdf.headers()['content-type']).toBe('application/pdf')
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(await pdf.body())), {
    mergePages: true,
  })
  expect(bare(text)).toContain(number)
  expect(bare(text)).toContain('282,50€')
  expect(text).toContain('Por metro cuadrado')
  await paper.close()

  await quotes.getByRole('link', { name: `Ver la conversación de ${number}` }).click()
  await expect(page.getByRole('region', { name: 'Mensajes', exact: true })).toContainText('282,50')
})

test('an edit of a tariff that comes late is told, and a tariff is removed and brought back', {
  tag: '@browser',
}, async ({ page, host, context }) => {
  await signIn(page, host, 'es')
  await openDemo(page, 'es')
  await openTariff(page)
  await page.getByRole('button', { name: /^Empezar de cero/ }).click()
  await part(page, 1)
    .getByRole('textbox', { name: /^Cómo se llama/ })
    .fill('Todo incluido')
  await amount(page, 1).fill('50')
  await page.getByRole('button', { name: 'Guardar' }).click()
  await expect(page.getByText('Tarifa guardada')).toBeVisible()

  await amount(page, 1).fill('55')
  const other = await context.newPage()
  await other.goto(page.url())
  await amount(other, 1).fill('60')
  await other.getByRole('button', { name: 'Guardar' }).click()
  await expect(other.getByText('Tarifa guardada')).toBeVisible()
  await page.getByRole('button', { name: 'Guardar' }).click()
  const late = page.getByRole('alert').filter({ hasText: 'Esta tarifa ha cambiado' })
  await expect(late).toBeVisible()
  await page.getByRole('button', { name: 'Cargar la versión actual' }).click()
  await expect(amount(page, 1)).toHaveValue('60')
  await other.close()

  await page.getByRole('button', { name: 'Quitar la tarifa' }).click()
  await page
    .getByRole('dialog', { name: '¿Quitar la tarifa?' })
    .getByRole('button', { name: 'Quitar la tarifa' })
    .click()
  await expect(page.getByRole('heading', { name: '¿Cómo pones el precio?' })).toBeVisible()
  await page.getByRole('button', { name: 'Deshacer' }).click()
  await expect(amount(page, 1)).toHaveValue('60')
})

/** Notes down a counter sale of the first article that the words find. */
async function sell(page: Page, words: string): Promise<void> {
  await go(page, 'orders')
  await page.getByRole('link', { name: 'Venta en mostrador' }).first().click()
  const sale = page.getByRole('dialog')
  await sale.getByLabel('Añadir un artículo').first().fill(words)
  await page.getByRole('option').first().click()
  await sale.getByRole('button', { name: /^Cobrar/ }).click()
  await expect(sale.getByText(/Venta .+ apuntada/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(sale).toBeHidden()
}

async function download(page: Page, choose: () => Promise<void>): Promise<{ name: string; path: string }> {
  await page.getByRole('button', { name: 'Exportar' }).click()
  await choose()
  const file = page.waitForEvent('download')
  await page.getByRole('dialog').getByRole('button', { name: 'Exportar' }).click()
  const downloaded = await file
  await expect(page.getByText(/filas? exportadas?/)).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Cerrar' }).last().click()
  await expect(page.getByRole('dialog')).toBeHidden()
  return { name: downloaded.suggestedFilename(), path: await downloaded.path() }
}

test('orders are exported as Excel and CSV and read back', async ({ page, host }) => {
  await signIn(page, host, 'es')
  await openDemo(page, 'es')
  await sell(page, 'Barra rústica')
  await sell(page, 'Hogaza')
  await go(page, 'orders')
  await expect(page.getByRole('list', { name: 'Lista de pedidos' }).getByRole('listitem')).toHaveCount(2)

  const dialog = page.getByRole('dialog')
  const excel = await download(page, async () => {
    await expectNoViolations(page, 'export')
  })
  expect(excel.name).toMatch(/^pedidos-\d{4}-\d\d-\d\d\.xlsx$/)
  const [head = [], ...rows] = await readSheet(excel.path)
  expect(rows).toHaveLength(2)
  const total = head.indexOf('Total')
  expect(typeof rows[0]?.[total]).toBe('number')

  // The list's search narrows the file too.
  await page.getByRole('searchbox').fill('Hogaza')
  await expect(page.getByRole('list', { name: 'Lista de pedidos' }).getByRole('listitem')).toHaveCount(1)
  const csv = await download(page, async () => {
    await dialog.getByRole('radio', { name: 'Líneas de pedido' }).click()
    await dialog.getByText('CSV', { exact: true }).click()
    await expect(dialog.getByRole('switch', { name: 'Solo lo que se ve en la lista' })).toBeChecked()
    await expectNoViolations(page, 'export as CSV')
  })
  expect(csv.name).toMatch(/\.csv$/)
  const text = readFileSync(csv.path, 'utf8')
  expect(text.startsWith('\uFEFF')).toBe(true)
  const lines: Record<string, string>[] = parse(text, { bom: true, delimiter: ';', columns: true })
  expect(lines).toHaveLength(1)
  expect(lines[0]?.Artículo).toContain('Hogaza')

  // Dates the wrong way round are told.
  await page.getByRole('button', { name: 'Exportar' }).click()
  await dialog.getByLabel('Pedidos desde').fill('2026-02-02')
  await dialog.getByLabel('Hasta').fill('2026-02-01')
  await expect(dialog.getByText('Tiene que ser después.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Exportar' })).toBeDisabled()
})
