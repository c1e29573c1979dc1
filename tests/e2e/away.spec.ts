import type { Page } from '@playwright/test'
import {
  expect,
  expectNoViolations,
  go,
  type Host,
  type Language,
  openDemo,
  signIn,
  startHost,
  test,
  words,
} from './fixtures.ts'
import { makeOld } from './old-messages.ts'

const say = {
  es: {
    switch: 'Asistente activo',
    confirm: 'Poner en pausa',
    paused: 'El asistente está en pausa desde',
    resume: 'Reanudar',
    again: 'El asistente vuelve a contestar',
    question: '¿cuánto cuesta la barra rústica?',
    drafts: 'Respuestas por revisar',
    reply: 'Respuesta',
    price: /1,10/,
    place: '1 de 2',
    send: 'Enviar',
    dismiss: 'Descartar',
    undo: 'Deshacer',
    write: 'La escribo yo',
    sent: /^Enviada a/,
    was: 'El asistente estuvo en pausa',
    got: 'Entendido',
    overtaken: 'Alguien ha escrito mientras tanto',
  },
  en: {
    switch: 'Assistant on',
    confirm: 'Pause',
    paused: 'The assistant has been paused since',
    resume: 'Resume',
    again: 'The assistant answers again',
    question: 'how much is the seeded rye bread?',
    drafts: 'Replies to review',
    reply: 'Reply',
    price: /3\.80/,
    place: '1 of 2',
    send: 'Send',
    dismiss: 'Dismiss',
    undo: 'Undo',
    write: 'Let me write',
    sent: /^Sent to/,
    was: 'The assistant was paused',
    got: 'Got it',
    overtaken: 'Somebody has written meanwhile',
  },
} as const

async function pause(page: Page, language: Language): Promise<void> {
  const texts = say[language]
  await page.getByRole('switch', { name: texts.switch }).press('Space')
  await expectNoViolations(page, 'the question before a pause')
  await page.getByRole('dialog').getByRole('button', { name: texts.confirm }).click()
  await expect(page.getByText(texts.paused)).toBeVisible()
}

async function sayAs(page: Page, language: Language, text: string): Promise<void> {
  const input = page.getByRole('textbox', { name: words[language].message })
  await input.fill(text)
  await input.press('Enter')
  const list = page.getByRole('region', { name: words[language].messages })
  await expect(list.locator('li[data-author="customer"]').last()).toContainText(text)
}

for (const language of ['es', 'en'] as const satisfies Language[]) {
  const texts = say[language]

  test(`a pause of everything shows on every screen and loses nobody (${language})`, async ({
    page,
    host,
  }) => {
    await signIn(page, host, language)
    await openDemo(page, language)
    await pause(page, language)
    await sayAs(page, language, texts.question)
    for (const screen of ['conversations', 'products', 'settings'] as const) {
      await go(page, screen)
      await expect(page.getByText(texts.paused)).toBeVisible()
    }
    await expectNoViolations(page, 'a screen during a pause')
    await go(page, 'try')
    const replies = page
      .getByRole('region', { name: words[language].messages })
      .locator('li[data-author="agent"]')
    await expect(replies).toHaveCount(0)
    await page.getByRole('button', { name: texts.resume, exact: true }).click()
    await expect(page.getByText(texts.paused)).toBeHidden()
    await expect(replies).toHaveCount(1, { timeout: 20_000 })
  })

  test(`old messages become replies to review, one by one (${language})`, { tag: '@browser' }, async ({
    page,
    host,
  }) => {
    test.slow()
    await signIn(page, host, language)
    await openDemo(page, language)
    await pause(page, language)
    await sayAs(page, language, texts.question)
    // Another customer: the test chat starts anew with a name of its own.
    await page
      .getByRole('main')
      .getByRole('button', { name: language === 'es' ? 'Conversación nueva' : 'New conversation' })
      .click()
    await expect(page.getByRole('region', { name: words[language].messages }).locator('li')).toHaveCount(0)
    await sayAs(page, language, texts.question)
    await host.stop()
    makeOld(host.dataFolder, 3)
    const again: Host = await startHost(host.dataFolder, host.port)
    try {
      await page.goto(again.launchUrl)
      await page.getByRole('button', { name: texts.resume, exact: true }).click()
      await go(page, 'away')
      await expect(page.getByText(texts.place)).toBeVisible({ timeout: 30_000 })
      await expect(page.getByRole('navigation').locator('a[href$="/away"]')).toContainText('2')
      const reply = page.getByRole('textbox', { name: texts.reply })
      await expect(reply).toHaveValue(texts.price)
      await expectNoViolations(page, 'replies to review')

      // Put away and taken back.
      await page.getByRole('button', { name: texts.dismiss }).click()
      await expect(page.getByText(texts.place)).toBeHidden()
      await page.getByRole('button', { name: texts.undo }).click()
      await expect(page.getByText(/^\d (de|of) 2$/)).toBeVisible()

      // Changed and sent as the person's own.
      await reply.fill(`${await reply.inputValue()} — Lola`)
      await page.getByRole('button', { name: texts.send, exact: true }).click()
      await expect(page.getByText(texts.sent)).toBeVisible()
      await expect(page.getByText(/^1 (de|of) 1$/)).toBeVisible()

      // The last one is written by hand: what was drafted stands in the composer.
      await page.getByRole('button', { name: texts.write }).click()
      const composer = page.getByRole('textbox', { name: words[language].toCustomer })
      await expect(composer).toHaveValue(texts.price)
      await composer.press('Enter')
      await expect(page.locator('li[data-author="person"]')).toHaveCount(1)

      await go(page, 'away')
      await expect(page.getByText(texts.was)).toBeVisible()
      await expect(page.getByRole('textbox', { name: texts.reply })).toHaveCount(0)
      await page.getByRole('button', { name: texts.got }).first().click()
      await expect(page.getByText(texts.was)).toHaveCount(0)
    } finally {
      await again.stop()
    }
  })
}
