import type { Page } from '@playwright/test'
import {
  ask,
  bare,
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
    wish: 'quiero 16 barras rústicas',
    checkout: 'quiero pagar',
    details: 'a domicilio, calle Mayor 3, 2º B, Centro, me llamo Ana Pérez, 600 111 222, pago con tarjeta',
    confirm: 'sí, confirmo',
    notice: 'Pedido nuevo',
    see: 'Ver el pedido',
    prepare: 'Empezar a preparar',
    ship: 'Marcar como enviado',
    shipped: 'Enviado',
    told: /enviad|camino/i,
    pay: 'Registrar un pago',
    paid: 'Pagado',
    remove: /^Quitar el pago/,
    removal: '¿Quitar este pago?',
    confirmRemoval: 'Quitar',
    unpaid: 'Sin pagar',
    unseen: /sin ver/,
  },
  en: {
    wish: 'I want 16 rustic baguettes',
    checkout: 'I want to check out',
    details:
      'delivery, 3 Main Street, flat 2B, Town centre, my name is Ann Perry, 07700 900123, I pay by card',
    confirm: 'yes, I confirm',
    notice: 'New order',
    see: 'See the order',
    prepare: 'Start preparing',
    ship: 'Mark as shipped',
    shipped: 'Shipped',
    told: /shipped|on its way|sent/i,
    pay: 'Register a payment',
    paid: 'Paid',
    remove: /^Remove the payment/,
    removal: 'Remove this payment?',
    confirmRemoval: 'Remove',
    unpaid: 'Unpaid',
    unseen: /not seen/,
  },
} as const

// Each walks through half the desk, with checks for accessibility on the way.
test.slow()

/** Takes the order that is open a step further, and says so where it is asked: a dialog over the order's own. */
async function moveOn(page: Page, step: string): Promise<void> {
  const dialogs = page.getByRole('dialog')
  await expect(dialogs).toHaveCount(1)
  await dialogs.getByRole('button', { name: step }).click()
  await expect(dialogs).toHaveCount(2)
  await dialogs.last().getByRole('button', { name: step }).click()
  await expect(dialogs).toHaveCount(1)
}

/** Orders in the test chat until the desk tells of the new order. */
async function orderInChat(page: Page, language: Language): Promise<void> {
  const { wish, checkout, details, confirm } = say[language]
  for (const text of [wish, checkout, details, confirm]) await ask(page, language, text)
}

