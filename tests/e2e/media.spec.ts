import { FakeTelegram } from '../fakes/telegram/server.ts'
import { expect, expectNoViolations, go, openDemo, signIn, test, words } from './fixtures.ts'

test.slow()

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A second of silence, 8 bits at 8 kHz. */
function wave(): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF')
  head.writeUInt32LE(36 + 8000, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(8000, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(8000, 40)
  return Buffer.concat([head, Buffer.alloc(8000, 128)])
}

test('what customers send is shown and played, and a contact is never answered again', async ({
  page,
  host,
}) => {
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

    const ana = telegram.customer({ id: 31, name: 'Ana' })
    ana.say('hola, ¿tenéis pan?')
    await telegram.until(() => ana.received().length > 0, 'a reply')
    ana.photo(png, 'esta foto')
    ana.voice(wave())
    ana.document(Buffer.from('%PDF-1.4\n%%EOF\n'), 'lista.pdf', 'application/pdf')
    ana.location(40.4165, -3.70379)

    await go(page, 'conversations')
    await page.locator('a[href*="/conversations/"]').filter({ hasText: 'Ana' }).click()
    const thread = page.getByRole('region', { name: words.es.thread, exact: true })
    const theirs = thread.locator('li[data-author="customer"]')
    await expect(theirs.getByRole('button', { name: /^Ampliar/ })).toBeVisible()
    // The content policy lets it be heard.
    const voice = theirs.locator('audio')
    await expect.poll(() => voice.evaluate((element: HTMLAudioElement) => element.duration)).toBe(1)
    await expect(theirs.getByRole('link', { name: /lista\.pdf/ })).toBeVisible()
    const map = theirs.getByRole('link', { name: 'Abrir el mapa' })
    await expect(map).toHaveAttribute('href', /openstreetmap\.org\/\?mlat=40\.416500&mlon=-3\.703790/)
    await expect(map).toHaveAttribute('rel', 'noreferrer')
    await expect(map).toHaveAttribute('target', '_blank')
    await expectNoViolations(page, 'a conversation with files')

    await page.getByRole('button', { name: 'Más acciones' }).click()
    await page.getByRole('menuitem', { name: 'No contestar nunca a este contacto' }).click()
    await expectNoViolations(page, 'the question before a contact is never answered')
    await page.getByRole('dialog').getByRole('button', { name: 'No contestar nunca' }).click()
    await expect(page.getByText('Has pedido no contestar nunca a este contacto.').first()).toBeVisible()
    await page.getByRole('button', { name: 'Deshacer' }).click()
    await expect(page.getByText('Has pedido no contestar nunca a este contacto.')).toHaveCount(0)
  } finally {
    await telegram.close()
  }
})
