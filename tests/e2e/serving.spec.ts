import { expect, expectNoViolations, go, type Language, openDemo, signIn, test, words } from './fixtures.ts'

const say = {
  es: {
    part: 'Atención',
    disclosure: 'En español',
    own: 'Soy Lolita, el robot de la tienda.',
    handBack: 'Una conversación que tomaste vuelve al asistente',
    never: 'Nunca por sí sola',
    answerWithin: 'Mensajes que el asistente contesta sin preguntarte',
    saved: 'Ajustes guardados',
    save: 'Guardar',
    voice: 'Pasarla a una persona',
    team: 'Equipo',
    name: 'Tu nombre',
    add: 'Añadir a alguien',
    addButton: 'Añadir',
    remove: 'Quitar a Marta',
    removeButton: 'Quitar',
    noReturn: 'Mostrador no contesta hasta que se la devuelvas.',
    allow: 'Permitir avisos',
  },
  en: {
    part: 'Service',
    disclosure: 'In English',
    own: 'I am Lolita, the shop’s robot.',
    handBack: 'A conversation you took goes back to the assistant',
    never: 'Never by itself',
    answerWithin: 'Messages the assistant answers without asking you',
    saved: 'Settings saved',
    save: 'Save',
    voice: 'Hand it to a person',
    team: 'Team',
    name: 'Your name',
    add: 'Add somebody',
    addButton: 'Add',
    remove: 'Remove Marta',
    removeButton: 'Remove',
    noReturn: 'Mostrador doesn’t answer until you hand it back.',
    allow: 'Allow notifications',
  },
} as const

for (const language of ['es', 'en'] as const satisfies Language[]) {
  const texts = say[language]

  test(`the owner words how people are served (${language})`, async ({ page, host }) => {
    await signIn(page, host, language)
    await openDemo(page, language)
    await go(page, 'settings')
    const main = page.getByRole('main')
    await main.getByRole('link', { name: texts.part }).click()
    await expectNoViolations(page, 'settings of service')

    // Nobody is asked for a permission before they press the button.
    expect(await page.evaluate(() => Notification.permission)).not.toBe('granted')

    await page.getByRole('textbox', { name: texts.disclosure }).fill(texts.own)
    await expect(page.getByRole('img', { name: texts.own })).toBeVisible()
    await page.getByLabel(texts.handBack).selectOption({ label: texts.never })
    await page.getByLabel(texts.answerWithin).selectOption('60')
    await page.getByRole('radio', { name: texts.voice }).check()
    await main.getByRole('button', { name: texts.save }).click()
    await expect(page.getByText(texts.saved)).toBeVisible()
    await page.reload()
    await expect(page.getByRole('textbox', { name: texts.disclosure })).toHaveValue(texts.own)
    await expect(page.getByLabel(texts.handBack)).toHaveValue('')
    await expect(page.getByLabel(texts.answerWithin)).toHaveValue('60')
    await expect(page.getByRole('radio', { name: texts.voice })).toBeChecked()

    await main.getByRole('link', { name: texts.team }).click()
    await page.getByRole('textbox', { name: texts.name }).fill('Lola')
    await main.getByRole('button', { name: texts.save }).click()
    const people = page.getByRole('list', { name: texts.team })
    await expect(people).toContainText('Lola')
    await page.getByRole('textbox', { name: texts.add }).fill('Marta')
    await main.getByRole('button', { name: texts.addButton, exact: true }).click()
    await expect(people).toContainText('Marta')
    await expectNoViolations(page, 'the team')
    await page.getByRole('button', { name: texts.remove }).click()
    await page.getByRole('dialog').getByRole('button', { name: texts.removeButton }).click()
    await expect(people).not.toContainText('Marta')

    // What was set holds where it counts: a conversation that is taken does not go back by itself.
    await go(page, 'try')
    const input = page.getByRole('textbox', { name: words[language].message })
    await input.fill(words[language].have('pan'))
    await input.press('Enter')
    await go(page, 'conversations')
    await page.locator('a[href*="/conversations/"]').first().click()
    await page.getByRole('button', { name: words[language].take }).click()
    await expect(page.getByText(texts.noReturn)).toBeVisible()
  })
}