for (const language of ['es', 'en'] as const satisfies Language[]) {
  test(`an order placed in the chat is prepared, paid and shipped (${language})`, async ({ page, host }) => {
    const text = say[language]
    await signIn(page, host, language)
    await openDemo(page, language)
    await orderInChat(page, language)

    const notice = page.getByRole('alert').filter({ hasText: text.notice })
    await expect(notice).toBeVisible()
    await expect(page.getByRole('navigation').locator('a[href$="/orders"]')).toContainText(text.unseen)
    await expectNoViolations(page, 'test chat with an order')
    await notice.getByRole('link', { name: text.see }).click()
    const order = page.getByRole('dialog')
    await expect(order.getByRole('button', { name: text.prepare })).toBeVisible()
    await expect(page.getByRole('navigation').locator('a[href$="/orders"]')).not.toContainText(text.unseen)
    await expectNoViolations(page, 'order')

    // Paid, taken back, paid again.
    for (const last of [false, true]) {
      await order.getByRole('button', { name: text.pay }).click()
      const payment = page
        .getByRole('dialog')
        .filter({ has: page.getByRole('textbox') })
        .last()
      await expectNoViolations(page, 'payment')
      await payment.locator('button[type="submit"]').click()
      await expect(order.getByText(text.paid, { exact: true }).first()).toBeVisible()
      if (last) break
      await order.getByRole('button', { name: text.remove }).click()
      await page
        .getByRole('dialog', { name: text.removal })
        .getByRole('button', { name: text.confirmRemoval, exact: true })
        .click()
      await expect(order.getByText(text.unpaid, { exact: true })).toBeVisible()
    }

    for (const step of [text.prepare, text.ship]) await moveOn(page, step)
    await expect(order.getByText(text.shipped, { exact: true }).first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expectNoViolations(page, 'orders')

    // The customer was told in the chat.
    await go(page, 'try')
    const chat = page.getByRole('region', { name: words[language].messages })
    await expect(chat.locator('li').last()).toContainText(text.told)

    // And is remembered with what was ordered.
    await go(page, 'customers')
    await page.getByRole('main').locator('li a[href*="/customers/"]').first().click()
    await expect(page.getByRole('dialog')).toContainText('1001')
    await expectNoViolations(page, 'customer')
  })
}

test('a sale at the counter, with its receipt', async ({ page, host }) => {
  await signIn(page, host, 'es')
  await openDemo(page, 'es')
  await go(page, 'orders')
  await page.getByRole('link', { name: 'Venta en mostrador' }).first().click()
  const sale = page.getByRole('dialog')
  await sale.getByRole('textbox', { name: 'Añadir un artículo' }).fill('barra rústica')
  await page.getByRole('option', { name: /Barra rústica/ }).click()
  await sale.getByRole('textbox', { name: /^Cantidad de Barra rústica/ }).fill('3')
  await expect(sale.getByRole('button', { name: /^Cobrar 3,30/ })).toBeVisible()
  await expectNoViolations(page, 'counter sale')
  await sale.getByRole('button', { name: /^Cobrar/ }).click()
  await expect(sale.getByText('Venta 1001 apuntada')).toBeVisible()

  const [paper] = await Promise.all([
    page.context().waitForEvent('page'),
    sale.getByRole('button', { name: 'Recibo para imprimir' }).click(),
  ])
  await paper.waitForURL(/\/media\//)
  const pdf = await page.request.get(paper.url())
  expect(pdf.headers()['content-type']).toContain('application/pdf')
  expect((await pdf.body()).subarray(0, 4).toString()).toBe('%PDF')
  await paper.close()

  await sale.getByRole('link', { name: 'Ver el pedido' }).click()
  // The sale's dialog goes while the order's comes.
  await expect(page.getByRole('dialog')).toHaveCount(1)
  await expect(page.getByRole('dialog')).toContainText('Entregado')
  await expect(page.getByRole('dialog')).toContainText('Recibo')
})

test('an order that changed elsewhere is shown as it is now', { tag: '@browser' }, async ({
  page,
  host,
  context,
}) => {
  await signIn(page, host, 'es')
  await openDemo(page, 'es')
  await orderInChat(page, 'es')
  await page.getByRole('alert').filter({ hasText: say.es.notice }).getByRole('link').click()
  const order = page.getByRole('dialog')
  await order.getByRole('button', { name: 'Más acciones' }).click()
  await page.getByRole('menuitem', { name: 'Cambiar el pedido' }).click()
  await order.getByRole('textbox', { name: /^Cantidad de/ }).fill('14')
  await expect(order.getByText(/Nuevo total: 17,90/)).toBeVisible()
  await expectNoViolations(page, 'order editor')

  const other = await context.newPage()
  await other.goto(page.url())
  await moveOn(other, say.es.prepare)
  await expect(other.getByRole('dialog').getByRole('button', { name: say.es.ship })).toBeVisible()

  await order.getByRole('button', { name: 'Guardar el pedido' }).click()
  await expect(order.getByRole('alert')).toContainText('ha cambiado mientras tanto')
  await order.getByRole('button', { name: 'Cargar la versión actual' }).click()
  await order.getByRole('textbox', { name: /^Cantidad de/ }).fill('14')
  await order.getByRole('button', { name: 'Guardar el pedido' }).click()
  await expect(order.getByRole('button', { name: say.es.ship })).toBeVisible()
  expect(bare(await order.innerText())).toContain('17,90€')
})

test('two records of one person are merged and split again', async ({ page, host }) => {
  await signIn(page, host, 'es')
  await openDemo(page, 'es')
  await go(page, 'customers')
  for (const [name, phone] of [
    ['Beto Ruiz', '600222333'],
    ['Alberto Ruiz', '600 222 333'],
  ] as const) {
    await page.getByRole('main').getByRole('link', { name: 'Cliente nuevo' }).click()
    const record = page.getByRole('dialog')
    await record.getByRole('textbox', { name: 'Nombre' }).fill(name)
    await record.getByRole('textbox', { name: 'Teléfono' }).fill(phone)
    await record.getByRole('button', { name: 'Guardar' }).click()
    await expect(page.getByRole('dialog', { name })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  const rows = page.getByRole('main').locator('li a[href*="/customers/"]')
  await expect(rows.filter({ hasText: 'Ruiz' })).toHaveCount(2)
  await page.getByRole('button', { name: 'Revisar' }).click()
  await expectNoViolations(page, 'merge suggestions')
  await page.getByRole('button', { name: 'Sí, unir las fichas' }).click()
  await expect(rows.filter({ hasText: 'Ruiz' })).toHaveCount(1)
  await page.getByRole('button', { name: 'Deshacer' }).click()
  await expect(rows.filter({ hasText: 'Ruiz' })).toHaveCount(2)
})

test('one answer reaches who asked, and the catalog', async ({ page, host }) => {
  await signIn(page, host, 'es')
  await openDemo(page, 'es')
  await ask(page, 'es', '¿tenéis piñatas de unicornio?')
  await page.getByRole('alert').filter({ hasText: 'Una pregunta para ti' }).getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: 'Preguntas para ti' })).toBeVisible()
  const card = page.getByRole('region', { name: /piñatas de unicornio/ })
  await card.getByRole('textbox', { name: 'Tu respuesta' }).fill('Sí, por 25 €. La tienes el jueves.')
  await card.getByRole('radio', { name: 'Añadir al catálogo' }).check()
  await card.getByRole('textbox', { name: 'Nombre del producto' }).fill('Piñata de unicornio')
  await card.getByRole('textbox', { name: /^Precio/ }).fill('25')
  await expectNoViolations(page, 'question')
  await card.getByRole('button', { name: 'Responder' }).click()
  await expect(card).toHaveCount(0)
  await page.getByText('Historial', { exact: true }).click()
  await expect(page.getByRole('region', { name: /piñatas de unicornio/ })).toContainText(
    'Añadida al catálogo',
  )
  await expectNoViolations(page, 'answered questions')

  await go(page, 'try')
  const chat = page.getByRole('region', { name: words.es.messages })
  await expect(chat.locator('li').last()).toContainText('La tienes el jueves')
  await go(page, 'products')
  await page.getByRole('searchbox').fill('piñata')
  await expect(page.getByRole('main').locator('li a[href*="/products/"]').first()).toContainText('25,00')
})
