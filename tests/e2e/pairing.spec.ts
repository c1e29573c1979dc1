import { FakeTelegram } from '../fakes/telegram/server.ts'
import { ask, expect, expectNoViolations, go, openDemo, signIn, test, words } from './fixtures.ts'

// Through a bot that is connected, paired and written to, with checks for accessibility on the way.
test.slow()

test('the owner pairs a chat, is asked there and answers from there', async ({ page, host }) => {
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
    await page.getByRole('button', { name: 'Emparejar mi Telegram' }).click()
    const code = page.getByLabel('Código', { exact: true })
    await expect(code).toBeVisible()
    await expectNoViolations(page, 'pairing code')

    // The desk notices the pairing by itself and puts the code away.
    const owner = telegram.customer({ id: 77, name: 'Lola' })
    owner.say(await code.innerText())
    await expect(page.getByRole('list', { name: 'Chats emparejados' })).toContainText('Lola')
    await expect(code).toHaveCount(0)
    await expectNoViolations(page, 'paired chat')

    await go(page, 'try')
    await ask(page, 'es', '¿tenéis piñatas de unicornio?')
    await expect.poll(() => owner.received().at(-1)).toContain('piñatas de unicornio')
    const question = telegram.sent.findLast((message) => message.text.includes('piñatas'))
    owner.say('No, lo siento', question === undefined ? {} : { replyTo: question.messageId })
    const chat = page.getByRole('region', { name: words.es.messages })
    await expect(chat.locator('li').last()).toContainText('No, lo siento')

    await go(page, 'channels')
    await page.getByRole('button', { name: 'Desemparejar' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Desemparejar' }).click()
    await expect(page.getByRole('list', { name: 'Chats emparejados' })).toHaveCount(0)
  } finally {
    await telegram.close()
  }
})
