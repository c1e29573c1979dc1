import { openPart } from './assistant.ts'
import { expect, expectNoViolations, openDemo, signIn, test } from './fixtures.ts'

// Two exams, with checks for accessibility on the way.
test.slow()

test('the built-in engine is examined with a case of one’s own, twice, and compared', async ({
  page,
  host,
}) => {
  await signIn(page, host, 'es')
  await openDemo(page, 'es')
  await openPart(page, 'es', 'exams')
  await page.getByRole('button', { name: 'Añadir un caso' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('button', { name: 'Guardar el caso' }).click()
  await expect(form.getByText('Ponle un nombre.')).toBeVisible()
  await form.getByRole('textbox', { name: 'Nombre del caso' }).fill('Precio de la barra')
  await form.getByRole('textbox', { name: 'El cliente dice' }).fill('¿cuánto cuesta la barra rústica?')
  await form.getByRole('textbox', { name: 'Tiene que decir' }).fill('1,10')
  await form.getByRole('textbox', { name: 'No puede decir' }).fill('gratis')
  await expectNoViolations(page, 'a case of one’s own')
  await form.getByRole('button', { name: 'Guardar el caso' }).click()
  await expect(form).toHaveCount(0)

  // That case alone.
  await page.getByRole('button', { name: 'Nada' }).click()
  await page.getByText(/^Tus casos \(1\)/).click()
  await expectNoViolations(page, 'exams')
  const open = page.getByRole('link', { name: /^Ver el examen/ })
  for (const count of [1, 2]) {
    await page.getByRole('button', { name: 'Empezar el examen' }).click()
    await expect(open).toHaveCount(count, { timeout: 60_000 })
  }
  await open.first().click()
  await expect(page.getByText('1 de 1 bien')).toBeVisible()
  await page.getByText(/^Todos/).click()
  await page.getByRole('button', { name: /^Precio de la barra/ }).click()
  await expect(page.getByText('¿cuánto cuesta la barra rústica?')).toBeVisible()
  await expectNoViolations(page, 'report of an exam')
  await page.getByRole('link', { name: 'Volver a los exámenes' }).click()
  const boxes = page.getByRole('checkbox', { name: /^Elegir el examen/ })
  await expect(boxes).toHaveCount(2)
  for (const box of await boxes.all()) await box.check()
  await page.getByRole('button', { name: 'Comparar los dos elegidos' }).click()
  await expect(page.getByText('no se puede decir que uno sea mejor')).toBeVisible()
  await expectNoViolations(page, 'two exams compared')
})
