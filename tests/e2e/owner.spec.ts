import { ask, bare, expect, expectNoViolations, go, openDemo, signIn, test, words } from './fixtures.ts'

const es = words.es

test('the owner takes a conversation over and hands it back', async ({ page, host }) => {
  await signIn(page, host, 'es')
  await openDemo(page, 'es')
  await ask(page, 'es', '¿tenéis pan?')

  await go(page, 'conversations')
  await page.locator('a[href*="/conversations/"]').first().click()
  await page.getByRole('button', { name: es.take }).click()
  await expect(page.getByText('La llevas tú.')).toBeVisible()
  const composer = page.getByRole('textbox', { name: es.toCustomer })
  await composer.fill('Soy Lola, te atiendo yo.')
  await composer.press('Enter')
  const thread = page.getByRole('region', { name: es.thread, exact: true })
  await expect(thread.locator('li[data-author="person"]')).toContainText('Soy Lola')
  await expect(composer).toHaveValue('')
  await expectNoViolations(page, 'conversation with the owner')

  // A note stays in the desk.
  await page.getByText('Nota', { exact: true }).click()
  const note = page.getByRole('textbox', { name: 'Nota interna' })
  await note.fill('Cliente habitual')
  await note.press('Enter')
  await expect(thread.locator('li[data-author="note"]')).toContainText('Cliente habitual')

  await go(page, 'try')
  const chat = page.getByRole('region', { name: es.messages })
  await expect(chat).toContainText('Soy Lola')
  await expect(chat).not.toContainText('Cliente habitual')
  await expect(page.getByText('la lleva una persona')).toBeVisible()
  const input = page.getByRole('textbox', { name: es.message })
  const agents = await chat.locator('li[data-author="agent"]').count()
  await input.fill('¿a qué hora cerráis?')
  await input.press('Enter')
  await expect(chat.locator('li[data-author="customer"]').last()).toContainText('cerráis')

  await go(page, 'conversations')
  await page.locator('a[href*="/conversations/"]').first().click()
  await expect(thread.locator('li[data-author="agent"]')).toHaveCount(agents)
  await page.getByRole('button', { name: es.handBack }).click()
  // Handing back answers what was left unanswered.
  await expect(thread.locator('li[data-author="agent"]')).toHaveCount(agents + 1, { timeout: 20_000 })
})

test('an edited price is in the next answer', async ({ page, host }) => {
  await signIn(page, host, 'es')
  await openDemo(page, 'es')
  await go(page, 'products')
  await page.getByRole('searchbox').fill('barra rústica')
  await page
    .getByRole('main')
    .locator('li a[href*="/products/"]')
    .filter({ hasText: 'Barra rústica' })
    .click()
  const dialog = page.getByRole('dialog')
  const price = dialog.getByRole('textbox', { name: /^Precio \(EUR\)/ })
  await price.fill('gratis')
  await dialog.getByRole('button', { name: 'Guardar' }).click()
  await expect(dialog.getByText('Escribe un precio')).toBeVisible()
  await price.fill('1,37')
  await dialog.getByRole('button', { name: 'Guardar' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('main').locator('li a[href*="/products/"]').first()).toContainText('1,37')

  await go(page, 'try')
  expect(bare(await ask(page, 'es', '¿tenéis barra rústica?'))).toContain('1,37€')
})

test('an edit that comes late is told, not lost', async ({ page, host, context }) => {
  await signIn(page, host, 'es')
  await openDemo(page, 'es')
  await go(page, 'products')
  await page.getByRole('main').locator('li a[href*="/products/"]').first().click()
  const name = page.getByRole('dialog').getByRole('textbox', { name: /^Nombre/ })
  await name.fill('Hogaza de la abuela')

  const other = await context.newPage()
  await other.goto(page.url())
  const otherName = other.getByRole('dialog').getByRole('textbox', { name: /^Nombre/ })
  await otherName.fill('Hogaza del pueblo')
  await other.getByRole('button', { name: 'Guardar' }).click()
  await expect(other.getByRole('dialog')).toBeHidden()

  await page.getByRole('button', { name: 'Guardar' }).click()
  const late = page.getByRole('alert').filter({ hasText: 'Este producto ha cambiado' })
  await expect(late).toBeVisible()
  await page.getByRole('button', { name: 'Cargar la versión actual' }).click()
  await expect(name).toHaveValue('Hogaza del pueblo')
})

test('a product is deleted and brought back', async ({ page, host }) => {
  await signIn(page, host, 'es')
  await openDemo(page, 'es')
  await go(page, 'products')
  const rows = page.getByRole('main').locator('li a[href*="/products/"]')
  const first = rows.filter({ hasText: 'Barra rústica' })
  await first.click()
  await page.getByRole('button', { name: 'Eliminar' }).click()
  await page
    .getByRole('dialog', { name: /¿Eliminar/ })
    .getByRole('button', { name: 'Eliminar' })
    .click()
  await expect(first).toHaveCount(0)
  await page.getByRole('button', { name: 'Deshacer' }).click()
  await expect(first).toHaveCount(1)
})

test('hours are edited and answered', async ({ page, host }) => {
  await signIn(page, host, 'es')
  await openDemo(page, 'es')
  await go(page, 'shop')
  const phone = page.getByRole('textbox', { name: 'Teléfono' })
  await phone.fill('+34 600 111 222')
  await page.getByRole('button', { name: 'Guardar' }).click()
  await expect(page.getByText('Información guardada')).toBeVisible()
  await go(page, 'try')
  expect(bare(await ask(page, 'es', '¿qué teléfono tenéis?'))).toContain('600111222')
})

test('a customer who asks for a person reaches the owner on any screen', async ({ page, host }) => {
  await signIn(page, host, 'es')
  await openDemo(page, 'es')
  await ask(page, 'es', 'quiero hablar con una persona, por favor')
  const notice = page.getByRole('alert').filter({ hasText: 'Un cliente te necesita' })
  await expect(notice).toBeVisible()
  await expectNoViolations(page, 'test chat with a notice')
  await go(page, 'products')
  await notice.getByRole('link').click()
  await expect(page.getByText('El cliente pidió hablar con una persona.', { exact: true })).toBeVisible()
  await expect(notice).toBeHidden()
})
