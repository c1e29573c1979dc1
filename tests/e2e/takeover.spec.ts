import type { Locator, Page } from '@playwright/test'
import {
  ask,
  expect,
  expectNoViolations,
  go,
  type Language,
  openDemo,
  signIn,
  test,
  words,
} from './fixtures.ts'

const say = {
  es: {
    manage: 'Gestionar respuestas rápidas',
    open: 'Respuestas rápidas (/)',
    add: 'Añadir una respuesta',
    title: 'Título',
    text: 'Texto',
    save: 'Guardar',
    close: 'Cerrar',
    undo: 'Deshacer',
    remove: 'Quitar «Envío»',
    up: 'Subir «Envío»',
    reply: '¡Hola {nombre}! En {tienda} abrimos a las 9.',
    filled: '¡Hola Cliente! En La Alacena de Lola abrimos a las 9.',
    note: 'Nota',
    noteLabel: 'Nota interna',
    yours: 'La llevas tú.',
    returns: 'si nadie escribe',
    suggest: 'Sugerir respuesta',
    suggested: /^(Sugerencia del asistente|Lo que escribió)/,
    question: '¿cuánto cuesta la barra rústica?',
    price: /1,10/,
    assign: 'Asignar a una persona',
    addPerson: 'Añadir a alguien del equipo…',
    newName: 'Añadir a alguien',
    addButton: 'Añadir',
    assigned: 'Asignada a Marta Ruiz',
    withMarta: 'La lleva Marta Ruiz.',
    done: 'Marcar como resuelta',
    reopen: 'Volver a abrir',
    filterDone: 'Resueltas',
    filterAll: 'Todas',
    noneOpen: 'No hay conversaciones abiertas.',
  },
  en: {
    manage: 'Manage quick replies',
    open: 'Quick replies (/)',
    add: 'Add a reply',
    title: 'Title',
    text: 'Text',
    save: 'Save',
    close: 'Close',
    undo: 'Undo',
    remove: 'Remove “Envío”',
    up: 'Move “Envío” up',
    reply: 'Hello {name}! {shop} opens at 9.',
    filled: 'Hello Test! Lola’s Larder opens at 9.',
    note: 'Note',
    noteLabel: 'Internal note',
    yours: 'It is with you.',
    returns: 'if nobody writes',
    suggest: 'Suggest a reply',
    suggested: /^(Suggested by the assistant|What the assistant wrote)/,
    question: 'how much is the seeded rye bread?',
    price: /3\.80/,
    assign: 'Assign to a person',
    addPerson: 'Add somebody to the team…',
    newName: 'Add somebody',
    addButton: 'Add',
    assigned: 'Assigned to Marta Ruiz',
    withMarta: 'It is with Marta Ruiz.',
    done: 'Mark as done',
    reopen: 'Open again',
    filterDone: 'Done',
    filterAll: 'All',
    noneOpen: 'There are no open conversations.',
  },
} as const

/** The demo shop with one conversation of the test chat, open in the inbox. */
async function openConversation(page: Page, language: Language, question: string): Promise<Locator> {
  await openDemo(page, language)
  await ask(page, language, question)
  await go(page, 'conversations')
  await page.locator('a[href*="/conversations/"]').first().click()
  const thread = page.getByRole('region', { name: words[language].thread, exact: true })
  await expect(thread.locator('li[data-author="agent"]').first()).toBeVisible()
  return thread
}

async function addQuickReply(page: Page, language: Language, title: string, text: string): Promise<void> {
  const texts = say[language]
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: texts.add }).click()
  await dialog.getByRole('textbox', { name: texts.title }).fill(title)
  await dialog.getByRole('textbox', { name: texts.text, exact: true }).fill(text)
  await dialog.getByRole('button', { name: texts.save }).click()
  await expect(dialog.getByText(title, { exact: true })).toBeVisible()
}

