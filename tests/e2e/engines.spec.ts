import { refused } from '../fakes/model-server/faults.ts'
import { says } from '../fakes/model-server/script.ts'
import { FakeModelServer } from '../fakes/model-server/server.ts'
import { addService, fillService, openPart, say } from './assistant.ts'
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

const replies = {
  es: 'La barra rústica cuesta 1,10 €. ¿Te pongo una?',
  en: 'Hello! What would you like to take home today?',
} as const
const questions = {
  es: 'me llamo Ana Pérez, ¿cuánto cuesta la barra rústica?',
  en: 'hello, my name is Ann Perry',
} as const

for (const language of ['es', 'en'] as const satisfies Language[]) {
  test(`a service is added, answers in the chat and shows what it was sent (${language})`, async ({
    page,
    host,
  }) => {
    const service = await FakeModelServer.start({
      flavour: 'openrouter',
      script: () => says(replies[language]),
    })
    try {
      const text = say[language]
      await signIn(page, host, language)
      await openDemo(page, language)
      await openPart(page, language, 'engines')
      await expectNoViolations(page, 'engines, the built-in one alone')

      // Chosen from the service's own list, with its prices.
      await fillService(page, language, service)
      const form = page.getByRole('dialog')
      await form.getByRole('button', { name: text.list }).click()
      await expect(form.getByText(/^4 model/)).toBeVisible()
      await form.getByLabel(text.model).fill('llama')
      const choice = page.getByRole('option', { name: /llama-3.3-70b/ })
      await expect(choice).toContainText(/0[.,]32/)
      await choice.click()
      await expectNoViolations(page, 'a service to add')
      await form.getByRole('button', { name: text.submit }).click()
      await expect(form).toHaveCount(0)
      await expect(page.getByText(text.answered)).toBeVisible()
      await expect(page.getByRole('region', { name: text.now })).toContainText('llama-3.3-70b')
      expect(await page.content()).not.toContain(service.key)
      await expectNoViolations(page, 'engines')

      await go(page, 'try')
      const reply = await ask(page, language, questions[language])
      expect(reply).toContain(replies[language])
      await page.getByRole('button', { name: words[language].why }).last().click()
      const trace = page.getByRole('dialog')
      await expect(trace).toContainText('salesperson@')
      await expect(trace).toContainText(text.hidden)
      await expectNoViolations(page, 'trace of a model')
      await trace.getByRole('link', { name: text.sent }).first().click()
      const request = page.getByRole('dialog')
      await expect(request.locator('mark').first()).toContainText(/\[NAME_\d+\]/)
      await expect(request).not.toContainText(/Ana Pérez|Ann Perry/)
      await expectNoViolations(page, 'a request as it was sent')
    } finally {
      await service.close()
    }
  })
}

test('a wrong key is said under its field, and nothing is kept', async ({ page, host }) => {
  const service = await FakeModelServer.start({ flavour: 'deepseek' })
  try {
    await signIn(page, host, 'es')
    await openDemo(page, 'es')
    await openPart(page, 'es', 'engines')
    await fillService(page, 'es', service, { key: 'sk-wrong', model: 'deepseek-flash' })
    const form = page.getByRole('dialog')
    await form.getByRole('button', { name: say.es.submit }).click()
    const key = form.locator('input[type="password"]')
    await expect(key).toHaveAttribute('aria-invalid', 'true')
    await expect(key).toHaveAccessibleDescription(/no acepta esta clave/)
    await expect(key).toBeFocused()
    await expectNoViolations(page, 'a wrong key')

    // The same form, mended; then a model that the service does not know.
    await key.fill(service.key)
    await form.getByLabel(say.es.model).fill('deepseek-nothing')
    await form.getByRole('button', { name: say.es.submit }).click()
    await expect(form.getByText(/no conoce el modelo/)).toBeVisible()
    await form.getByRole('button', { name: 'Cerrar' }).click()
    await expect(form).toHaveCount(0)
    await expect(page.locator('[data-engine]')).toHaveCount(1)
    expect(service.chats).toHaveLength(0)
  } finally {
    await service.close()
  }
})

