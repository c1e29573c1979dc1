import { noFirstByte } from '../fakes/model-server/faults.ts'
import { says } from '../fakes/model-server/script.ts'
import { FakeModelServer } from '../fakes/model-server/server.ts'
import { addService, openPart } from './assistant.ts'
import { expect, expectNoViolations, go, openDemo, signIn, test } from './fixtures.ts'

test('a personality is tried before it is kept, and not lost by leaving', async ({ page, host }) => {
  const rule = 'Recomienda primero la barra rústica.'
  const service = await FakeModelServer.start({
    flavour: 'deepseek',
    script: (request) => says(request.system.includes(rule) ? 'Te recomiendo la barra rústica.' : 'Hola.'),
  })
  try {
    await signIn(page, host, 'es')
    await openDemo(page, 'es')
    await openPart(page, 'es', 'engines')
    await addService(page, 'es', service, 'deepseek-flash')
    await openPart(page, 'es', 'personality')
    await page.getByRole('textbox', { name: 'Nombre' }).fill('Lola')
    await page.getByRole('radio', { name: 'Alegre' }).check()
    for (const text of ['No hables de política.', rule]) {
      await page.getByRole('button', { name: 'Añadir una regla' }).click()
      await page
        .getByRole('textbox', { name: /^Regla/ })
        .last()
        .fill(text)
    }
    const up = page.getByRole('button', { name: 'Subir la regla 2' })
    await up.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: 'Regla 1' })).toHaveValue(rule)
    await expect(page.getByRole('button', { name: 'Subir la regla 1' })).toBeFocused()

    // With what is on the screen, although nothing is saved.
    const message = page.getByRole('textbox', { name: 'Mensaje de un cliente' })
    await message.fill('hola, ¿qué pan me recomiendas? ¿la barra rústica?')
    await message.press('Enter')
    await expect(page.locator('[data-preview]')).toContainText('barra rústica')
    await expect(page.getByText(/instrucciones salesperson@/).first()).toBeVisible()
    await expectNoViolations(page, 'personality')

    // One that takes too long is given up, at the service too.
    service.fault('chat', noFirstByte)
    await message.press('Enter')
    await service.until(() => service.chats.some((request) => request.outcome === 'held'), 'a held request')
    await page.getByRole('button', { name: 'Cancelar' }).click()
    await service.until(
      () => service.chats.some((request) => request.outcome === 'left'),
      'a caller that left',
    )
    await expect(page.locator('[data-preview]')).toHaveCount(0)

    await go(page, 'channels')
    const question = page.getByRole('dialog', { name: 'Hay cambios sin guardar' })
    await question.getByRole('button', { name: 'Seguir editando' }).click()
    await expect(question).toHaveCount(0)
    await page.getByRole('button', { name: 'Guardar', exact: true }).click()
    await expect(page.getByText('Personalidad guardada')).toBeVisible()
    await page.reload()
    await expect(page.getByRole('textbox', { name: 'Regla 1' })).toHaveValue(rule)
    await expect(page.getByRole('radio', { name: 'Alegre' })).toBeChecked()
  } finally {
    await service.close()
  }
})