for (const language of ['es', 'en'] as const satisfies Language[]) {
  const texts = say[language]

  test(`a person takes over, writes with a quick reply and leaves a note (${language})`, async ({
    page,
    host,
  }) => {
    test.slow()
    await signIn(page, host, language)
    const thread = await openConversation(page, language, texts.question)
    await page.getByRole('button', { name: words[language].take }).click()
    await expect(page.getByText(texts.yours)).toBeVisible()
    await expect(page.getByText(texts.returns)).toBeVisible()

    await page.getByRole('button', { name: texts.open }).click()
    await expectNoViolations(page, 'quick replies, none yet')
    await page.getByRole('button', { name: texts.manage }).click()
    await addQuickReply(page, language, 'Horario', texts.reply)
    await addQuickReply(page, language, 'Envío', 'Son 3 €.')
    const dialog = page.getByRole('dialog')
    await expectNoViolations(page, 'quick replies')
    await dialog.getByRole('button', { name: texts.up }).click()
    await expect(dialog.getByRole('listitem').first()).toContainText('Envío')
    await dialog.getByRole('button', { name: texts.remove }).click()
    await expect(dialog.getByRole('listitem')).toHaveCount(1)
    await page.getByRole('button', { name: texts.undo }).click()
    await expect(dialog.getByRole('listitem')).toHaveCount(2)
    await dialog.getByRole('button', { name: texts.close }).click()
    await expect(dialog).toBeHidden()

    // Chosen with the keyboard alone, and filled in.
    const composer = page.getByRole('textbox', { name: words[language].toCustomer })
    await composer.fill('/hor')
    await expect(page.getByRole('option')).toHaveCount(1)
    await expectNoViolations(page, 'quick replies after a slash')
    await composer.press('Enter')
    await expect(composer).toHaveValue(texts.filled)
    await composer.press('Enter')
    await expect(thread.locator('li[data-author="person"]')).toContainText(texts.filled)
    await expect(composer).toHaveValue('')

    await page.getByText(texts.note, { exact: true }).click()
    const note = page.getByRole('textbox', { name: texts.noteLabel })
    await note.fill('Cliente habitual')
    await note.press('Enter')
    await expect(thread.locator('li[data-author="note"]')).toContainText('Cliente habitual')
    await expectNoViolations(page, 'a conversation with a note')

    await go(page, 'try')
    const chat = page.getByRole('region', { name: words[language].messages })
    await expect(chat).toContainText(texts.filled)
    await expect(chat).not.toContainText('Cliente habitual')
  })

  test(`a suggested reply is changed and sent (${language})`, async ({ page, host }) => {
    await signIn(page, host, language)
    const thread = await openConversation(page, language, texts.question)
    const before = await thread.locator('li[data-author="agent"]').count()
    await page.getByRole('button', { name: words[language].take }).click()
    await expect(page.getByText(texts.yours)).toBeVisible()
    await go(page, 'try')
    const input = page.getByRole('textbox', { name: words[language].message })
    await input.fill(texts.question)
    await input.press('Enter')
    await go(page, 'conversations')
    await page.locator('a[href*="/conversations/"]').first().click()
    await expect(thread.locator('li[data-author="customer"]')).toHaveCount(2)

    await page.getByRole('button', { name: texts.suggest }).click()
    const composer = page.getByRole('textbox', { name: words[language].toCustomer })
    await expect(composer).toHaveValue(texts.price, { timeout: 20_000 })
    await expect(page.getByText(texts.suggested)).toBeVisible()
    await expectNoViolations(page, 'a suggested reply')
    // Nothing was sent by itself.
    await expect(thread.locator('li[data-author="person"]')).toHaveCount(0)
    await composer.fill(`${await composer.inputValue()} — Lola`)
    await composer.press('Enter')
    await expect(thread.locator('li[data-author="person"]')).toContainText('— Lola')
    await expect(thread.locator('li[data-author="agent"]')).toHaveCount(before)
    await expect(page.getByText(texts.suggested)).toHaveCount(0)
  })

  test(`a conversation is given to a clerk, done and opened again (${language})`, async ({ page, host }) => {
    await signIn(page, host, language)
    await openConversation(page, language, texts.question)
    await page.getByRole('button', { name: words[language].take }).click()
    await page.getByRole('button', { name: texts.assign }).click()
    await expectNoViolations(page, 'people to assign to')
    await page.getByRole('menuitem', { name: texts.addPerson }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: texts.newName }).fill('Marta Ruiz')
    await dialog.getByRole('button', { name: texts.addButton, exact: true }).click()
    await expect(page.getByRole('button', { name: texts.assigned })).toBeVisible()
    await expect(page.getByText(texts.withMarta)).toBeVisible()
    const row = page.locator('a[href*="/conversations/"]')
    await expect(row).toContainText('MR')

    await page.getByRole('button', { name: texts.done }).click()
    await expect(page.getByText(texts.noneOpen)).toBeHidden()
    await expect(row).toHaveCount(0)
    await page.getByText(texts.filterDone, { exact: true }).click()
    await expect(row).toHaveCount(1)
    // What can be undone for a while only stays while the pointer is on it.
    const undo = page.getByRole('button', { name: texts.undo })
    await undo.hover()
    await expectNoViolations(page, 'what is done')
    await undo.click()
    await expect(row).toHaveCount(0)
    await page.getByText(texts.filterAll, { exact: true }).click()
    await expect(row).toHaveCount(1)
  })
}

test('a picture goes with a message, and what cannot be sent is refused at once', async ({ page, host }) => {
  await signIn(page, host, 'es')
  const thread = await openConversation(page, 'es', '¿tenéis pan?')
  const file = page.locator('input[type="file"]')
  await file.setInputFiles({ name: 'malo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') })
  await expect(page.getByRole('alert').filter({ hasText: 'malo.svg' })).toBeVisible()
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  await file.setInputFiles({ name: 'tarta.png', mimeType: 'image/png', buffer: png })
  await expect(page.getByRole('alert').filter({ hasText: 'malo.svg' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Quitar tarta.png' })).toBeVisible()
  await expectNoViolations(page, 'a picture to send')
  await page.getByRole('button', { name: 'Enviar', exact: true }).click()
  const own = thread.locator('li[data-author="person"]')
  await expect(own.getByRole('img')).toBeVisible()
  await own.getByRole('button', { name: /^Ampliar/ }).click()
  await expect(page.getByRole('dialog').getByAltText('tarta.png')).toBeVisible()
  await expectNoViolations(page, 'a picture as large as the window')
})