test('the order changes by keyboard and by dragging, and stays', async ({ page, host }) => {
  const one = await FakeModelServer.start({ flavour: 'deepseek' })
  const two = await FakeModelServer.start({ flavour: 'openrouter' })
  try {
    await signIn(page, host, 'es')
    await openDemo(page, 'es')
    await openPart(page, 'es', 'engines')
    await addService(page, 'es', one, 'deepseek-flash')
    await addService(page, 'es', two, 'qwen/qwen3-8b:free')
    const rows = page.locator('[data-engine]')
    const down = (name: string) => page.getByRole('button', { name: `Bajar ${name}` })
    const first = await rows.first().getAttribute('data-engine')
    const name = (await rows.first().innerText()).includes('qwen') ? 'qwen/qwen3-8b:free' : 'deepseek-flash'
    const other = name === 'deepseek-flash' ? 'qwen/qwen3-8b:free' : 'deepseek-flash'

    await down(name).focus()
    await page.keyboard.press('Enter')
    await expect(rows.nth(1)).toHaveAttribute('data-engine', first ?? '')
    await expect(down(name)).toBeFocused()
    await expect(page.getByText(`${name} está ahora en el puesto 2 de 3`)).toBeAttached()
    await expect(page.getByRole('region', { name: say.es.now })).toContainText(other)
    await page.reload()
    await expect(rows.nth(1)).toHaveAttribute('data-engine', first ?? '')

    await rows.nth(1).locator('[data-grip]').dragTo(rows.nth(0))
    await expect(rows.first()).toHaveAttribute('data-engine', first ?? '')
    await expect(rows.last()).toHaveAttribute('data-engine', 'builtin')

    // One of them removed, after a question.
    await page.getByRole('button', { name: `Más acciones de ${other}` }).click()
    await page.getByRole('menuitem', { name: 'Quitar' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Quitar' }).click()
    await expect(rows).toHaveCount(2)
  } finally {
    await one.close()
    await two.close()
  }
})

test('when the first engine fails, the desk says who answers, why, and that it is back', async ({
  page,
  host,
}) => {
  const service = await FakeModelServer.start({ flavour: 'deepseek', script: () => says(replies.es) })
  try {
    await signIn(page, host, 'es')
    await openDemo(page, 'es')
    await openPart(page, 'es', 'engines')
    await addService(page, 'es', service, 'deepseek-flash')
    service.fault('*', refused(401, 'deepseek', 'Authentication Fails'), 50)
    await go(page, 'try')
    const reply = await ask(page, 'es', '¿cuánto cuesta la barra rústica?')
    expect(reply).toContain('1,10')
    const banner = page.getByRole('status').filter({ hasText: '«deepseek-flash» no contesta' })
    await expect(banner).toContainText('Motor integrado')
    await expectNoViolations(page, 'the notice above the screen')
    await page.getByRole('button', { name: words.es.why }).last().click()
    await expect(page.getByRole('dialog')).toContainText('Se saltó deepseek-flash')
    await page.keyboard.press('Escape')

    await banner.getByRole('link').click()
    const now = page.getByRole('region', { name: say.es.now })
    await expect(now).toContainText('Contesta en lugar de otros')
    await expectNoViolations(page, 'engines, one of them failing')
    service.clearFaults()
    await page.getByRole('button', { name: 'Pegar la clave' }).click()
    const change = page.getByRole('dialog')
    await change.locator('input[type="password"]').fill(service.key)
    await change.getByRole('button', { name: 'Guardar' }).click()
    await expect(change).toHaveCount(0)
    await expect(now).toContainText('Es el primero de tu lista')
    await expect(banner).toHaveCount(0)
  } finally {
    await service.close()
  }
})

test('a limit of nothing stops what costs, and the desk says so', async ({ page, host }) => {
  const service = await FakeModelServer.start({ flavour: 'deepseek', script: () => says(replies.es) })
  try {
    await signIn(page, host, 'es')
    await openDemo(page, 'es')
    await openPart(page, 'es', 'engines')
    await addService(page, 'es', service, 'deepseek-flash')
    await openPart(page, 'es', 'spending')
    const day = page.getByRole('textbox', { name: /^Por día/ })
    await day.fill('poco')
    await page.getByRole('button', { name: 'Guardar' }).click()
    await expect(day).toHaveAccessibleDescription(/Escribe un importe/)
    await day.fill('2,50')
    await page.getByRole('button', { name: 'Guardar' }).click()
    await expect(page.locator('[data-period="day"]')).toContainText('de 2,50')
    await expectNoViolations(page, 'spending')
    await day.fill('0')
    await page.getByRole('button', { name: 'Guardar' }).click()
    await expect(page.getByText('Se ha llegado al límite').first()).toBeVisible()
    await expectNoViolations(page, 'spending, at its limit')

    const before = service.chats.length
    await go(page, 'try')
    await ask(page, 'es', '¿cuánto cuesta la barra rústica?')
    expect(service.chats).toHaveLength(before)
  } finally {
    await service.close()
  }
})
