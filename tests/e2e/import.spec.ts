import { ask, bare, expect, expectNoViolations, signIn, test, words } from './fixtures.ts'

const csv = [
  'Nombre;Referencia;Precio;Existencias',
  'Taza azul;TAZ-1;8,50;12',
  ';SIN-NOMBRE;3,00;1',
  'Plato llano;PLA-1;gratis;4',
  'Cuenco;CUE-1;-4;4',
  'Jarra;JAR-1;14,00;3',
].join('\r\n')

test('an own shop from a CSV with bad rows', async ({ page, host }) => {
  await signIn(page, host, 'es')
  await page.getByRole('button', { name: words.es.own }).click()
  await page.getByRole('button', { name: 'Crear la tienda' }).click()
  await expect(page.getByText('Escribe el nombre de la tienda.')).toBeVisible()
  await page.getByRole('textbox', { name: /^Nombre de la tienda/ }).fill('Cacharrería Sol')
  await page.getByRole('combobox', { name: 'País' }).click()
  await page.getByRole('option', { name: 'España' }).click()
  await expectNoViolations(page, 'new shop')
  await page.getByRole('button', { name: 'Crear la tienda' }).click()
  await expect(page.getByRole('heading', { name: 'Trae tus productos' })).toBeVisible()

  // A file that is no CSV says so and offers another try.
  await page.locator('input[type="file"]').setInputFiles({
    name: 'foto.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 0, 255, 254]),
  })
  const refusal = page.getByRole('alert').filter({ hasText: 'no es un CSV' })
  await expect(refusal).toBeVisible()

  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'tazas.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await expect(page.getByRole('heading', { name: 'Así se ha leído tazas.csv' })).toBeVisible()
  await expect(page.getByRole('row', { name: /^3 No tiene nombre/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /^5 El precio es negativo/ })).toBeVisible()
  await expectNoViolations(page, 'import preview')
  await page.getByRole('button', { name: /^Importar \d+ productos/ }).click()
  await expect(page.getByRole('heading', { name: 'Importación terminada' })).toBeVisible()
  await page.getByRole('link', { name: 'Ir al chat de prueba' }).click()
  expect(bare(await ask(page, 'es', '¿tenéis jarra?'))).toContain('14,00€')
})
